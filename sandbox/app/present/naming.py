"""Other names for nodes and designs: the id follows the name, until a person says otherwise."""

import re
import unicodedata

from sandbox.design.edits import free_id, rename_node
from sandbox.design.model import Design
from sandbox.design.parts import LONGEST_ID

_APART = re.compile(r"[^\w]+")


def id_of(name: str) -> str:
    """An id that reads like a name: small letters, digits and hyphens.

    >>> id_of("Place order!"), id_of("Zürich  (Büro)"), id_of("→")
    ('place-order', 'zürich-büro', '')
    """
    word = unicodedata.normalize("NFC", name).casefold()
    return _APART.sub("-", word).strip("-_")[:LONGEST_ID].rstrip("-_")


def following_id(design: Design, key: str, name: str) -> str:
    r"""The id that a node gets with a name, free if that one is taken; its own where the name is none.

    >>> from sandbox.design.reading import loads
    >>> shop = loads('schema=1\n[nodes.a]\nservice="sqs"\n[nodes.b]\nservice="sqs"\n', "shop")
    >>> following_id(shop, "a", "Orders"), following_id(shop, "a", "B"), following_id(shop, "a", "a")
    ('orders', 'b-2', 'a')
    """
    wanted = id_of(name)
    return key if wanted in ("", key) else free_id(design, wanted)


def renamed(design: Design, key: str, name: str, new: str) -> Design:
    """A design in which a node has another name and another id.

    Args:
        design: What the user drew.
        key: The node's id so far.
        name: Its name for people; nothing, or the id itself, for none beside the id.
        new: Its id from now on.

    Raises:
        DesignError: The id is taken, or no id at all; or the name is too long.
    """
    after = rename_node(design, key, new)
    label = name.strip()
    return after.with_value(f"nodes.{new}.label", None if label in ("", new) else label)


def retitled(design: Design, name: str, description: str) -> Design:
    """A design that is called otherwise and says something else of itself.

    Raises:
        DesignError: The name is too long.
    """
    return design.with_values({"name": name.strip() or None, "description": description.strip() or None})
