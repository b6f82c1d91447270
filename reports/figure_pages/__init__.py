"""Pages of one indicator each, their charts and their CSV."""
