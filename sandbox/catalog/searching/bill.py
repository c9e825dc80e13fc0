"""What a search service's month is charged as: compute units or nodes by the hour, and what they store.

Source: https://aws.amazon.com/opensearch-service/pricing/
"""

from typing import cast

import numpy as np

from sandbox.catalog.facts import facts
from sandbox.catalog.searching.settings import OpenSearch
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
    """Compute units there, of both halves."""
    threads = facts("opensearch").quotas["ocu_threads"].value
    halves = [np.asarray(slots / threads) for slots in usage.slots.values()]
    least = [np.full(1, search.least_half)] * 2
    return sum((np.maximum(half, search.least_half) for half in halves or least), start=np.zeros(1))
