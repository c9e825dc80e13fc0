"""Colours of our own, one set for dark and one for light surroundings; Textual's stay to choose from."""

from textual.theme import Theme

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
    primary="#0b66c2",
    secondary="#5146c7",
    accent="#9a4b00",
    success="#1d8348",
    warning="#a35400",
    error="#c8202b",
    foreground="#1c2430",
    background="#fbfbf9",
    surface="#f1f1ec",
    panel="#e4e5df",
    variables={"footer-key-foreground": "#9a4b00", "footer-background": "#e4e5df"},
)
