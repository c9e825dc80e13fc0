"""Texts of other people as a terminal may show them: it would obey their control characters."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def without_control(text: str) -> str:
    r"""A text without control characters but tabs and ends of lines.

    >>> without_control("One\n\x1b[31mtwo\x07.")
    'One\n[31mtwo.'
    """
    return _CONTROL.sub("", text)


def on_a_line(text: str) -> str:
    r"""A name as it is shown: on one line, without control characters.

    >>> on_a_line("Ana\x1b[31m\nB."), on_a_line("Order  intake")
    ('Ana[31m B.', 'Order  intake')
    """
    return text if text.isprintable() else " ".join(without_control(text).split())
