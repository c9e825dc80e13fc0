"""Lines of keys."""

import tomllib

import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from sandbox.design.locate import locate

KEYS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="."), max_size=6)
VALUES = st.recursive(
    st.integers() | st.booleans() | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)

TEXT = '''\
a = 1 # b = 2
"q.w" = 'x]#'
m = """
k = "
""\\"""""
[b . c]
d = {e = [1, {f = 2},
 [3]], "g h".i = 1}

[[g]]
x = [
  # y = 1
  1, 2 ]
[[ g ]]
[g.y]
z = """one ""quoted"" line"""
[[g.y.t]]
p = 1979-05-27 07:32:00
o = \'\'\'
p = 2\'\'\'
last = 0x1F
'''

LINES = {
    "a": 1, "q.w": 2, "m": 3, "b.c": 6, "b.c.d.e": 7, "b.c.d.e.1.f": 7, "b.c.d.e.2": 8, "b.c.d.g h.i": 8,
    "g": 10, "g.0.x": 11, "g.0.x.1": 13, "g.1": 14, "g.1.y.z": 16,
    "g.1.y.t.0.p": 18, "g.1.y.t.0.o": 19, "g.1.y.t.0.last": 21,
}  # fmt: skip


def test_lines() -> None:
    """Headers, dotted and quoted keys, texts of several lines, arrays and tables within lines."""
    tomllib.loads(TEXT)

    found = locate(TEXT)

    assert {path: found.get(path) for path in LINES} == LINES


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.booleans())
def test_every_key_has_a_line(table: dict[str, object], many: bool) -> None:
    """Whatever can be written in TOML, each of its keys is found, on a line that names it."""
    text = tomli_w.dumps(table, multiline_strings=many)
    lines = text.split("\n")

    found = locate(text)

    for key in _paths(tomllib.loads(text)):
        assert 1 <= found[key] <= len(lines)


def _paths(value: object, before: str = "") -> list[str]:
    items: list[tuple[object, object]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [p for key, item in items for p in (f"{before}{key}", *_paths(item, f"{before}{key}."))]
