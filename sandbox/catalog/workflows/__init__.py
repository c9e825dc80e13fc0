"""AWS Step Functions: settings, and what a month is charged as."""
