"""Looking into a file before it is accepted, in a process of its own that may die of it.

Nothing here imports Django: ``python -m jbn_oversight.files.scan KIND`` reads the file from its
input and writes one line of JSON, then the cleaned file. ``jbn_oversight.files.actions`` calls
it and puts the outcome into words.
"""
