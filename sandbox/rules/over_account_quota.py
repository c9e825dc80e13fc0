"""The nodes of an account come to more than AWS lets it have.

## Why it matters
Such a quota is counted when something is created, whether it is used or not, so AWS refuses the last of them.

## Instead of
    write_units = 50000          # provisioned for each of two tables, in an account of 80,000
## Use
    dynamodb_account_write_units = 100000    # in [account], after AWS has raised it; or fewer units
"""

from collections.abc import Iterator
from math import ceil

from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.service import services
from sandbox.design.model import Design
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.limit_near import ROOM
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Add up what the nodes of each account count for, and what their tasks and instances compute with."""
    yield from _of_nodes(evaluation)
    yield from _of_vcpus(evaluation)


def _of_nodes(evaluation: Evaluation) -> Iterator[Finding]:
    design = evaluation.design
    for (account, service, key), total in _counted(design).items():
        owner = design.accounts[account] if account else design.account
        most = resolve(service, design.region, owner.quotas)[key]
        if total > most:
            quota = facts(service).quotas[key]
            where = f"accounts.{account}" if account else "account"
            yield RULE.finding(
                f"{f'account {account}: ' if account else ''}{quota.name} come to {number(total)}; "
                f"AWS allows {number(most)} {quota.scope}",
                fix={f"{where}.{quota.setting}": int(total)} if quota.setting else None,
                source=quota.source,
            )


def _of_vcpus(evaluation: Evaluation) -> Iterator[Finding]:
    """Tasks and instances beyond the account's vCPU are not started; each quota is told of once."""
    told: set[str] = set()
    for key, node in evaluation.nodes.items():
        for use in node.limits:
            by_account = use.raised_by.startswith("account")
            if use.unit == "vCPU" and by_account and use.demand > use.capacity and use.key not in told:
                told.add(use.key)
                yield RULE.finding(
                    f"{use.name}: {number(use.demand)} vCPU wanted; AWS starts no more than "
                    f"{number(use.capacity)} {use.scope}",
                    node=key,
                    fix={use.raised_by: ceil(use.demand * ROOM)},
                    source=use.source,
                )


def _counted(design: Design) -> dict[tuple[str, str, str], float]:
    """What all nodes come to, by account, service and quota."""
    found: dict[tuple[str, str, str], float] = {}
    for node in design.nodes.values():
        for key, count in services()[node.service].counts.items():
            place = (node.account, node.service, key)
            found[place] = found.get(place, 0.0) + count(node.settings)
    return found


RULE = Rule(
    "over-account-quota",
    "error",
    check,
    "https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html",
)
