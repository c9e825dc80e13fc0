"""What a cache's settings are, what it takes, and how it is billed."""
