"""Serverless Sandbox: what throttles first, why, what piles up, how slow it gets and what it costs."""

__version__ = "0.1.0"
