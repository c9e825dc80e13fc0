"""A page for each service, generated from its model: settings, limits, prices, connections, sources."""

from sandbox.reference.page import index, page

__all__ = ["index", "page"]
