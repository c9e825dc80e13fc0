"""What the lanes make of what they are given: batches that fit, and batches that never succeed."""

import numpy as np
import pytest

from sandbox.engine.network import Arc, ArcKind, Holding, Network, Station
from sandbox.engine.timeline.inputs import Fault, Inputs
from sandbox.engine.timeline.run import run

LANES = 4.0
QUEUE = Holding(LANES, LANES, batch_most=10.0)
STREAM = Holding(LANES, LANES, batch_most=10.0, poll=1.0, in_place=True, attempts=40.0)


def network(holding: Holding) -> Network:
    """A holding station to which 20/s come, and a consumer that takes half a second."""
    stations = (Station("q", arrivals=20.0, holding=holding), Station("f", fixed=0.5))
    return Network(stations, (Arc("q", "f", ArcKind.DRIVE),))


@pytest.mark.parametrize("holding", [QUEUE, STREAM], ids=["queue", "stream"])
@pytest.mark.parametrize("replicas", [1, 40])
def test_no_more_batches_than_lanes(holding: Holding, replicas: int) -> None:
    """From the first second on, and while four times as much comes, lanes have one batch each in service.

    As batches become smaller, the larger ones still in service count as a few more of the smaller ones.
    """
    rate = np.concatenate([np.full(30, 20.0), np.full(10, 80.0), np.full(30, 20.0)])

    told = run(network(holding), Inputs({"q": rate}), horizon_s=70, replicas=replicas, seed=1)

    assert told.in_service[:, 1].max() <= LANES * 1.1


@pytest.mark.parametrize("replicas", [1, 40])
def test_a_poisoned_batch_is_run_again_and_again(replicas: int) -> None:
    """A batch of five that fails every half second offers ten items a second more, none of which succeed."""
    fault = Fault(60.0, stations=("q",), poisoned=1.0)

    told = run(network(STREAM), Inputs(faults=(fault,)), horizon_s=120, replicas=replicas, seed=1)

    stuck = slice(65, 75)
    offered, completed, busy = (
        getattr(told, name)[stuck, 1].mean() for name in ("offered", "completed", "in_service")
    )
    # Three lanes take 15/s in batches of five; a batch of five is n/(1 − e⁻ⁿ) of those that are not empty.
    assert completed == pytest.approx(15.0, rel=0.03)
    assert offered - completed == pytest.approx(10.0, rel=0.05)
    assert busy == pytest.approx(1.0 + 3 * 0.5, rel=0.05)
    assert told.failed[stuck, 0].mean() == pytest.approx(offered - completed, rel=0.02)
    assert told.largest_gap < 1e-9
