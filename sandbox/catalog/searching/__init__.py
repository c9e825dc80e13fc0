"""What a search service's settings are, and how it is billed."""
