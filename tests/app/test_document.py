"""The open design: history and file."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.app.document import Document
from sandbox.design.edits import add_node, remove_node, rename_node
from sandbox.design.files import load
from sandbox.design.reading import loads
from sandbox.errors import SandboxError, StorageError
from tests.app.shop import shop

PATH = "nodes.place.duration_ms"


def changed(document, value):
    """Give the duration another value."""
    document.edit(f"to {value}", document.design.with_value(PATH, value))


def duration(document):
    """The duration now."""
    return document.design.nodes["place"].settings.duration_ms


def test_undo_goes_back_through_every_change_and_redo_forth():
    """Each step is named, and nothing is forgotten on the way."""
    document = Document(shop())
    for value in (80, 60, 40):
        changed(document, value)

    assert [document.undo() for _ in range(4)] == ["to 40", "to 60", "to 80", None]
    assert duration(document) == 100
    assert [document.redo() for _ in range(4)] == ["to 80", "to 60", "to 40", None]
    assert duration(document) == 40


def test_a_change_after_undoing_forgets_what_was_undone():
    """There is one history, not a tree."""
    document = Document(shop())
    changed(document, 80)
    document.undo()
    changed(document, 60)

    assert document.redo() is None
    assert document.undo() == "to 60"


def test_a_change_to_the_same_value_is_none():
    """Nothing to undo, nothing to save."""
    document = Document(shop())
    changed(document, 100)

    assert not document.is_unsaved
    assert document.undo() is None


@given(st.lists(st.one_of(st.integers(1, 500), st.just("undo"), st.just("redo")), max_size=30))
def test_undoing_everything_leads_back_to_the_start(deeds):
    """Whatever is done in whatever order."""
    document = Document(shop())
    for deed in deeds:
        if isinstance(deed, int):
            changed(document, deed)
        else:
            getattr(document, deed)()
    while document.undo():
        pass

    assert document.design == shop()
    assert not document.is_unsaved


def test_saving_writes_the_file_and_settles_what_is_unsaved(tmp_path):
    """Going back behind the saved state is a change again."""
    document = Document(shop())
    changed(document, 80)
    file = tmp_path / "shop.toml"

    document.save(file)

    assert load(file) == document.design
    assert not document.is_unsaved
    assert document.path == file
    document.undo()
    assert document.is_unsaved


def test_a_failed_save_leaves_everything_as_it_was(tmp_path):
    """The document stays unsaved and keeps its file."""
    document = Document(shop(), tmp_path / "shop.toml")
    changed(document, 80)

    with pytest.raises(StorageError):
        document.save(tmp_path / "no" / "such" / "folder.toml")

    assert document.is_unsaved
    assert document.path == tmp_path / "shop.toml"


def test_giving_up_goes_back_to_the_last_good_design():
    """A change that cannot be evaluated leaves no step behind."""
    document = Document(shop())
    changed(document, 80)
    good = document.design
    changed(document, 60)
    changed(document, 40)

    document.give_up(good)

    assert document.design is good
    assert document.undo() == "to 80"
    assert document.undo() is None


def test_a_file_that_another_program_wrote_is_noticed(tmp_path):
    """Until it is saved over; a file that is gone holds nothing that could be lost."""
    path = tmp_path / "shop.toml"
    document = Document(shop())
    document.save(path)
    assert not document.is_changed_elsewhere
    path.write_text("schema = 1\nname = 'Other'\n")
    assert document.is_changed_elsewhere
    document.save()
    assert not document.is_changed_elsewhere
    path.unlink()
    assert not document.is_changed_elsewhere


SOURCE = """\
# ours
name = "Shop"

# the one that ships
[nodes.ship]
service = "lambda"
duration_ms = 2_00  # measured

# a table
[nodes.orders]
service = "dynamodb"
"""
DEEDS = {
    "value": lambda design: design.with_value("nodes.orders.latency_ms", 7),
    "back": lambda design: design.with_value("nodes.orders.latency_ms", None),
    "rename": lambda design: rename_node(design, "orders", "sales") if "orders" in design.nodes else design,
    "again": lambda design: rename_node(design, "sales", "orders") if "sales" in design.nodes else design,
    "add": lambda design: add_node(design, f"new-{len(design.nodes)}", "sqs"),
    "remove": lambda design: remove_node(design, list(design.nodes)[-1]) if len(design.nodes) > 2 else design,
}


def _done(document, deed):
    if deed in DEEDS:
        try:
            document.edit(deed, DEEDS[deed](document.design))
        except SandboxError:  # the table is called otherwise now
            return
    else:
        getattr(document, deed)()


@given(st.lists(st.sampled_from([*DEEDS, "undo", "redo", "save"]), max_size=12))
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_gives_back_every_byte(tmp_path, deeds):
    """Whatever was done, and saved in between; what is saved is read as it is."""
    path = tmp_path / "shop.toml"
    path.write_text(SOURCE)
    document = Document(loads(SOURCE), path, source=SOURCE)
    for deed in deeds:
        _done(document, deed)
        assert loads(document.text) == document.design
        assert "# the one that ships" in document.text
        if deed == "save":
            assert load(path) == document.design
            assert not document.is_unsaved
    while document.undo():
        pass

    document.save()
    assert path.read_text() == SOURCE


def test_a_node_keeps_its_comment_through_several_names(tmp_path):
    """Also when another node takes its old name."""
    document = Document(loads(SOURCE), tmp_path / "shop.toml", source=SOURCE)
    for old, new in (("orders", "sales"), ("sales", "book")):
        document.edit(f"to {new}", rename_node(document.design, old, new))
    document.edit("add", add_node(document.design, "orders", "dynamodb"))

    assert "# a table\n[nodes.book]\n" in document.text
    assert document.text.endswith('[nodes.orders]\nservice = "dynamodb"\n')


def test_following_the_file_is_one_step(tmp_path):
    """What was unsaved is not lost by it: undoing brings it back."""
    path = tmp_path / "shop.toml"
    document = Document(loads(SOURCE), path, source=SOURCE)
    _done(document, "value")
    mine, other = document.text, SOURCE.replace("2_00", "300")
    path.write_text(other)

    document.follow(loads(other), other)

    assert (document.text, document.is_unsaved) == (other, False)
    assert document.undo() == "what changed on disk"
    assert (document.text, document.is_unsaved) == (mine, True)


def test_what_is_given_up_is_not_saved_over_without_a_question(tmp_path):
    """The file has a design that cannot be evaluated: it counts as changed by another."""
    path = tmp_path / "shop.toml"
    document = Document(loads(SOURCE), path, source=SOURCE)
    good, other = document.design, SOURCE.replace("2_00", "300")
    path.write_text(other)
    document.follow(loads(other), other)
    assert not document.is_changed_elsewhere

    document.give_up(good)

    assert document.is_unsaved
    assert document.is_changed_elsewhere
    document.save()
    assert not document.is_changed_elsewhere
