"""The designs that come along do what they say."""

import tomllib
from functools import cache
from importlib import resources
from math import isfinite
from pathlib import Path

import pytest

from sandbox.contract import numbers
from sandbox.design.files import save
from sandbox.design.groups import GROUPS
from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names, presets
from sandbox.design.reading import loads
from sandbox.evaluate import Evaluation, evaluate
from sandbox.goals import look_up
from sandbox.simulate import simulate

NAMES = preset_names()
SECTIONS = ("## What it is", "## When to use it, and when not", "## What it teaches", "## What to try")
FILES = (*Path(__file__).parent.glob("claims/*.toml"), Path(__file__).parent / "claims.toml")
CLAIMS = {
    name: told for file in FILES for name, told in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
"""By preset, the numbers of its description; a file of its own in `claims`, or all in one."""


SPIKE = {"shape": "spike", "factor": 3, "for_s": 300}
FIRST = ("fan-out", "queue-worker", "serverless-api", "stream-processing", "web-app")
"""Those whose first limit is named below."""


def design(name: str) -> Design:
    """A preset, read."""
    return loads(preset(name).text, f"{name}.toml")


Changes = tuple[tuple[str, object], ...]


def run(name: str, variant: str = "", changes: Changes = (), load: float = 1) -> Evaluation:
    """A preset, changed and evaluated."""
    return _run(name, variant, changes, load)


@cache
def _run(name: str, variant: str, changes: Changes, load: float) -> Evaluation:
    """The same, once for all who ask, however they write it."""
    drawn = design(name)
    if variant:
        drawn = drawn.with_variant(variant)
    return evaluate(drawn.with_values(dict(changes)), load)


def told_of(
    name: str, variant: str = "", changes: Changes = (), load: float = 1, *, ladder: bool = False
) -> dict[str, object]:
    """The same as JSON has it; the ladder, which takes longest, only where a claim is about it."""
    sut = run(name, variant, changes, load)
    return sut.to_dict() if ladder else numbers(sut)


def claims() -> list[object]:
    """Every number that a description states; ladders of changed designs take long together."""
    return [
        pytest.param(name, claim, id=f"{name}: {claim['phrase']}", marks=_marks(claim))
        for name, told in CLAIMS.items()
        for claim in told
    ]


def _marks(claim: dict[str, object]) -> list[pytest.MarkDecorator]:
    changed = "variant" in claim or "changes" in claim
    return [pytest.mark.slow] if changed and "headroom" in claim["metric"] else []


def variants() -> list[tuple[str, str]]:
    """Every variant of every preset."""
    return [(name, variant) for name in NAMES for variant in design(name).variants]


def place(told: dict[str, object], claim: dict[str, object]) -> str:
    """Path of a claim's number; a limit is found by its name."""
    before, dot, after = claim["metric"].partition(".limits.")
    if "limit" not in claim:
        return claim["metric"]
    names = [limit["name"] for limit in told["nodes"][before.removeprefix("nodes.")]["limits"]]
    return f"{before}{dot}{names.index(claim['limit'])}.{after}"


def words(name: str) -> str:
    """A description without its line breaks."""
    return " ".join(preset(name).description.split())


def test_every_group_is_listed_in_order() -> None:
    """The list goes group by group, and every preset stands in it once."""
    listed = presets()

    places = [GROUPS.index(one.group) for one in listed]
    assert places == sorted(places)
    assert sorted(one.name for one in listed) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_its_description_makes_claims(name: str) -> None:
    """Numbers are named in what to try, and held to the model."""
    assert len(CLAIMS.get(name, ())) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_saving_changes_no_byte(name: str, tmp_path: Path) -> None:
    """A preset is written as a save would write it."""
    save(design(name), tmp_path / "again.toml")

    assert (tmp_path / "again.toml").read_bytes() == (
        resources.files("presets") / f"{name}.toml"
    ).read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_it_explains_itself(name: str) -> None:
    """A description begins with a sentence, and says what it is, what it teaches and what to try."""
    sut = preset(name)

    assert sut.summary.endswith(".")
    places = [sut.description.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert 3 <= sut.description[places[-1] :].count("\n* **") <= 6


@pytest.mark.parametrize("name", NAMES)
def test_everything_has_a_name(name: str) -> None:
    """Every node has a label, and the labels differ."""
    labels = [node.label for node in design(name).nodes.values()]

    assert all(labels)
    assert len(set(labels)) >= len(labels) - 1


@pytest.mark.parametrize("name", NAMES)
def test_it_is_healthy(name: str) -> None:
    """As it opens a preset converges, meets its goals at rest, and is told of no other error."""
    sut = run(name)
    card = design(name).preset

    assert card is not None
    assert sut.converged
    assert sut.metastable == ("two-states" in card.expects)
    assert set(card.expects) <= {finding.rule for finding in sut.findings}
    assert {finding.rule for finding in sut.findings if finding.severity == "error"} <= set(card.expects)
    assert [goal for goal in sut.goals if not goal.met and goal.horizon_s is None] == []
    assert sut.goals


@pytest.mark.parametrize("name", NAMES)
def test_it_stands_an_hour_with_a_spike(name: str) -> None:
    """With five minutes of three times the load nothing is negative or endless, and more comes in then."""
    drawn = design(name)
    busy = {f"nodes.{node.id}.profile": SPIKE for node in drawn.nodes.values() if node.service == "traffic"}

    told = simulate(drawn.with_values(busy), step_s=30).to_dict()

    for node in told["nodes"].values():
        for values in node.values():
            numbers = [value for value in values or () if value is not None]
            assert all(isfinite(value) and value >= -1e-6 for value in numbers)
    for path in busy:
        offered = told["nodes"][path.split(".")[1]]["offered_per_s"]
        assert max(offered) > 1.5 * offered[0] > 0


@pytest.mark.parametrize("name", NAMES)
def test_something_is_near(name: str) -> None:
    """The first limit is within the load dial's first turns."""
    assert 1 < run(name).headroom[0].load_multiplier <= 10


@pytest.mark.parametrize("name", NAMES)
def test_it_has_variants(name: str) -> None:
    """There are at least two what-ifs, and the description speaks of each."""
    names = design(name).variants

    assert len(names) >= 2
    for variant in names:
        assert f"“{variant}”" in words(name) or f"variant {variant}" in words(name)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "variant"), variants())
def test_its_variants_converge(name: str, variant: str) -> None:
    """A variant applies, changes the design and can be solved."""
    assert design(name).with_variant(variant) != design(name)
    assert run(name, variant).converged


@pytest.mark.parametrize(("name", "claim"), claims())
def test_its_numbers_hold(name: str, claim: dict[str, object]) -> None:
    """What the description says in numbers is what comes out."""
    changes = tuple(dict(claim.get("changes", {})).items())
    ladder = "headroom" in claim["metric"]
    whose = claim.get("preset", name)
    told = told_of(whose, claim.get("variant", ""), changes, claim.get("load", 1), ladder=ladder)
    value = look_up(told, place(told, claim))
    assert value is not None
    if "per" in claim:
        value /= look_up(told, claim["per"])
    if "less" in claim:
        value -= look_up(told_of(name, ladder=ladder), claim["less"])
    if claim.get("missing"):
        value = 1 - value

    said = format(value * claim.get("times", 1), claim["format"])

    assert claim["phrase"].replace("{}", said) in words(name)


MENDS = (
    ("stream-processing", "A hot shard, four lanes each", {}, "nodes.clicks.backlog_growth_per_s"),
    ("fan-out", "Carrier fails, failures reported", {}, "nodes.shipping-queue.backlog_growth_per_s"),
    (
        "fan-out",
        "Carrier is slow",
        {"edges.shipping-queue>ship.maximum_concurrency": 80},
        "nodes.shipping-queue.backlog_growth_per_s",
    ),
    ("queue-worker", "Ready for a busy day", {}, "nodes.order-queue.backlog_growth_per_s"),
    ("queue-worker", "Ready for a busy day", {}, "nodes.dead-letters.offered_per_s"),
    ("web-app", "A class signs up, larger table", {}, "flows.people.lost_per_s"),
)


@pytest.mark.parametrize(("name", "variant", "changes", "metric"), MENDS)
def test_its_cures_cure(name: str, variant: str, changes: dict[str, object], metric: str) -> None:
    """A variant that mends something leaves nothing of it."""
    told = run(name, variant, tuple(changes.items())).to_dict()

    assert look_up(told, metric) == pytest.approx(0, abs=1e-6)


def test_starts_spread_over_a_window_do_not_wait() -> None:
    """Each burst of the clock waits for places; spread over four minutes nothing waits."""
    clock = design("cron")
    spread = clock.with_value("nodes.clock.flexible_window_s", 240)

    waiting = [max(simulate(one, 700).to_dict()["nodes"]["look"]["backlog"]) for one in (clock, spread)]

    assert waiting[0] > 10
    assert waiting[1] < 0.1


def test_a_slow_carrier_troubles_nobody_else() -> None:
    """The other consumers of the topic do what they did before."""
    before, after = run("fan-out"), run("fan-out", "Carrier is slow")

    for consumer in ("bill", "mail"):
        assert after.nodes[consumer].accepted_per_s == pytest.approx(before.nodes[consumer].accepted_per_s)
        assert after.nodes[consumer].concurrency == pytest.approx(
            before.nodes[consumer].concurrency, rel=1e-3
        )


def test_the_first_limits_are_those_named() -> None:
    """Each description names the limit at the top of its preset's ladder."""
    first = {name: (run(name).headroom[0].node, run(name).headroom[0].limit) for name in FIRST}

    assert first["serverless-api"][0] == "orders"
    assert "write units" in first["serverless-api"][1]
    assert first["queue-worker"][0] == "order-table"
    assert first["stream-processing"] == ("clicks", "throughput of Sessionise")
    assert first["fan-out"][0] == "shipping-queue"
    assert first["web-app"][0] == "items"
    assert "read units" in first["web-app"][1]
