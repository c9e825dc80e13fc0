"""Laying a variant over the design: one takes the place of another, and what else was changed stays."""

from sandbox.app.drawing import DrawingScreen
from sandbox.app.present import variants
from sandbox.errors import SandboxError


class VaryingScreen(DrawingScreen):
    """Each variant is one step, which undo takes back; numbers are compared with those before."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer variants only where there are some."""
        if action == "variants" and not self.document.design.variants:
            return False
        return super().check_action(action, parameters)

    async def action_variants(self) -> None:
        """Let the person choose a variant."""
        from sandbox.app.dialogs.variants import VariantsDialog  # noqa: PLC0415  # only when asked for

        document = self.document
        try:
            drawn = variants.as_drawn(document.done, document.design)
            offered = variants.choices(drawn)
        except SandboxError as error:
            self.show_error("No variant can be laid over this", error)
            return
        heading = f"Variants of {drawn.name}"
        now = variants.laid(document.done)
        await self.app.push_screen(VariantsDialog(heading, offered, now, self.lay_over))

    def lay_over(self, variant: str) -> None:
        """Lay a variant over the design as drawn; none where it is empty."""
        document = self.document
        try:
            drawn = variants.as_drawn(document.done, document.design)
            design = drawn.with_variant(variant) if variant else drawn
        except SandboxError as error:
            self.show_error("The variant was not laid over", error)
            return
        if design != document.design:
            self.draw(variants.step(variant), design, self.spot)
        words = variants.step(variant)
        self.told(f"{words[:1].upper()}{words[1:]}")
