"""A state of the open document: a design, and the text it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sandbox.design.keeping import Kept, bring, followed
from sandbox.design.model import Design
from sandbox.design.writing import dumps


@dataclass(frozen=True, eq=False)
class Version:
    """A design, and what a person wrote before it was changed here."""

    design: Design
    source: str | None = None
    """The file as it was read, or what was typed; None for a design that was never written."""
    origin: Design | None = None
    """What the source says: the design itself where nothing was changed since."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Ids in the source by ids now, of the nodes that were renamed since."""

    @cached_property
    def kept(self) -> Kept:
        """The text with what was written kept where that can be: worked out when it is asked for."""
        if self.source is None:
            return Kept(dumps(self.design))
        if self.origin is self.design:
            return Kept(self.source)
        return bring(self.source, self.design, self.origin, self.names)

    @property
    def text(self) -> str:
        """The design as it is saved."""
        return self.kept.text

    def followed(self, design: Design) -> "Version":
        """The version after a change to the design."""
        names = followed(self.names, self.design, design)
        return Version(design, self.source, self.origin, names)

    def settled(self) -> "Version":
        """The same, as if it had been read from its own text."""
        if self.source is None:
            return self
        return Version(self.design, self.text, self.design)

    def says_as(self, other: "Version") -> bool:
        """Whether both would be saved alike; their texts are compared only where that is not plain."""
        if self is other:
            return True
        if self.design is not other.design and self.design != other.design:
            return False
        if self.source is other.source and self.names == other.names:
            return True
        return self.text == other.text
