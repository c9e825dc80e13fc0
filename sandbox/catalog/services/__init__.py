"""One pair of files for each service."""
