"""The courses that a source's rate can take over time, as one choice."""

from collections.abc import Mapping

from sandbox.app.present.faulting import SECTION
from sandbox.catalog.profiles import SHAPES, Constant
from sandbox.catalog.service import Settings
from sandbox.catalog.services.traffic import Traffic
from widgets.form.field import Field

NAME = "profile.shape"
"""The field's name."""
RECORDING = "trace.csv"
"""Name of a recorded load, to begin with."""
_STEPS = ({"at_s": 0, "factor": 1}, {"at_s": 600, "factor": 2}, {"at_s": 1200, "factor": 4})
_NEEDED: Mapping[str, Mapping[str, object]] = {"file": {"file": RECORDING}, "steps": {"steps": list(_STEPS)}}
"""What a shape cannot be without."""


def field(settings: Settings) -> Field | None:
    """The choice among the courses, for traffic."""
    if not isinstance(settings, Traffic):
        return None
    shape = settings.profile.shape
    words = (type(settings.profile).__doc__ or "").partition("\n")[0]
    return Field(
        NAME,
        "course",
        "choice",
        shape,
        "constant",
        choices=SHAPES,
        section=SECTION,
        help=f"In a timeline. Now: {words}",
    )


def values(traffic: Traffic, wanted: object) -> Mapping[str, object]:
    """The settings of another course, with its own defaults.

    >>> values(Traffic(), "spike"), values(Traffic(), "constant")
    ({'profile': {'shape': 'spike'}}, {})
    """
    if wanted in (traffic.profile.shape, Constant().shape):
        return {"profile": None} if wanted != traffic.profile.shape else {}
    return {"profile": {"shape": wanted, **_NEEDED.get(str(wanted), {})}}
