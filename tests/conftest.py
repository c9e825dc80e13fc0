"""What all tests share: examples that are the same in every run, however slow the machine is."""

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

settings.register_profile(
    "same-everywhere", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same-everywhere")

# Hypothesis draws some numbers from the sources that are imported so far: with another choice of tests, or
# one line changed anywhere, the examples would be others after all.
if hasattr(providers, "_get_local_constants"):
    providers._get_local_constants = lambda: providers._local_constants
