"""What a table's settings are, what its operations cost in units, and how they are billed."""
