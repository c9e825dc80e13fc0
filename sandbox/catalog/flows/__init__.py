"""What the services that carry and direct have in common: buffers, deliveries, and their edges."""
