"""The plan of who moves where and when."""
