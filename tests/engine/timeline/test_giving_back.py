"""A capacity that follows its use is lowered only as often as AWS allows."""

import numpy as np
import pytest

from sandbox.engine.network import Demand, Network, Quota, Station, Tracking
from sandbox.engine.timeline.inputs import Inputs
from sandbox.engine.timeline.run import run


def test_tracking_gives_back_only_so_often() -> None:
    """Two decreases, at 1,600 and 2,600 s, leave 0.28 of one; the third has grown to a whole at 5,200 s."""
    moves = Tracking(1.0, target=0.5, out_after=60.0, out_lag=10.0, in_after=600.0, decreases=2.0)
    network = Network(
        (Station("t", arrivals=80.0, demands=(Demand("q"),)),),
        quotas=(Quota("q", 1000.0, 1000.0, moves=moves),),
    )
    rate = np.repeat([80.0, 40.0, 20.0, 10.0, 5.0], [1000, 1000, 1000, 1000, 2000])

    told = run(network, Inputs({"t": rate}), horizon_s=6000, keep=6000)

    capacity = told.capacity[:, 0, 0]
    times, expected = [900, 1700, 2700, 5150, 5250], [160.0, 80.0, 40.0, 40.0, 10.0]
    assert capacity[times] == pytest.approx(expected, rel=0.01)
