"""The colours of what is good, doubtful and bad, as the theme has them."""

from collections.abc import Mapping
from types import MappingProxyType

from widgets.facts import Tone

TONES: Mapping[Tone, str] = MappingProxyType(
    {"bad": "$text-error", "warn": "$text-warning", "good": "$text-success", "": ""}
)
"""By tone; what has none is drawn as what is around it."""
