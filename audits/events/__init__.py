"""The time line: what each source says, planned beside actual, and where sources clash."""
