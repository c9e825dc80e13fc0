"""A design in a few lines, drawn without being computed."""

import pytest
from hypothesis import given, settings

from sandbox.app.dialogs.presets import lessons
from sandbox.app.dialogs.preview import counted, outline, summary
from sandbox.design.model import Design
from tests.design.drawing import designs
from widgets.canvas.fitting import fit
from widgets.canvas.text import draw


@given(designs())
@settings(max_examples=40, deadline=None)
def test_every_design_can_be_drawn(design):
    """Whatever the design, its picture has all nodes and connections, and it has a size."""
    graph = outline(design)

    assert [node.id for node in graph.nodes] == list(design.nodes)
    assert [(edge.source, edge.target) for edge in graph.edges] == [
        (e.source, e.target) for e in design.edges
    ]
    draw(graph, fit(graph, 70, 7)[0])
    assert counted(design).endswith(design.region)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.preset.name)
def test_every_preset_has_a_lesson(lesson):
    """A preset has a title, a lesson and a picture, and is found by its services."""
    assert summary(lesson.design)
    assert lesson.preset.title.lower() in lesson.words
    assert all(node.service in lesson.words for node in lesson.design.nodes.values())


@pytest.mark.parametrize(
    ("description", "line"),
    [("", ""), ("\n\n  Plain.", "Plain."), ("## Head\n\ntext", "Head"), ("* point", "point"), ("***", "")],
)
def test_summary_is_the_first_line_with_words(description, line):
    """The first line that says something, without Markdown's signs."""
    assert summary(Design(description=description)) == line
