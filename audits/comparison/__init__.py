"""What several bodies say of one matter, side by side, and where they disagree."""
