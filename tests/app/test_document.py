"""The open design: history and file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.app.document import Document
from sandbox.design.files import load
from sandbox.errors import StorageError
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
