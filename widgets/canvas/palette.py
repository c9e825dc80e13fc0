"""The colours of the canvas, as component classes a theme or an app may restyle.

One hue per family, on border and icon. One ramp for utilisation; nothing else is red.
Families and ramp have fixed hues, so that they mean the same in every theme, in one set
for dark and one for light backgrounds; all else follows the theme.
"""

FAMILIES = ("source", "front", "compute", "flow", "store", "other")
RAMP = ("low", "mid", "high", "over")
LINES = ("edge", "idle", "label", "hot", "lit", "lit-hot")
WORDS = ("name", "rate", "detail", "selected", "marked", "aimed", "dim", "reason", "empty")
GROUNDS = ("bar", "raised", "chosen", "picked")
OVER = ("chip", "chip-end", "chip-typed", "aim", "aim-end", "callout", "callout-edge")
DRAWN = ("handle", "rubber", "refused", "ghost", "ghost-name", "slot", "band")

ROLES = (*FAMILIES, *RAMP, *LINES, *WORDS, *GROUNDS, *OVER, *DRAWN)
"""What a span may be; each has the component class ``graph-canvas--<role>``."""

COMPONENTS = {f"graph-canvas--{role}" for role in ROLES}

_DARK = {
    "source": "#a8b3cf",
    "front": "#c792ff",
    "compute": "#ffb454",
    "flow": "#59b4ff",
    "store": "#45d6b5",
    "other": "#9aa5b8",
    "low": "#5fd38d",
    "mid": "#e6d25a",
    "high": "#ff9f43",
    "over": "#ff5c57",
    "hot": "#ff5c57",
    "lit-hot": "#ff5c57",
}
_LIGHT = {
    "source": "#56627d",
    "front": "#8438c7",
    "compute": "#9a4f00",
    "flow": "#0b5fb5",
    "store": "#006e61",
    "other": "#586377",
    "low": "#17703c",
    "mid": "#6e5e00",
    "high": "#a04a00",
    "over": "#bd1622",
    "hot": "#bd1622",
    "lit-hot": "#bd1622",
}


_HAND = ("marked", "aimed", "aim-end", "callout-edge", "handle", "rubber", "ghost", "slot", "band")
"""What a person's hand does has a hue of its own."""

_DARK |= dict.fromkeys(_HAND, "#ff7ac6")
_LIGHT |= dict.fromkeys(_HAND, "#c0167d")


def _set(mode: str, hues: dict[str, str]) -> str:
    rules = "".join(f"& > .graph-canvas--{role} {{ color: {hue}; }}\n" for role, hue in hues.items())
    hand = hues["marked"]
    rules += f"& > .graph-canvas--picked {{ background: {hand} 16%; }}\n"
    rules += f"& > .graph-canvas--aim {{ background: {hand}; }}\n"
    return f"&:{mode} {{ {rules} }}\n"


CSS = f"""
GraphView {{
    background: $background;
    color: $foreground;
    scrollbar-size: 1 1;
    scrollbar-background: $background;
    scrollbar-corner-color: $background;
    scrollbar-color: $foreground 20%;
    & > .graph-canvas--edge {{ color: $foreground 45%; }}
    & > .graph-canvas--idle {{ color: $foreground 24%; }}
    & > .graph-canvas--label {{ color: $foreground 70%; }}
    & > .graph-canvas--lit {{ color: $foreground; text-style: bold; }}
    & > .graph-canvas--lit-hot {{ text-style: bold; }}
    & > .graph-canvas--name {{ color: $foreground; text-style: bold; }}
    & > .graph-canvas--rate {{ color: $foreground 85%; }}
    & > .graph-canvas--detail {{ color: $foreground 68%; }}
    & > .graph-canvas--selected {{ color: $foreground 75%; }}
    & > .graph-canvas--bar {{ background: $foreground 12%; }}
    & > .graph-canvas--raised {{ background: $foreground 6%; }}
    & > .graph-canvas--chosen {{ background: $primary 20%; }}
    & > .graph-canvas--marked {{ text-style: bold; }}
    & > .graph-canvas--aimed {{ text-style: bold; }}
    & > .graph-canvas--dim {{ color: $foreground 32%; }}
    & > .graph-canvas--reason {{ color: $foreground 68%; text-style: italic; }}
    & > .graph-canvas--empty {{ color: $foreground 68%; }}
    & > .graph-canvas--chip {{ background: $foreground; color: $background; text-style: bold; }}
    & > .graph-canvas--chip-end {{ color: $foreground; }}
    & > .graph-canvas--chip-typed {{ text-style: dim; }}
    & > .graph-canvas--aim {{ color: $background; text-style: bold; }}
    & > .graph-canvas--callout {{ background: $foreground 88%; color: $background; text-style: bold; }}
    & > .graph-canvas--callout-edge {{ background: $foreground 88%; }}
    & > .graph-canvas--handle {{ text-style: bold; }}
    & > .graph-canvas--rubber {{ text-style: bold; }}
    & > .graph-canvas--refused {{ color: $foreground 70%; text-style: bold; }}
    & > .graph-canvas--ghost-name {{ color: $foreground; text-style: bold; }}
    & > .graph-canvas--slot {{ text-style: bold; }}
    &:focus {{ background-tint: $foreground 3%; }}
    &:focus > .graph-canvas--selected {{ color: $foreground; }}
    &:focus > .graph-canvas--chosen {{ background: $primary 40%; }}
    {_set("dark", _DARK)}
    {_set("light", _LIGHT)}
    &:ansi > .graph-canvas--chip {{ text-style: bold reverse; }}
    &:ansi > .graph-canvas--aim {{ background: ansi_default; text-style: bold reverse underline; }}
    &:ansi > .graph-canvas--callout {{ text-style: bold reverse; }}
    &:ansi > .graph-canvas--callout-edge {{ text-style: reverse; }}
    &:ansi > .graph-canvas--dim {{ text-style: dim; }}
    &:ansi > .graph-canvas--idle {{ text-style: dim; }}
    &:ansi > .graph-canvas--picked {{ background: ansi_default; text-style: underline; }}
    &:light > .graph-canvas--chosen {{ background: $primary 12%; }}
    &:light:focus > .graph-canvas--chosen {{ background: $primary 22%; }}
}}
"""
