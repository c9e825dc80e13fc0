"""What a search service's month is charged as: compute units or nodes by the hour, and what they store.

Source: https://aws.amazon.com/opensearch-service/pricing/
"""

from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.searching.settings import OpenSearch, does
from sandbox.catalog.service import Settings
from sandbox.catalog.usage import HOURS, Array, Charge, Usage


def bill(settings: Settings, usage: Usage) -> list[Charge]:
    """A collection's units are those that both halves come to; a domain stores every copy."""
    search = cast("OpenSearch", settings)
    if search.mode == "serverless":
        return [
            Charge("opensearch.ocu", _ocus(search, usage) * HOURS),
            Charge("opensearch.storage", np.full(1, search.storage_gb)),
        ]
    return [
        Charge(f"opensearch.{search.size}", np.full(1, search.nodes * HOURS)),
        Charge("opensearch.volumes", np.full(1, search.storage_gb * search.copies)),
    ]


def _ocus(search: OpenSearch, usage: Usage) -> Array:
    """Compute units there, of both halves; one that nobody asks for anything has what it has at least."""
    threads = facts("opensearch").quotas["ocu_threads"].value
    total: Array = np.zeros(1)
    for kind in ("search", "indexing"):
        there = [slots for name, slots in usage.slots.items() if name.endswith(f".{kind}")]
        half = there[0] / threads if there else np.zeros(1)
        asked = sum((link.accepted for link in usage.inflows if does(link.settings) == kind), np.zeros(1))
        total = total + np.where(asked > 0, np.maximum(half, search.least_half), search.least_half)
    return total
