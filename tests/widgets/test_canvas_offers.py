"""Choosing from an offer of the canvas."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Button

from tests.widgets.canvas_host import DIAMOND, Host, chain, find, shown, spot
from widgets.canvas.canvas import GraphCanvas
from widgets.canvas.graph import Edge, Graph, Node
from widgets.canvas.offer import ALPHABET, MOST, Offer, letters

Chosen, Declined, Selected = GraphCanvas.Chosen, GraphCanvas.Declined, GraphCanvas.Selected

REASON = "A queue takes no calls from a table, only from what can send to it"
CONNECT = Offer({"down": "a", "out": "s"}, {"up": REASON})
JUMP = Offer({"in": "a", "up": "s", "down": "d", "out": "f", 1: "g", 2: "h", 3: "j", 4: "k"})


@given(st.integers(min_value=0, max_value=MOST + 50))
def test_letters_tell_all_targets_apart(count):
    """As many as wanted (up to the most), none the beginning of another, one or two letters each."""
    found = letters(count)

    assert len(found) == min(count, MOST)
    assert len(set(found)) == len(found)
    assert {len(text) for text in found} <= {1, 2}
    alone = {text for text in found if len(text) == 1}
    assert not alone & {text[0] for text in found if len(text) == 2}


def test_letters_under_the_fingers_come_first():
    """Nine targets need no finger to leave the home row; every letter is used before there are two."""
    assert set(letters(9)) == set("asdfghjkl")
    assert sorted(letters(26)) == list(string.ascii_lowercase)
    assert len(letters(27)[0]) == 1
    assert letters(40)[:9] == tuple(ALPHABET[:9])


@pytest.mark.parametrize(
    ("offer", "keys", "target"),
    [
        (JUMP, "d", "down"),
        (JUMP, "h", 2),
        (CONNECT, "s", "out"),
        (CONNECT, "x s", "out"),
        (CONNECT, "tab enter", "down"),
        (CONNECT, "tab tab enter", "out"),
        (CONNECT, "shift+tab enter", "out"),
        (CONNECT, "tab tab tab enter", "down"),
        (JUMP, "right enter", "up"),
        (JUMP, "shift+tab enter", 4),
        (JUMP, "enter", "in"),
        (Offer({"in": "fa", "out": "fs"}), "f s", "out"),
        (Offer({"in": "fa", 4: "fs"}), "f x f s", 4),
        (Offer({"in": "a"}, elsewhere={"dial": "s"}), "s", "dial"),
    ],
)
async def test_keys_choose(offer, keys, target):
    """Letters choose, tab and arrows walk, enter chooses; then the offer is over."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.select("in")
        app.canvas.offer = offer
        await pilot.press(*keys.split())

        assert app.said(Chosen, Declined) == [Chosen(target)]
        assert app.canvas.offer is None
        assert app.canvas.selected == "in"


@pytest.mark.parametrize("keys", ["escape", "x escape", "tab escape"])
async def test_escape_declines(keys):
    """Escape ends the offer without a choice; what was selected still is."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.select("in")
        app.canvas.offer = CONNECT
        await pilot.press(*keys.split())

        assert app.said(Chosen, Declined) == [Declined()]
        assert (app.canvas.offer, app.canvas.aimed, app.canvas.selected) == (None, None, "in")


async def test_what_cannot_be_chosen_is_not():
    """Aimed at by arrow or clicked, an illegal target says the whole reason and stays unchosen."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.select("in")
        app.canvas.offer = CONNECT
        assert "what can send to it" not in "\n".join(shown(app))

        await pilot.press("right", "enter")
        assert app.canvas.aimed == "up"
        assert "what can send to it" in "\n".join(shown(app))

        await pilot.click(GraphCanvas, offset=spot(app, "up"))
        assert not app.said(Chosen, Declined)


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_every_letter_can_be_read(level, ascii_only):
    """Each letter of a jump stands in its brackets, at every level and in both alphabets."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.zoom, app.canvas.ascii = level, ascii_only
        app.canvas.offer = JUMP
        await pilot.pause()
        picture = "\n".join(shown(app))
        for letter in JUMP.letters.values():
            assert (f"[{letter}]" if ascii_only else f"▐{letter}▌") in picture


@pytest.mark.parametrize("level", ["card", "compact", "dot"])
async def test_two_letters_can_be_read_everywhere(level):
    """Where there are too many targets for one letter each, both letters show."""
    graph = chain(20)
    targets = [*(node.id for node in graph.nodes), *(edge.id for edge in graph.edges)]
    offer = Offer(dict(zip(targets, letters(len(targets)), strict=True)))
    app = Host(graph)
    async with app.run_test(size=(700, 12)) as pilot:
        app.canvas.zoom = level
        app.canvas.offer = offer
        await pilot.pause()
        picture = "\n".join(shown(app))
        for text in offer.letters.values():
            assert f"{text}▌" in picture

        await pilot.press(ALPHABET[-1])
        assert f"{ALPHABET[0]}▌" not in "\n".join(shown(app)).replace(ALPHABET[-1] + ALPHABET[0], "")


async def test_reasons_show_on_the_node():
    """A dimmed card begins to say why not, a compact one too, a dot at least that it cannot be."""
    app = Host(DIAMOND)
    async with app.run_test(size=(120, 30)) as pilot:
        for level, told in (("card", "✕ A queue"), ("compact", "✕ A q"), ("dot", "✕")):
            app.canvas.zoom = level
            app.canvas.offer = CONNECT
            await pilot.pause()
            assert told in "\n".join(shown(app))
            app.canvas.offer = None


async def test_the_mouse_chooses_and_declines():
    """A click on a node or an edge chooses it, on the background it declines; nothing is selected by it."""
    for text, answer in (("DOWN", Chosen("down")), ("▐h▌", Chosen(2)), ("", Declined())):
        app = Host(DIAMOND)
        async with app.run_test(size=(100, 30)) as pilot:
            app.canvas.offer = JUMP
            await pilot.pause()
            await pilot.click(GraphCanvas, offset=find(app, text) if text else (0, 0))
            assert app.said(Chosen, Declined, Selected) == [answer]


async def test_hovering_aims():
    """The mouse over something offered aims at it, over something illegal shows why not."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.canvas.offer = CONNECT
        await pilot.hover(GraphCanvas, offset=spot(app, "out"))
        assert app.canvas.aimed == "out"

        await pilot.hover(GraphCanvas, offset=spot(app, "up"))
        assert "takes no calls" in "\n".join(shown(app))


async def test_an_offer_takes_and_gives_back_the_keys():
    """An offer focuses the canvas; if the focus goes elsewhere it is declined; letters are no commands."""
    app = Host(DIAMOND)
    async with app.run_test(size=(100, 30)) as pilot:
        app.query_one(Button).focus()
        await pilot.pause()
        app.canvas.offer = CONNECT
        await pilot.pause()
        assert app.canvas.has_focus

        await pilot.press("v", "l")
        assert (app.canvas.marked, app.canvas.offer) == (frozenset(), CONNECT)

        app.query_one(Button).focus()
        await pilot.pause()
        assert app.said(Chosen, Declined) == [Declined()]


@pytest.mark.parametrize(
    "graph", [Graph(), Graph((Node("a", "A"),)), Graph((Node("a", "A"),), (Edge(1, "a", "a"),))]
)
async def test_an_offer_of_nothing_does_no_harm(graph):
    """On an empty graph, of nothing, or of what is not there: no key fails and escape ends it."""
    for offer in (Offer({}), Offer({"gone": "a", 99: "s"}, {"lost": "It is not there"})):
        app = Host(graph)
        async with app.run_test(size=(40, 12)) as pilot:
            app.canvas.offer = offer
            await pilot.press("tab", "right", "enter", "x", "shift+tab", "escape")
            shown(app)
            assert app.said(Declined)
