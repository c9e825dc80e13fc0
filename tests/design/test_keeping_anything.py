"""Whatever is written into a file and whatever is changed: the text says the design, and comments stay."""

import tomllib

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sandbox.design.keeping import bring, kept
from sandbox.design.reading import loads
from sandbox.design.writing import block_text, dumps, key_text, value_text
from sandbox.errors import DesignError
from tests.design.drawing import designs
from tests.design.editing import edited


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_edit_of_any_design(data):
    """The text says the new design; every comment that is not about what went stays, in its order."""
    design, source = data.draw(_commented())
    deed, after = data.draw(edited(design))

    found = bring(source, after)

    assert loads(found.text) == after
    assert not found.lost
    assert bring(found.text, after).text == found.text
    if deed not in ("remove", "cut", "calls", "label", "move", "set"):
        assert _comments(found.text) == _comments(source)
    back = kept(found.text, design)
    assert loads(back) == design


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_edits_one_after_the_other(data):
    """Each brings the text of the one before up to date, or all of them at once."""
    design, source = data.draw(_commented())
    after, text = design, source
    for _ in range(data.draw(st.integers(1, 6))):
        _, after = data.draw(edited(after))
        text = kept(text, after)

    assert loads(text) == after
    assert loads(kept(source, after)) == after


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_form_of_a_file(data):
    """Tables on one line, dotted keys, lists of tables: each form takes what is added and taken out."""
    design, source = data.draw(_formed())
    for _ in range(data.draw(st.integers(1, 3))):
        _, after = data.draw(edited(design))
        found = bring(source, after, design)

        assert loads(found.text) == after
        assert not found.lost, (source, found.text)
        assert "# first" in found.text
        design, source = after, found.text


@st.composite
def _formed(draw):
    """A design, and a text that says it in other forms than this program writes."""
    design = draw(designs())
    table = tomllib.loads(dumps(design))
    nodes, edges = table.pop("nodes", {}), table.pop("edges", [])
    parts = [f"{key_text(key)} = {value_text(table.pop(key))}  # {key}" for key in ("name", "region")]
    parts.insert(0, "# first")
    parts += [f"account.{key} = {value_text(value)}" for key, value in table.get("account", {}).items()]
    is_listed = draw(st.booleans())
    if is_listed:
        gap = draw(st.sampled_from([" ", "\n    "]))
        parts.append(f"edges = [{gap}{f',{gap}'.join(map(value_text, edges))}{gap}]")
    within = {key for key in nodes if draw(st.booleans())}
    parts += [f"[nodes]  # {len(within)}"] if within else []
    for key in within:
        whole = f"{key_text(key)} = {value_text(nodes[key])}"
        dotted = [f"{key_text(key)}.{key_text(k)} = {value_text(v)}" for k, v in nodes[key].items()]
        parts += dotted if draw(st.booleans()) else [whole]
    parts += [block_text(f"[nodes.{key_text(key)}]", nodes[key]) for key in nodes if key not in within]
    parts += [] if is_listed else [block_text("[[edges]]", edge) for edge in edges]
    source = "\n".join(parts)
    try:
        design = loads(source)
    except DesignError:
        assume(False)  # a description of several lines in a table on one
    return design, source


@st.composite
def _commented(draw):
    """A design, and a text that says it with comments above its tables and behind its values."""
    text = dumps(draw(designs()))
    lines, is_within = [], False
    for number, line in enumerate(text.split("\n")):
        is_plain = not is_within and '"""' not in line
        if is_plain and (line[:1] == "[" or (" = " in line and line[0] != " " and draw(st.booleans()))):
            lines.append(f"# comment {number}")
        is_behind = is_plain and " = " in line and line[-1] not in "[{" and draw(st.booleans())
        lines.append(f"{line}  # behind {number}" if is_behind else line)
        is_within ^= line.count('"""') % 2 == 1
    source = "\n".join(lines)
    try:
        design = loads(source)
    except DesignError:
        assume(False)  # a text with quotes in it that this does not see through
    return design, source


def _comments(text):
    return [line[line.index("#") :] for line in text.split("\n") if "# comment" in line or "# behind" in line]
