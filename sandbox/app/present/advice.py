"""The Advice panel: findings as notes, how many there are, and what is said of one of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox.app.present.edits import Change, changes
from sandbox.app.present.facts import SEVERITIES, whose
from sandbox.app.reading import Reading
from sandbox.catalog.facts import facts
from sandbox.design.model import Design
from sandbox.outcome import Finding
from sandbox.rules.documentation import documentation, rule_named
from sandbox.units import plural
from sandbox.why.reason import Reason
from widgets.facts import Tone
from widgets.glyphs import alphabet, is_plain
from widgets.notes import Note

Words = tuple[str, Tone]
"""Some words, and how grave they are."""
Fix = Mapping[str, object]
"""Values by their paths."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph about a finding."""

    title: str
    """What it is about; stands in front of the text."""
    text: str = ""
    kind: Literal["", "head", "step", "code", "fix"] = ""
    tone: Tone = ""


def by_key(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Findings by a key that stays the same while what is found does."""
    found: dict[str, Finding] = {}
    for finding in findings:
        key = f"{finding.rule}:{finding.node or finding.edge or ''}"
        while key in found:
            key += "+"
        found[key] = finding
    return found


def subject_of(design: Design, finding: Finding) -> str:
    """What a finding is about, as it is selected: `nodes.ship`, `edges.2`, or nothing for the design."""
    if finding.node is not None:
        return f"nodes.{finding.node}" if finding.node in design.nodes else ""
    ends = tuple((finding.edge or "").split(">"))
    places = (at for at, edge in enumerate(design.edges) if (edge.source, edge.target) == ends)
    return next((f"edges.{place}" for place in places), "")


def notes(
    design: Design,
    findings: Mapping[str, Finding],
    chosen: tuple[str | None, Fix | None] | None = None,
    *,
    with_fixes: bool = False,
) -> Iterator[Note]:
    """A note for each finding.

    Args:
        design: For the nodes' names and what the fixes change.
        findings: By key.
        chosen: Key of one, and what mends it.
        with_fixes: Whether to tell below each how it is mended.
    """
    for key, finding in findings.items():
        fix = chosen[1] if chosen and key == chosen[0] else finding.fix
        undone = fixing(design, fix) if with_fixes and fix else ""
        more = f"fix: {undone}" if undone else ""
        tone = SEVERITIES[finding.severity][1]
        yield Note(key, whose(design, finding), finding.message, tone, more)


def counted(findings: Iterable[Finding]) -> Iterator[Words]:
    """How many there are of each severity, the gravest first.

    >>> [text for text, _ in counted([Finding("a", "note", ""), Finding("b", "error", ""),
    ...                               Finding("c", "note", "")])]
    ['▲ 1 error', '· 2 notes']
    """
    many = Counter(finding.severity for finding in findings)
    for severity, (_, tone) in SEVERITIES.items():
        if count := many[severity]:
            yield f"{_sign(tone)} {count} {severity if count == 1 else plural(severity)}", tone


def badges(reading: Reading) -> tuple[Words, ...]:
    """Errors and warnings in a few signs, for the panel's title."""
    told = reading.details.findings if reading.details else ()
    many = Counter(finding.severity for finding in told)
    wanted = ((many[severity], SEVERITIES[severity][1]) for severity in ("error", "warning"))
    return tuple((f"{_sign(tone)}{count}", tone) for count, tone in wanted if count)


def standing(reading: Reading) -> tuple[Words, ...]:
    """How things are, in a line."""
    details = reading.details
    if details is None or details.failure:
        return ()
    told: list[Words] = list(counted(details.findings))
    if told and reading.moment:
        told.append((f"of the steady state, not of {reading.moment}", "warn"))
    if told and reading.is_stale:
        told.append(("…", ""))
    return tuple(told)


def calm(reading: Reading) -> Words:
    """What is said where there is no advice."""
    details = reading.details
    if details is None:
        return "working it out …", ""
    if details.failure:
        return f"could not be worked out: {details.failure}", "bad"
    if not reading.evaluation.design.nodes:
        return "nothing is drawn yet", ""
    return f"{alphabet().good} no advice: no rule finds anything wrong", "good"


def fix_of(finding: Finding, reason: Reason | None) -> Fix | None:
    """What mends a finding: its own fix, else what clears the number that it is about, once that is known."""
    if finding.fix or reason is None:
        return finding.fix
    metric = rule_named(finding.rule).metric
    return reason.change if metric and reason.path.endswith(f".{metric}") else None


def fixing(design: Design, fix: Fix) -> str:
    """What a fix changes, in a line."""
    return ", ".join(_changed(one) for one in _undone(design, fix))


def _undone(design: Design, fix: Fix) -> Iterator[Change]:
    """What of a fix is still to be done: new findings come a moment after the design is changed."""
    return (one for one in changes(design, fix) if not one.is_done)


def _changed(one: Change) -> str:
    """One value, before and after."""
    return f"{one.what}: {one.old} {'->' if is_plain() else '→'} {one.new}"


def parts(
    design: Design, finding: Finding, reason: Reason | None, *, is_alone: bool = False
) -> Iterator[Part]:
    """What is said of a finding: what it is, how it is mended, why it matters, and where that is from.

    Args:
        design: What the finding is about.
        finding: What is told.
        reason: Of the number behind it; None while it is worked out, and where there is none.
        is_alone: Whether the list with its message is out of sight.
    """
    told = documentation(finding.rule)
    tone = SEVERITIES[finding.severity][1]
    yield Part(f"{_sign(tone)} {finding.severity}", f"{finding.rule}", "head", tone)
    if is_alone:
        yield Part(whose(design, finding), finding.message)
    yield Part("", told.what)
    for one in _undone(design, fix_of(finding, reason) or {}):
        yield Part("Fix", _changed(one), "fix")
    yield Part("Why it matters", told.why)
    yield from _because(reason)
    yield from (Part("Instead of", told.instead, "code"), Part("Use", told.use, "code"))
    if finding.source:
        known = as_of(design, finding)
        yield Part("Source", f"{finding.source}{f' (as of {known})' if known else ''}")


def _because(reason: Reason | None) -> Iterator[Part]:
    """The number behind a finding, and the chain that brought it about."""
    if reason is None:
        return
    formula = f": {reason.formula}" if reason.formula else ""
    yield Part(reason.title, f"{reason.value}{formula}")
    yield from (Part("", step.text, "step") for step in reason.because)
    if reason.change_text:
        yield Part("What would help", reason.change_text)


def as_of(design: Design, finding: Finding) -> str:
    """The day of the quotas on the page that is a finding's source; nothing where there are several."""
    node = design.nodes.get(finding.node or (finding.edge or "").partition(">")[2])
    if node is None:
        return ""
    page = finding.source.partition("#")[0]
    days = {str(fact.as_of) for fact in facts(node.service).quotas.values() if fact.source.startswith(page)}
    return days.pop() if len(days) == 1 else ""


def _sign(tone: Tone) -> str:
    """A severity's sign, in the alphabet of the terminal."""
    return alphabet().mark(tone) if tone else alphabet().note
