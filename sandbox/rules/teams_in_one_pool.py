"""Functions of different teams live on one account's concurrency, and one team can take the other's.

## Why it matters
The pool knows no teams: when one team's load grows or its functions become slower, the other team's
functions are throttled, and neither sees why in its own numbers. An account for each team keeps quotas,
bills and mistakes apart; reservations do so for the concurrency alone.

## Instead of
    nodes.report = {service = "lambda", team = "finance"}    # beside the shop's functions
## Use
    nodes.report = {service = "lambda", team = "finance", account = "finance"}
"""

from collections.abc import Iterator

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.pools import Pool, can_reserve, has_ceiling, pools, reservation
from sandbox.rules.rule import Rule
from sandbox.rules.takes_the_whole_pool import filler
from sandbox.units import number, percent, times

NEAR = 10.0
"""Multiple of a team's present load at which a pool that it fills is told of."""
Teams = dict[str, dict[str, float]]


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Look at every pool that teams share; not where one function fills it, which a rule of its own says."""
    for pool in pools(evaluation):
        teams = _teams(evaluation, pool)
        if len(teams) < 2 or pool.use.demand >= pool.use.capacity or filler(evaluation, pool):
            continue
        first = _nearest(evaluation, pool, teams)
        most = pool.most(_growing(evaluation, teams[first]))
        if most > NEAR:
            continue
        key = max(teams[first], key=lambda name: teams[first][name])
        taken = {team: sum(mine.values()) for team, mine in teams.items()}
        others = " and ".join(f"{team} ({number(taken[team])})" for team in taken if team != first)
        share = percent(taken[first] / pool.use.capacity)
        yield RULE.finding(
            f"team {first} takes {number(taken[first])} of the {number(pool.use.capacity)} {pool.use.unit} "
            f"that it shares with {others}, {share}; at {times(most)} of its load the others are refused; "
            "an account each keeps them apart",
            node=key,
            fix=_fix(evaluation, pool, teams),
        )


def _teams(evaluation: Evaluation, pool: Pool) -> Teams:
    """Concurrency of each function that is called, by the team that is said to run it."""
    found: Teams = {}
    for key, busy in pool.sharing.items():
        team = evaluation.design.nodes[key].team
        if team and busy > 0:
            found.setdefault(team, {})[key] = busy
    return found


def _growing(evaluation: Evaluation, mine: dict[str, float]) -> float:
    """Concurrency of those of a team's functions that nothing holds back."""
    return sum(busy for key, busy in mine.items() if not has_ceiling(evaluation, key))


def _nearest(evaluation: Evaluation, pool: Pool, teams: Teams) -> str:
    """The team whose load fills the pool first."""
    return min(teams, key=lambda team: pool.most(_growing(evaluation, teams[team])))


def _fix(evaluation: Evaluation, pool: Pool, teams: Teams) -> dict[str, object] | None:
    """Reservations for all teams but the smallest, which keeps what is left, if that is enough."""
    kept = min(teams, key=lambda team: sum(teams[team].values()))
    wanted = {
        key: reservation(evaluation, key) for team, mine in teams.items() if team != kept for key in mine
    }
    account = evaluation.design.nodes[next(iter(wanted))].account
    if not pool.leaves_room(wanted) or not can_reserve(evaluation, account, sum(wanted.values())):
        return None
    return {f"nodes.{key}.reserved_concurrency": most for key, most in wanted.items()}


RULE = Rule(
    "teams-in-one-pool",
    "warning",
    check,
    "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/benefits-of-using-multiple-aws-accounts.html",
)
