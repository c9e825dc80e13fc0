"""What a Kinesis stream's settings are, and what a month of it is charged as."""
