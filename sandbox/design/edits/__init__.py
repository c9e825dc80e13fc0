"""What a person does to a drawing: each edit takes a design and returns a new one.

Variants, goals and faults follow: what is renamed is renamed in them, and what speaks of something
that is gone goes with it. Settings follow too, where AWS advises it (`added`, `joined`, `changed`).
"""

from sandbox.design.edits.clipboard import copied, pasted
from sandbox.design.edits.edges import add_edge, reconnect_edge, remove_edge
from sandbox.design.edits.growing import added, joined
from sandbox.design.edits.nodes import add_node, free_id, new_node_id, remove_node, rename_node
from sandbox.design.edits.placing import arranged, move_node, placed
from sandbox.design.edits.selection import duplicated, remove_parts
from sandbox.design.edits.settling import changed
from sandbox.design.edits.splitting import insertable
from sandbox.design.edits.ways import Follower, Way, followers, hindrance, leaders, ways

__all__ = [
    "Follower",
    "Way",
    "add_edge",
    "add_node",
    "added",
    "arranged",
    "changed",
    "copied",
    "duplicated",
    "followers",
    "free_id",
    "hindrance",
    "insertable",
    "joined",
    "leaders",
    "move_node",
    "new_node_id",
    "pasted",
    "placed",
    "reconnect_edge",
    "remove_edge",
    "remove_node",
    "remove_parts",
    "rename_node",
    "ways",
]
