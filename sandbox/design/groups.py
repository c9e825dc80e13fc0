"""The headings that the presets stand under, in the order of the list."""

from typing import Literal, get_args

Group = Literal[
    "Web and mobile",
    "Events and automation",
    "Queues and streams",
    "Data and transactions",
    "Migration",
    "Choices",
    "Scaling and peak",
]
"""One heading."""

GROUPS: tuple[str, ...] = get_args(Group)
"""All headings, from the pattern most people know to what is asked of any of them."""
