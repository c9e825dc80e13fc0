"""The characters of the picture, as box drawing or as ASCII.

All are one cell wide and found in the fonts terminals commonly use. The ASCII table is
for terminals and fonts without box drawing.
"""

from dataclasses import dataclass

from widgets.canvas.graph import Kind, Mark, Node

# Indexed by the mask: 1 up, 2 down, 4 left, 8 right.
_LIGHT = " │││─╯╮┤─╰╭├─┴┬┼"
_ROUND = {
    "sync": _LIGHT,
    "async": " ┆┆┆┄╯╮┤┄╰╭├┄┴┬┼",
    "polled": " ║║║═╝╗╣═╚╔╠═╩╦╬",
    "stream": " │││≈╯╮┤≈╰╭├≈┴┬┼",
    "dead-letter": " ╎╎╎╌╯╮┤╌╰╭├╌┴┬┼",
}
_PLAIN = {
    "sync": " |||-+++-+++-+++",
    "async": " :::.+++.+++.+++",
    "polled": " |||=+++=+++=+++",
    "stream": " |||~+++~+++~+++",
    "dead-letter": " !!!.+++.+++.+++",
}

_HEAVY = " ┃┃┃━┛┓┫━┗┏┣━┻┳╋"
_HEAVY_PLAIN = " ######" + "#" * 9
_TO_HEAVY = str.maketrans("│─╯╮┤╰╭├┴┬┼┆┄╎╌═≈", "┃━┛┓┫┗┏┣┻┳╋┇┅╏╍≡≋")
_TO_HEAVY_PLAIN = str.maketrans("|-+:.=~!", "########")

_TO_ASCII = str.maketrans(
    {
        "▲": "!",
        "●": "o",
        "✕": "x",
        "×": "x",
        "·": ".",
        "…": "~",
        "–": "-",
        "−": "-",
        "≤": "<",
        "≥": ">",
        "→": ">",
        "✓": "*",
        "λ": "fn",
    }
)


@dataclass(frozen=True, eq=False)
class Glyphs:
    """One alphabet."""

    lines: dict[str, str]
    """A character per mask, for each kind of edge."""

    heads: dict[str, str]
    back: str
    frame: str
    """Top left, horizontal, top right, vertical, bottom left, bottom right."""

    chosen: str
    """The frame of the selected node."""

    marked: str
    """The frame of a marked node."""

    aimed: str
    """The frame of the node at which a choice or a drag would end."""

    ghost: str
    """The frame of a node on its way to another place."""

    bars: str
    """Eight growing parts of a full cell, from left to right."""

    steps: str
    """Eight heights of a cell, from the bottom up."""

    stripe: str
    """Left edge of a node without a frame: plain, selected, aimed at."""

    marks: dict[str, str]
    tick: str
    """The icon of a marked node."""

    no: str
    """Before the reason why something cannot be."""

    key: str
    """What encloses the letters of an offer."""

    handle: str
    """Where a line may be drawn from."""

    to_idle: dict[int, int]
    """The heads of edges along which nothing flows."""

    heavy: str
    """A character per mask, for the line a person draws."""

    to_heavy: dict[int, int]
    """The lines of the selected edge."""

    slot: str
    """Where a node on its way would stand: left end, middle, right end, beside a full row."""
    is_ascii: bool

    def line(self, kind: Kind, mask: int) -> str:
        """The character of a line cell."""
        return self.lines[kind][mask]

    def mark(self, mark: Mark) -> str:
        """The sign of what happens to items, a blank for nothing."""
        return self.marks[mark]

    def icon(self, node: Node) -> str:
        """The icon, or in ASCII the first letter of the badge."""
        return (self.text(node.badge)[:1].lower() or "*") if self.is_ascii else node.icon[:1] or " "

    def text(self, text: str) -> str:
        """Words with the signs of this alphabet."""
        return text.translate(_TO_ASCII) if self.is_ascii else text


BOX = Glyphs(
    lines=_ROUND,
    heads={"sync": "▶", "async": "▶", "polled": "▶", "stream": "▶", "dead-letter": "✕"},
    back="◀",
    frame="╭─╮│╰╯",
    chosen="┏━┓┃┗┛",
    marked="╔═╗║╚╝",
    aimed="┏╍┓╏┗┛",
    ghost="┌╌┐╎└┘",
    bars="▏▎▍▌▋▊▉█",
    steps="▁▂▃▄▅▆▇█",
    stripe="▎█▶",
    marks={"": " ", "throttled": "▲", "held": "●", "lost": "✕"},
    tick="✓",
    no="✕",
    key="▐▌",
    handle="◆",
    to_idle=str.maketrans("▶◀", "▷◁"),
    heavy=_HEAVY,
    to_heavy=_TO_HEAVY,
    slot="╺━╸▸",
    is_ascii=False,
)
"""Box drawing with rounded corners."""

ASCII = Glyphs(
    lines=_PLAIN,
    heads={"sync": ">", "async": ">", "polled": ">", "stream": ">", "dead-letter": "x"},
    back="<",
    frame="+-+|++",
    chosen="#=####",
    marked="*=*|**",
    aimed="%%%%%%",
    ghost="......",
    bars="-======#",
    steps="_..--==#",
    stripe="|#>",
    marks={"": " ", "throttled": "!", "held": "o", "lost": "x"},
    tick="*",
    no="x",
    key="[]",
    handle=">",
    to_idle=str.maketrans("><", ")("),
    heavy=_HEAVY_PLAIN,
    to_heavy=_TO_HEAVY_PLAIN,
    slot="<=>>",
    is_ascii=True,
)
"""Nothing but ASCII."""
