"""Registers of the floor below, on paper."""
