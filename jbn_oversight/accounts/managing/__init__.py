"""People and their roles on screens of the house: what one may do alone, and what takes two."""
