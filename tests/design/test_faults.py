"""Faults: what goes wrong in a timeline, as a part of the design."""

import pytest

from sandbox.design.edits import remove_node, rename_node
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import DesignError

TEXT = """schema = 1
name = "Shop"
region = "us-east-1"

[nodes.shoppers]
service = "traffic"

[nodes.place]
service = "lambda"

[nodes.orders]
service = "dynamodb"

[[edges]]
from = "shoppers"
to = "place"

[[edges]]
from = "place"
to = "orders"

[variants.Outage]
"faults.0.fail" = 1
"faults.1.fail" = 1

[[faults]]
node = "place"
from_s = 60
to_s = 120
slower = 5

[[faults]]
node = "orders"
from_s = 300
capacity = 0.5
"""


def test_faults_are_written_as_they_were_read():
    """Only what differs from a day without trouble is written."""
    assert dumps(loads(TEXT)) == TEXT


def test_a_value_of_a_fault_is_reached_by_its_place():
    """Paths count faults from 0."""
    changed = loads(TEXT).with_value("faults.1.capacity", 0.25)

    assert [fault.capacity for fault in changed.faults] == [1, 0.25]
    with pytest.raises(DesignError, match="there are 2 faults, counted from 0"):
        changed.with_value("faults.2.capacity", 1)


def test_faults_follow_their_node():
    """Renamed with it, gone with it, and variants speak of those that are left."""
    renamed = rename_node(loads(TEXT), "orders", "order-table")
    removed = remove_node(renamed, "place")

    assert [fault.node for fault in renamed.faults] == ["place", "order-table"]
    assert [fault.node for fault in removed.faults] == ["order-table"]
    assert dict(removed.variants["Outage"]) == {"faults.0.fail": 1}
