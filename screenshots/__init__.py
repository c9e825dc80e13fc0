"""Pictures of the app: `python -m screenshots` draws them anew."""
