"""The way out of private subnets: what goes over it, and how."""
