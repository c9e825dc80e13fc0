"""Several parts at once: taken away, copied, pasted, placed."""

import pytest

from sandbox.design import edits
from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.errors import DesignError, UnknownNameError

SHOP = loads("""\
[nodes.shoppers]
service = "traffic"
[nodes.intake]
service = "sqs"
position = [1, 0]
[nodes.ship]
service = "lambda"
label = "Ship it"
position = [2, 0]
memory_mb = 512
[nodes.orders]
service = "dynamodb"
[[edges]]
from = "shoppers"
to = "intake"
[[edges]]
from = "intake"
to = "ship"
batch_size = 5
[[edges]]
from = "ship"
to = "orders"
[variants.busy]
"edges.intake>ship.batch_size" = 3
"nodes.ship.memory_mb" = 1024
""")
PASTED = ("intake-2", "ship-2")


def test_remove_parts() -> None:
    """Nodes go with their edges, and further edges by their places; variants lose what is gone."""
    left = edits.remove_parts(SHOP, ["ship"], [0])

    assert list(left.nodes) == ["shoppers", "intake", "orders"]
    assert left.edges == ()
    assert dict(left.variants["busy"]) == {}
    with pytest.raises(UnknownNameError, match="nothing"):
        edits.remove_parts(SHOP, ["nothing"])


def test_duplicated() -> None:
    """Copies have the edges between them, free ids, and positions that nobody has."""
    twice, ids = edits.duplicated(SHOP, {"ship", "intake"})

    assert ids == PASTED
    assert twice.edges[:3] == SHOP.edges
    assert [(e.source, e.target, e.settings.batch_size) for e in twice.edges[3:]] == [(*PASTED, 5)]
    assert [twice.nodes[key].position for key in ids] == [(1, 1), (2, 1)]
    assert twice.nodes["ship-2"].settings == SHOP.nodes["ship"].settings
    assert twice.variants == SHOP.variants


def test_copied_and_pasted() -> None:
    """What is copied is TOML that a person can read, and comes back the same beside the original."""
    text = edits.copied(SHOP, ["intake", "ship"])

    assert text.startswith('[nodes.intake]\nservice = "sqs"\n')
    assert edits.pasted(SHOP, text) == edits.duplicated(SHOP, ["intake", "ship"])
    assert edits.pasted(Design(), text)[1] == ("intake", "ship")


@pytest.mark.parametrize("name", preset_names())
def test_a_whole_design_can_be_pasted(name: str) -> None:
    """A preset's text adds its nodes and edges; its account, variants and goals are passed over."""
    text = preset(name).text
    theirs = loads(text)

    both, ids = edits.pasted(SHOP, text)

    assert len(both.nodes) == len(SHOP.nodes) + len(theirs.nodes)
    assert [both.nodes[key].settings for key in ids] == [node.settings for node in theirs.nodes.values()]
    assert len(both.edges) == len(SHOP.edges) + len(theirs.edges)
    assert (both.account, both.variants, both.goals) == (SHOP.account, SHOP.variants, SHOP.goals)


def test_a_node_of_a_foreign_account_comes_home() -> None:
    """A node keeps its account where the design has one of that name, else it comes to the design's own."""
    text = '[nodes.f]\nservice = "lambda"\naccount = "payments"\n'
    known = loads("[accounts.payments]\nfree_tier = true\n")

    assert edits.pasted(Design(), text)[0].nodes["f"].account == ""
    assert edits.pasted(known, text)[0].nodes["f"].account == "payments"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no node"),
        ("https://example.com/?a=1", "not TOML"),
        ('name = "x"\n', "no node"),
        ("nodes = 3\n", "no node"),
        ('[nodes.f]\nservice = "lamda"\n', "pasted:2:.*Did you mean 'lambda'"),
        ('[nodes.f]\nservice = "lambda"\nmemory_mb = 1\n', "pasted:3:"),
        ('[nodes.f]\nservice = "lambda"\n[[edges]]\nfrom = "f"\nto = "g"\n', "pasted:5:.*not a node"),
        ('[nodes]\nf = 3\n', "must be a table"),
    ],
)  # fmt: skip
def test_refused_texts(text: str, words: str) -> None:
    """What is no drawing says what is wrong with it, and in which line."""
    with pytest.raises(DesignError, match=words):
        edits.pasted(SHOP, text)


def test_placed_and_arranged() -> None:
    """Nodes are put at places together, and all can be given back to the layout."""
    moved = edits.placed(SHOP, {"shoppers": (0, 3), "ship": None})

    assert [node.position for node in moved.nodes.values()] == [(0, 3), (1, 0), None, None]
    assert {node.position for node in edits.arranged(moved).nodes.values()} == {None}
    assert list(moved.nodes) == list(SHOP.nodes)
