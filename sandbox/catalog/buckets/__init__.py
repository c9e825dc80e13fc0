"""What a bucket's settings are, and what a month of it is charged as."""
