"""The network stepped in time: what it is asked, what it remembers from tick to tick, and what it tells."""
