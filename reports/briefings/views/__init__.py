"""Pages of briefings. The first line of each fetches through one of the two gates."""
