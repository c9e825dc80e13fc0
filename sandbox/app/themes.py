"""Colours of our own, each set for dark and for light surroundings; Textual's themes stay to choose from.

All texts keep a contrast of 4.5 with what they stand on (WCAG 2.2, success criterion 1.4.3). The
colour-blind palette has the hues of Okabe and Ito (*Color Universal Design*, 2008), lighter or darker
where a background asks for it; nothing in it is told by red against green.
"""

from collections.abc import Iterator, Mapping

from textual.theme import Theme

Hues = Mapping[str, str]
"""A colour by the role it has on the canvas."""

DARK = Theme(
    name="sandbox-dark",
    dark=True,
    primary="#5aa9ff",
    secondary="#7f8cff",
    accent="#ffb454",
    success="#5fd38d",
    warning="#ffb03a",
    error="#ff5c57",
    foreground="#d8dee9",
    background="#0f141b",
    surface="#161d27",
    panel="#1f2936",
    variables={"footer-key-foreground": "#ffb454", "footer-background": "#1f2936"},
)
LIGHT = Theme(
    name="sandbox-light",
    dark=False,
    primary="#0b5fb5",
    secondary="#5146c7",
    accent="#8a4300",
    success="#17703c",
    warning="#8a4700",
    error="#bd1622",
    foreground="#1c2430",
    background="#fbfbf9",
    surface="#f1f1ec",
    panel="#e4e5df",
    variables={"footer-key-foreground": "#8a4300", "footer-background": "#e4e5df"},
)
BLIND_DARK = Theme(
    name="sandbox-colour-blind-dark",
    dark=True,
    primary="#56b4e9",
    secondary="#e08fbc",
    accent="#f0e442",
    success="#12b88a",
    warning="#f0e442",
    error="#ef6a1e",
    foreground="#e3e7ee",
    background="#0f141b",
    surface="#161d27",
    panel="#1f2936",
    variables={"footer-key-foreground": "#f0e442", "footer-background": "#1f2936"},
)
BLIND_LIGHT = Theme(
    name="sandbox-colour-blind-light",
    dark=False,
    primary="#00639c",
    secondary="#97366d",
    accent="#00639c",
    success="#006a4c",
    warning="#7d4a00",
    error="#8f2600",
    foreground="#1c2430",
    background="#fbfbf9",
    surface="#f1f1ec",
    panel="#e4e5df",
    variables={"footer-key-foreground": "#00639c", "footer-background": "#e4e5df"},
)
CONTRAST_DARK = Theme(
    name="sandbox-high-contrast-dark",
    dark=True,
    primary="#6cb6ff",
    secondary="#b9a7ff",
    accent="#ffd24a",
    success="#6dff9e",
    warning="#ffd24a",
    error="#ff8f87",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    variables={"footer-key-foreground": "#ffd24a", "footer-background": "#1c1c1c"},
)
CONTRAST_LIGHT = Theme(
    name="sandbox-high-contrast-light",
    dark=False,
    primary="#003f8a",
    secondary="#3a1f9c",
    accent="#6a2a00",
    success="#00441f",
    warning="#5c2e00",
    error="#8a0010",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ececec",
    variables={"footer-key-foreground": "#6a2a00", "footer-background": "#ececec"},
)
PALETTES: dict[str, tuple[Theme, Theme]] = {
    "default": (DARK, LIGHT),
    "colour-blind": (BLIND_DARK, BLIND_LIGHT),
    "high-contrast": (CONTRAST_DARK, CONTRAST_LIGHT),
}
"""A dark and a light theme for each palette a person can choose."""
THEMES = tuple(theme for pair in PALETTES.values() for theme in pair)

BLIND: dict[str, Hues] = {
    "dark": {
        "source": "#c9ced8",
        "front": "#e08fbc",
        "compute": "#e69f00",
        "flow": "#56b4e9",
        "store": "#12b88a",
        "low": "#56b4e9",
        "mid": "#f0e442",
        "high": "#eaa61a",
        "over": "#e8590c",
        "hot": "#e8590c",
        "lit-hot": "#e8590c",
    },
    "light": {
        "source": "#56627d",
        "front": "#97366d",
        "compute": "#8a5500",
        "flow": "#00639c",
        "store": "#006a4c",
        "low": "#00639c",
        "mid": "#5d6470",
        "high": "#995000",
        "over": "#6e1400",
        "hot": "#6e1400",
        "lit-hot": "#6e1400",
    },
}
"""Families and utilisation on the canvas, for the colour-blind palette."""


def palette_of(theme: str) -> str:
    """The palette a theme belongs to; Textual's own belong to the default one.

    >>> palette_of("sandbox-colour-blind-light"), palette_of("nord")
    ('colour-blind', 'default')
    """
    pairs = PALETTES.items()
    return next((name for name, pair in pairs if any(one.name == theme for one in pair)), "default")


def theme_name(wanted: str, palette: str, *, is_light: bool) -> str:
    """The theme that `auto`, `dark` and `light` stand for; any other name is a theme's own.

    >>> theme_name("light", "high-contrast", is_light=False), theme_name("nord", "default", is_light=True)
    ('sandbox-high-contrast-light', 'nord')
    """
    dark, light = PALETTES[palette]
    if wanted == "auto":
        wanted = "light" if is_light else "dark"
    return {"dark": dark.name, "light": light.name}.get(wanted, wanted)


def _rules() -> Iterator[str]:
    for mode, hues in BLIND.items():
        for role, hue in hues.items():
            yield f".-colour-blind GraphView:{mode} > .graph-canvas--{role} {{ color: {hue}; }}"


CSS = "\n".join(_rules())
"""What the palettes change of the canvas."""
