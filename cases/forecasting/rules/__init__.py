"""Calculations on waiting lists; their inputs and results are dataclasses."""
