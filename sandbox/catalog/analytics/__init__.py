"""Analytics: jobs and queries that are billed by what they run and scan."""
