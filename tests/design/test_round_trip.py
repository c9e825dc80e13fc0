"""What is written is read back as the same design, and written again as the same bytes."""

from hypothesis import HealthCheck, given, settings

from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.service import services
from sandbox.design.model import Design
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from tests.design.drawing import designs

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(designs())
def test_round_trip(design: Design) -> None:
    """Any design survives its file, and the file survives the design."""
    text = dumps(design)

    again = loads(text)

    assert again == design
    assert dumps(again) == text


def test_defaults_are_not_written() -> None:
    """A plain node says its service and nothing else."""
    for service in services():
        written = dumps(loads(f'[nodes.n]\nservice = "{service}"\n'))

        assert written.endswith(f'[nodes.n]\nservice = "{service}"\n')


def test_every_setting_can_be_left_out() -> None:
    """A setting that may be absent is absent by default: TOML cannot say that it is not there."""
    models = {service.settings for service in services().values()} | {way.settings for way in CONNECTIONS}
    for model in models:
        for name, field in model.model_fields.items():
            assert not field.is_required(), (model, name)
            assert "None" not in str(field.annotation) or field.default is None, (model, name)


def test_reads_like_the_format() -> None:
    """Numbers as people write them, inline tables in their place, keys in quotes where they need them."""
    text = """\
schema = 1
name = "Ä \\"quoted\\" name"
description = \"\"\"
# Lesson

Turn the dial.
\"\"\"
region = "eu-west-1"

[account]
free_tier = true

[nodes.shoppers]
service = "traffic"
requests = {count = 30_000_000}
payload_kb = 0.5

[nodes."place order"]
service = "lambda"
label = "Place order"
position = [2, -1]
memory_mb = 512

[[edges]]
from = "shoppers"
to = "place order"

[variants."Black Friday"]
"nodes.place order.memory_mb" = 1024

[[goals]]
metric = "cost.monthly_usd"
at_most = 900

[preset]
group = "Choices"
expects = ["items-lost"]

[exercise]
id = "too-slow"
story = "Orders come in late."
hints = ["Look at the memory.", "Twice the memory is twice the processor."]
locked = ["nodes.shoppers", "edges.shoppers>place order", "account"]
may_add = false
stars = {budget_usd = 100, headroom = 1.5}
"""

    assert dumps(loads(text)) == text


def test_order_of_the_drawing_is_kept() -> None:
    """Nodes are written in the design's order, edges behind them wherever they stood."""
    text = '[nodes.z]\nservice = "traffic"\n[[edges]]\nfrom = "z"\nto = "a"\n[nodes.a]\nservice = "lambda"\n'

    written = dumps(loads(text))

    assert [line for line in written.splitlines() if line.startswith("[")] == [
        "[nodes.z]",
        "[nodes.a]",
        "[[edges]]",
    ]
