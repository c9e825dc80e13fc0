"""The functions of an account reserve more concurrency than the account lets them.

## Why it matters
A hundred of the account's concurrent executions cannot be reserved, so AWS refuses the last
reservation. Provisioned concurrency without a reservation counts too.

## Instead of
    reserved_concurrency = 600   # on two functions, in an account of 1,000
## Use
    lambda_concurrency = 1300    # in [account], after AWS has raised it; or smaller reservations
"""

from collections.abc import Iterator

from sandbox.catalog.facts import facts, resolve
from sandbox.catalog.functions.settings import Lambda
from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.pools import set_aside
from sandbox.rules.rule import Rule
from sandbox.units import number


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Add up what the functions of each account set aside."""
    design = evaluation.design
    reserved: dict[str, int] = {}
    for node in design.nodes.values():
        if isinstance(node.settings, Lambda):
            reserved[node.account] = reserved.get(node.account, 0) + set_aside(node.settings)
    for name, total in reserved.items():
        account = design.accounts[name] if name else design.account
        quotas = resolve("lambda", design.region, account.in_force)
        limit, kept = quotas["account_concurrency"], quotas["unreserved_minimum"]
        if total > max(limit - kept, 0):
            where = f"account {name}: " if name else ""
            most = number(max(limit - kept, 0))
            yield RULE.finding(
                f"{where}the functions set aside {number(total)} concurrent executions; AWS allows {most}, "
                f"the account's {number(limit)} less {number(kept)}",
                fix={f"{f'accounts.{name}' if name else 'account'}.{_SETTING}": int(total + kept)},
            )


_SETTING = facts("lambda").quotas["account_concurrency"].setting

RULE = Rule(
    "reservations-over-limit",
    "error",
    check,
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html",
)
