"""Every date in one place: what comes, what is late, by month and as a file."""
