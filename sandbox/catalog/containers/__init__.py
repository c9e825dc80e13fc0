"""What runs containers: tasks of some size that serve so many requests each, and follow their load."""
