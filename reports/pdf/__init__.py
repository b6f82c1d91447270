"""Briefings on paper: PDF/A-3a and PDF/UA-1, and the gate that every PDF passes.

The only place that knows WeasyPrint. ``render`` makes the file, ``gate`` judges it.
"""
