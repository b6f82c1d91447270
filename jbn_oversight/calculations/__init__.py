"""Calculations that anyone can repeat: JSON in, JSON out, the same bytes for the same input."""
