"""Lines of the keys of a TOML text, for messages."""

from sandbox.design.scanning import Walk


def locate(text: str) -> dict[str, int]:
    r"""Find the line of every key, table and entry of an array.

    Args:
        text: TOML that can be read.

    Returns:
        By dotted path (entries of arrays by their place, from 0), the line, counted from 1.

    >>> locate('a = 1\n[b]\n"c d" = {e = [1,\n{f = 2}]}\n[[g]]\n')["b.c d.e.1.f"]
    4
    """
    return Walk(text).lines
