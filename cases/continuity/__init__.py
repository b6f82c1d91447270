"""Where children go if the institution loses its certificate."""
