"""What a caller need not wait for: work that only writes, and tells nobody anything that was read."""

from sandbox.catalog.service import Link
from sandbox.evaluation import Evaluation
from sandbox.rules.doors import called

READS = frozenset({"read", "query", "scan", "get", "list", "select", "transact-read", "search"})
"""Operations that bring something back; what a store does where nothing is said is its first one."""
_STORES = "store"
_CACHES = frozenset({"elasticache"})
_HANDS_ON = frozenset({"sqs", "sns", "kinesis", "eventbridge", "firehose"})
_OTHERS = "external"


def operation(evaluation: Evaluation, link: Link) -> str:
    """What an edge does at its store."""
    target = evaluation.design.nodes[link.peer].kind.settings
    edge = evaluation.design.edges[link.index]
    said = link.operation or edge.connection.operation or next(iter(target.operations), "")
    return target.synonyms.get(said, said)


def reads(evaluation: Evaluation, link: Link) -> bool:
    """Whether an edge asks a store for something."""
    return operation(evaluation, link) in READS


def writes(evaluation: Evaluation, link: Link) -> bool:
    """Whether an edge changes something in a store."""
    is_store = evaluation.design.nodes[link.peer].kind.family == _STORES
    return is_store and bool(operation(evaluation, link)) and not reads(evaluation, link)


def written_by(evaluation: Evaluation, source: str, node: str) -> str | None:
    """Who asks for a limited node and might do so later: it, or what writes to it.

    Args:
        evaluation: The evaluated design.
        source: The node that the requests come from.
        node: The node whose limit binds.

    Returns:
        A node that computes, writes to a store and reads nothing that its caller may be waiting for; None
        where there is none or several.
    """
    waited_for = called(evaluation, source)
    compute = evaluation.design.nodes[node].kind.family == "compute"
    asking = [node] if compute else [
        edge.source for edge in evaluation.design.inflows(node) if edge.source in waited_for
    ]  # fmt: skip
    asking = list(dict.fromkeys(asking))
    return asking[0] if len(asking) == 1 and _may_wait(evaluation, asking[0]) else None


def _may_wait(evaluation: Evaluation, key: str) -> bool:
    """Whether a node computes, writes, and asks for nothing."""
    nodes = evaluation.design.nodes
    if nodes[key].kind.family != "compute":
        return False
    links = [link for link in evaluation.lowered.links[key][1] if link.kind == "sync"]
    known = (
        writes(evaluation, link) or link.peer_service in _HANDS_ON or link.peer_service == _OTHERS
        for link in links
    )
    return all(known) and any(writes(evaluation, link) for link in links)


def only_read(evaluation: Evaluation, door: str) -> list[str]:
    """Nodes behind a door, where all that is done there is to read from stores, and the same for everybody.

    Returns:
        Nothing where something is written, handed on, asked of others, decided for each caller or cached
        already.
    """
    nodes, found = evaluation.design.nodes, [door]
    has_store = False
    for key in found:
        for link in evaluation.lowered.links[key][1]:
            family = nodes[link.peer].kind.family
            if link.kind != "sync" or link.role or link.peer_service in _CACHES:
                return []
            if family == _STORES and not reads(evaluation, link):
                return []
            if family not in {_STORES, "compute", "front"}:
                return []
            has_store |= family == _STORES
            if link.peer not in found:
                found.append(link.peer)
    return found[1:] if has_store else []
