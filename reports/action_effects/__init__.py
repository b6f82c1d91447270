"""What became of a figure after an action, and whom to tell that actions are overdue."""
