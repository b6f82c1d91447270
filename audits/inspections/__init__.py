"""Inspections: announced, carried out, published, and the measures that followed."""
