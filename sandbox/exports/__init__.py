"""An evaluation as JSON, text and other forms: one file each."""
