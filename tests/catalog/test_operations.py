"""What is done at a target where the edge does not say."""

import pytest

from sandbox.catalog.connections import CONNECTIONS, connections, operations_of
from sandbox.catalog.service import services
from sandbox.design.reading import loads
from sandbox.design.writing import dumps


@pytest.mark.parametrize("way", [way for way in CONNECTIONS if way.operation])
def test_a_way_does_what_its_target_can(way):
    """It is one of the target's operations, and comes first among all of them."""
    known = services()[way.target].settings.operations

    assert way.operation in known
    assert operations_of(way)[0] == way.operation
    assert sorted(operations_of(way)) == sorted(known)


@pytest.mark.parametrize(
    ("source", "target", "operation"),
    [("firehose", "s3", "put"), ("firehose", "opensearch", "index"), ("lambda", "s3", "get")],
)
def test_a_file_need_not_say_what_is_usual(source, target, operation):
    """A delivery stream writes, a function reads; neither is written down."""
    text = f'schema = 1\nnodes.a = {{service = "{source}"}}\nnodes.b = {{service = "{target}"}}\n'
    design = loads(f'{text}edges = [{{from = "a", to = "b"}}]\n')

    assert connections(source, target)[0] == design.edges[0].connection
    assert design.edges[0].operation == operation
    assert "operation" not in dumps(design)
    assert loads(dumps(design)) == design
