"""Staffing figures of a month that people type."""
