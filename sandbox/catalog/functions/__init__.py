"""A Lambda function: its settings, how fast it runs, and what a month of it is charged as."""
