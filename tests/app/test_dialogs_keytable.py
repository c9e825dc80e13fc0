"""Keys laid into columns: none lost, none too wide."""

from hypothesis import given
from hypothesis import strategies as st

from sandbox.app.dialogs.help import drawn
from sandbox.app.dialogs.keytable import GAP, KeyRow, columns, widest

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=30)
GROUPS = st.lists(
    st.tuples(WORDS, st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6)),
    max_size=6,
    unique_by=lambda group: group[0],
)


@given(GROUPS, st.integers(1, 200))
def test_every_key_once_in_order_below_its_heading(groups, width):
    """Whatever the width, each column holds whole groups, and all keys are there in order."""
    rows = [KeyRow(name, *row) for name, members in groups for row in members]

    laid = columns(rows, width)

    lines = [line for column in laid for line in column if isinstance(line, KeyRow)]
    assert [line.keys for line in lines if line.keys] == [row.keys for row in rows]
    assert "".join(line.text for line in lines) == "".join(row.text for row in rows)
    assert [line for column in laid for line in column if isinstance(line, str)] == [
        name for name, _ in groups
    ]
    assert all(isinstance(column[0], str) for column in laid)
    if len(laid) > 1:
        assert sum(map(widest, laid)) + GAP * (len(laid) - 1) <= width


@given(GROUPS, st.integers(1, 200))
def test_the_lines_are_as_wide_as_the_columns(groups, width):
    """The drawn table is as wide as its columns and the gaps between them, in every line."""
    rows = [KeyRow(name, *row) for name, members in groups for row in members]
    laid = columns(rows, width)

    lines = drawn(rows, width).split("\n")

    wide = sum(map(widest, laid)) + GAP * max(0, len(laid) - 1)
    assert {line.cell_length for line in lines} <= {wide}
