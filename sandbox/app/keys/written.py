"""Keys as people read and write them, and as Textual names them."""

from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import lookup

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

_SIGNS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "full_stop": ".",
    "backslash": "\\",
    "minus": "-",
    "plus": "+",
    "equals_sign": "=",
    "semicolon": ";",
    "colon": ":",
    "apostrophe": "'",
    "at": "@",
    "exclamation_mark": "!",
    "asterisk": "*",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "underscore": "_",
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "quotation_mark": '"',
    "grave_accent": "`",
    "circumflex_accent": "^",
    "vertical_line": "|",
    "tilde": "~",
}
"""Signs that Textual names by words."""
_SHOWN = {"left": "←", "right": "→", "up": "↑", "down": "↓", "escape": "esc", "pageup": "pgup",
          "pagedown": "pgdn", "delete": "del", "backspace": "⌫"}  # fmt: skip
_PLAIN = {"left": "left", "right": "right", "up": "up", "down": "down", "backspace": "bksp"}
"""Where there is nothing but ASCII."""
_MEANT = {"esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown",
          "del": "delete", "bksp": "backspace", "ins": "insert", "←": "left", "→": "right", "↑": "up",
          "↓": "down", "⌫": "backspace", "⏎": "enter", "spacebar": "space"}  # fmt: skip
MODIFIERS = ("ctrl", "alt", "shift", "meta", "super", "hyper")
_NAMED = frozenset(key.value.rpartition("+")[2] for key in Keys if not key.value.startswith("<")) | {
    "space",
    "menu",
}


def written(key: str, *, plain: bool = False) -> str:
    """A key as people read it.

    >>> written("ctrl+z"), written("shift+left"), written("question_mark"), written("up", plain=True)
    ('ctrl+z', 'shift+←', '?', 'up')
    """
    *before, last = key.split("+")
    shown = (_SHOWN | _PLAIN if plain else _SHOWN).get(last) or _SIGNS.get(last, last)
    return "+".join([*before, shown])


def brief(key: str, *, plain: bool = False) -> str:
    """A key as short as it can be said.

    >>> brief("ctrl+s"), brief("ctrl+shift+s"), brief("enter"), brief("enter", plain=True)
    ('^s', '^S', '⏎', 'enter')
    """
    *before, last = written(key, plain=plain).rsplit("+", 1) if key != "plus" else ["+"]
    modifiers = "+".join(before).split("+") if before else []
    if "shift" in modifiers and len(last) == 1 and last.isalpha():
        modifiers.remove("shift")
        last = last.upper()
    if "ctrl" in modifiers:
        modifiers.remove("ctrl")
        last = f"^{last}"
    if last == "enter" and not plain:
        last = "⏎"
    return "+".join([*modifiers, last])


def named(text: str) -> str | None:
    """A key as Textual names it, or None where there is no such key.

    >>> named("?"), named("Ctrl+S"), named("esc"), named("shift+a"), named("ctrl+shift+z"), named("hotkey")
    ('question_mark', 'ctrl+s', 'escape', 'A', 'ctrl+shift+z', None)
    """
    text = text.strip()
    head, plus, last = (
        text.rpartition("+") if text != "+" and not text.endswith("++") else (text[:-2], "", "+")
    )
    modifiers = [part.strip().lower() for part in head.split("+") if part] if head else []
    if any(modifier not in MODIFIERS for modifier in modifiers) or (plus and not modifiers):
        return None
    name = _name(last.strip())
    if name is None:
        return None
    if modifiers == ["shift"] and len(name) == 1 and name.isalpha():
        return name.upper()
    if modifiers and len(name) == 1:
        name = name.lower()
    ordered = [modifier for modifier in MODIFIERS if modifier in modifiers]
    return "+".join([*ordered, name])


def listed(text: str) -> list[str]:
    """The keys of a text in which commas part them; the comma itself stands alone or is called that.

    >>> listed("a, ctrl+a"), listed(","), listed("comma,x"), listed("")
    (['a', 'ctrl+a'], [','], ['comma', 'x'], [])
    """
    if text.strip() == ",":
        return [","]
    return [part.strip() for part in text.split(",") if part.strip()]


def near(text: str) -> str:
    """A sentence with the key that may have been meant, or nothing.

    >>> near("ctlr+a"), near("entre")
    (" Did you mean 'ctrl+a'?", " Did you mean 'enter'?")
    """
    head, _, last = text.lower().rpartition("+")
    parts = [_closest(part, MODIFIERS) for part in head.split("+") if part]
    end = last if _name(last) else _closest(last, (*_NAMED, *_MEANT))
    if end is None or None in parts:
        return ""
    return f" Did you mean '{'+'.join([*filter(None, parts), end])}'?"


def _closest(word: str, words: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.5)), None)


def _name(last: str) -> str | None:
    """The last part of a key, as Textual names it."""
    signs = {sign: name for name, sign in _SIGNS.items()}
    if len(last) == 1:
        return signs.get(last) or _MEANT.get(last) or ("space" if last == " " else last)
    lowered = last.lower()
    name = _MEANT.get(lowered, lowered)
    if name in _NAMED or name in _SIGNS or name in KEY_NAME_REPLACEMENTS.values() or _is_unicode(name):
        return name
    return None


def _is_unicode(name: str) -> bool:
    try:
        lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True
