"""How long children wait, and what more workers would change: counted from facts, no opinion."""
