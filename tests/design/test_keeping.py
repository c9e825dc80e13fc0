"""What a person wrote into a file stays there when the design is changed."""

from difflib import ndiff

import pytest

from sandbox.design.edits import add_edge, add_node, added, duplicated, remove_edge, remove_node, rename_node
from sandbox.design.keeping import bring, kept
from sandbox.design.reading import loads

SHOP = """\
# Shop of 2026
schema = 1
name = "Shop"  # for now

# ---- accounts ----

[account]
lambda_concurrency = 3_000  # asked for in May

# Where people come in
[nodes.shoppers]
service = "traffic"
requests = {count = 30_000_000, per = "month"}   # marketing says

# takes orders
[nodes.place]
service = 'lambda'
# measured on Monday
duration_ms = 80
memory_mb = 0x200
# timeout_s = 30

# a stray thought

  [nodes.intake]
  service = "sqs"
  visibility_timeout_s = 180

[nodes]
ship = {service = "lambda", duration_ms = 400}  # inline
failed.service = "sqs"  # dotted

# 1
[[edges]]
from = "shoppers"
to = "place"
# 2
[[edges]]
from = "place"
to = "intake"  # arrow
# 3
[[edges]]
from = "intake"
to = "ship"
batch_size = 10

[variants.calm]
nodes.ship.duration_ms = 1  # quick
"nodes.place.duration_ms" = 2

[[goals]]
metric = "cost.monthly_usd"
at_most = 900
# bye"""

LISTED = """\
nodes.a.service = "traffic"
nodes.b = {service = "lambda"}  # b!
edges = [
    # first
    {from = "a", to = "b"},  # ab
    {from = "b", to = "b", calls = 0.5}  # bb
]
"""

CASES = [
    (
        "a value among others, each spelled as it was",
        lambda d: d.with_values({"nodes.place.duration_ms": 81, "nodes.intake.visibility_timeout_s": 90}),
        ["- duration_ms = 80", "+ duration_ms = 81",
         "-   visibility_timeout_s = 180", "+   visibility_timeout_s = 90"],
    ),
    (
        "a value of a table on one line",
        lambda d: d.with_value("nodes.shoppers.requests.count", 5_000_000),
        ['- requests = {count = 30_000_000, per = "month"}   # marketing says',
         '+ requests = {count = 5_000_000, per = "month"}   # marketing says'],
    ),
    (
        "a new value behind the others of its table, in its indent",
        lambda d: d.with_values({"nodes.intake.retention_s": 60, "nodes.ship.memory_mb": 256}),
        ["+   retention_s = 60",
         '- ship = {service = "lambda", duration_ms = 400}  # inline',
         '+ ship = {service = "lambda", duration_ms = 400, memory_mb = 256}  # inline'],
    ),
    (
        "a default: its comment keeps the line",
        lambda d: d.with_values({"nodes.place.duration_ms": None, "nodes.place.memory_mb": None}),
        ["- duration_ms = 80", "+ duration_ms = 100", "- memory_mb = 0x200"],
    ),
    (
        "a node that goes with its comments and its edges, and nothing of anybody else",
        lambda d: remove_node(d, "place"),
        ["- # takes orders", "- [nodes.place]", "- service = 'lambda'", "- # measured on Monday",
         "- duration_ms = 80", "- memory_mb = 0x200", "- # timeout_s = 30", "-",
         "- # 1", "- [[edges]]", '- from = "shoppers"', '- to = "place"',
         "- # 2", "- [[edges]]", '- from = "place"', '- to = "intake"  # arrow',
         '- "nodes.place.duration_ms" = 2'],
    ),
    (
        "a node with another name in its place",
        lambda d: rename_node(d, "ship", "send off"),
        ['- ship = {service = "lambda", duration_ms = 400}  # inline',
         '+ "send off" = {service = "lambda", duration_ms = 400}  # inline',
         '- to = "ship"', '+ to = "send off"',
         "- nodes.ship.duration_ms = 1  # quick", '+ "nodes.send off.duration_ms" = 1  # quick'],
    ),
    (
        "an edge with a new node in it, which keeps its comment",
        lambda d: added(d, "lambda", into=2)[0],
        ['+ lambda = {service = "lambda"}', '+ to = "lambda"', "+ batch_size = 10", "+ [[edges]]",
         '+ from = "lambda"', "- batch_size = 10"],
    ),
    (
        "an edge from the middle of a list",
        lambda d: remove_edge(d, 1),
        ["- # 2", "- [[edges]]", '- from = "place"', '- to = "intake"  # arrow'],
    ),
    (
        "a node and an edge behind their kind, in the form of those before",
        lambda d: add_edge(add_node(d, "x", "lambda"), "shoppers", "x"),
        ['+ x = {service = "lambda"}', "+ [[edges]]", '+ from = "shoppers"', '+ to = "x"'],
    ),
    (
        "a copy behind the others",
        lambda d: duplicated(d, ["intake"])[0],
        ['+ intake-2 = {service = "sqs", visibility_timeout_s = 180}'],
    ),
    (
        "an account's last value with its table",
        lambda d: d.with_value("account.lambda_concurrency", None),
        ["- [account]", "- lambda_concurrency = 3_000  # asked for in May", "-"],
    ),
    (
        "a goal",
        lambda d: remove_node(d, "failed").with_value("region", "eu-west-1"),
        ['+ region = "eu-west-1"', '- failed.service = "sqs"  # dotted'],
    ),
]  # fmt: skip
LISTED_CASES = [
    (
        "a value of an entry",
        lambda d: d.with_value("edges.0.calls", 3),
        ['-     {from = "a", to = "b"},  # ab', '+     {from = "a", to = "b", calls = 3},  # ab'],
    ),
    (
        "an entry that goes with its comments",
        lambda d: remove_edge(d, 0),
        ["-     # first", '-     {from = "a", to = "b"},  # ab'],
    ),
    (
        "an entry more",
        lambda d: add_edge(add_node(d, "c", "sqs"), "b", "c"),
        ['+ nodes.c = {service = "sqs"}',
         '-     {from = "b", to = "b", calls = 0.5}  # bb',
         '+     {from = "b", to = "b", calls = 0.5},  # bb',
         '+     {from = "b", to = "c"}'],
    ),
]  # fmt: skip


def changes(before: str, after: str) -> list[str]:
    """Lines taken out and put in."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [line.rstrip() for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("source", "change", "wanted"),
    [pytest.param(SHOP, *case[1:], id=case[0]) for case in CASES]
    + [pytest.param(LISTED, *case[1:], id=f"in a list: {case[0]}") for case in LISTED_CASES],
)
def test_only_what_changed_is_written_anew(source, change, wanted):
    """Every other line stays as it is, and the text says the new design."""
    after = change(loads(source))

    found = bring(source, after)

    assert loads(found.text) == after
    assert sorted(changes(source, found.text)) == sorted(wanted)
    assert not found.lost


@pytest.mark.parametrize(
    "source", [SHOP, LISTED, SHOP.replace("\n", "\r\n"), "\ufeff" + LISTED, "", "# only\n"]
)
def test_an_unchanged_design_gives_back_every_byte(source):
    """Line ends, the byte order mark, the end of the file: nothing is tidied up."""
    assert kept(source, loads(source)) == source


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("", '[nodes.a]\nservice = "sqs"\n'),
        ("# only\n", '# only\n\n[nodes.a]\nservice = "sqs"\n'),
        ("nodes = {}", 'nodes = {a = {service = "sqs"}}'),
        ("[nodes] # none yet", '[nodes] # none yet\n\n[nodes.a]\nservice = "sqs"\n'),
        (
            '[nodes.b]\nservice = "sns"',
            '[nodes.b]\nservice = "sns"\n\n[nodes.a]\nservice = "sqs"\n',
        ),
        (
            '[nodes.b]\nservice = "sns"\n[effort]\nbuild_hours = 1\n',
            '[nodes.b]\nservice = "sns"\n\n[nodes.a]\nservice = "sqs"\n\n[effort]\nbuild_hours = 1\n',
        ),
    ],
)
def test_a_first_node_finds_its_place(source, wanted):
    """Whatever there is in the file."""
    assert kept(source, add_node(loads(source), "a", "sqs")) == wanted


def test_line_ends_and_mark_stay():
    """A file of another system stays one."""
    source = "\ufeff" + SHOP.replace("\n", "\r\n")

    found = kept(source, add_node(loads(source), "x", "sqs"))

    assert found.startswith("\ufeff# Shop")
    assert found.count("\r\n") == found.count("\n")


def test_moved_edges_take_their_comments_along():
    """The order of the design is the order of the file."""
    design = loads(SHOP)
    after = add_edge(remove_edge(design, 0), "shoppers", "place")
    swapped = type(design)(
        **{**{name: getattr(design, name) for name in design.__dataclass_fields__},
           "edges": (design.edges[2], design.edges[0], design.edges[1])}
    )  # fmt: skip

    assert loads(kept(SHOP, after)) == after
    text = kept(SHOP, swapped)
    assert loads(text) == swapped
    assert [text.index(f"# {place}\n") for place in (3, 1, 2)] == sorted(
        text.index(f"# {place}\n") for place in (1, 2, 3)
    )


def test_comments_that_cannot_stay_are_told():
    """Those within a list of numbers that is written anew."""
    source = '[nodes.a]\nservice = "sqs"\nposition = [\n  3,  # column\n  1,\n]\n# end\n'
    after = loads(source).with_value("nodes.a.position", [4, 1])

    found = bring(source, after)

    assert loads(found.text) == after
    assert found.lost == ("# column",)
    assert "# end" in found.text
