"""A paragraph about a finding as it is drawn."""

from textual.content import Content

from sandbox.app.present.advice import Part
from sandbox.app.tones import TONES

_MUTED = "$foreground 72%"


def paragraph(part: Part) -> Content:
    """A paragraph with its title in front."""
    if part.kind == "head":
        return Content.assemble((part.title, f"bold {TONES[part.tone]}"), "  ", (part.text, _MUTED))
    if part.kind == "step":
        return Content.assemble(("  ← ", _MUTED), part.text)
    if part.kind == "code":
        lines = "\n".join(f"  {line}" for line in part.text.splitlines())
        return Content.assemble((part.title, _MUTED), "\n", lines)
    if part.kind == "fix":
        return Content.assemble((f"{part.title}  ", "bold $text-success"), part.text)
    return Content.assemble((f"{part.title}  ", "bold"), part.text) if part.title else Content(part.text)
