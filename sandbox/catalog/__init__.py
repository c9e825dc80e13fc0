"""What is known about each service, one pair of files each, and which may connect to which."""
