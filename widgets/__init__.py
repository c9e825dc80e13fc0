"""Terminal widgets that draw plain values and post messages; they know nothing of the sandbox."""
