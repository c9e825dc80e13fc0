"""Designs that teach: one TOML file each."""
