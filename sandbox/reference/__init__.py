"""A page for each service, generated from its model: settings, limits, prices, connections, sources.

The rules have theirs too, from their documentation.
"""

from sandbox.reference.advice import all_rules, rule_page
from sandbox.reference.page import index, page

__all__ = ["all_rules", "index", "page", "rule_page"]
