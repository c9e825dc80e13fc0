"""What the user drew: the design, its file and its edits."""
