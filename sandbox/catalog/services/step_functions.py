"""AWS Step Functions: runs a workflow for every start, and calls what its tasks need.

Starts and transitions have token buckets for the whole account: a start over its bucket is refused,
a transition over its own is delayed. Who starts a standard workflow, or an express one with
`mode = "async"`, goes on at once; any other caller of an express one waits for its result.
A run that fails for good is compensated by what its `on-failure` edges lead to, one item for each;
who waits for a run gets its failure instead.
"""

from math import inf
from typing import cast

from sandbox.catalog.flows.buffers import buffer, pace, patient
from sandbox.catalog.limits import limit
from sandbox.catalog.service import Link, Parts, Service, Settings, Site
from sandbox.catalog.workflows.bill import BEFORE, bill
from sandbox.catalog.workflows.settings import StepFunctions
from sandbox.engine.network import Demand, Quota, Slots, Station

_DOCS = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
_MORE_STEPS = "account.step_functions_transitions_per_s"
_START = {"standard": "start", "express": "express_start"}


def lower(site: Site) -> Parts:
    """Starts, the buffer before what they start, its runs, and runs that somebody waits for."""
    workflow = cast("StepFunctions", site.settings)
    door, started = (f"{site.id}>{end}" for end in BEFORE)
    run, answer = f"{site.id}>run", f"{site.id}>answer"
    waited = [link.index for link in site.inflows if _waits(workflow, link)]
    starts = _bucket(site, _START[workflow.type])
    steps = _bucket(site, "transitions") if workflow.type == "standard" else None
    held = buffer(started, (door,), run, patient(_runs_per_s(steps, workflow), attempts=1.0))
    is_started = len(waited) < len(site.inflows) or not waited
    running = (*((run,) if is_started else ()), *((answer,) if waited else ()))
    pool = Slots(f"{site.account}step-functions.open_executions", site.quotas["open_executions"])
    pools = (pool,) if workflow.type == "standard" else ()
    quotas = (*((starts,) if is_started else ()), *((steps,) if steps else ()))
    doors = (Station(door, demands=(Demand(starts.id),)), held.station) if is_started else ()
    demands = (Demand(steps.id, workflow.transitions),) if steps else ()
    return Parts(
        stations=(*doors, *(_run(name, workflow, demands, pools) for name in running)),
        entries=dict.fromkeys(waited, answer),
        callers=running,
        arcs=held.arcs if is_started else (),
        behind=frozenset((run,)),
        works=running,
        buffers={started: pace("pace of runs", _DOCS, _MORE_STEPS)} if is_started else {},
        gives_up={"on-failure": (started,) if is_started else ()},
        quotas=quotas,
        slots=pools,
        limits={
            **{quota.id: limit("step-functions", quota.id.rsplit(".", 1)[1]) for quota in quotas},
            **{each.id: limit("step-functions", "open_executions") for each in pools},
        },
    )


def _runs_per_s(steps: Quota | None, workflow: StepFunctions) -> float:
    """Runs whose transitions the bucket lets through [1/s]."""
    return steps.capacity / workflow.transitions if steps else inf


def _waits(workflow: StepFunctions, link: Link) -> bool:
    """Whether a caller waits for the result: of an express workflow, or as a workflow for another."""
    is_async = getattr(link.settings, "mode", None) == "async"
    nested = link.peer_service == "step-functions"
    return link.kind == "sync" and not is_async and (workflow.type == "express" or nested)


def _bucket(site: Site, name: str) -> Quota:
    """A token bucket of the account."""
    rate = site.quotas[f"{name}_per_s"]
    return Quota(f"{site.account}step-functions.{name}_per_s", rate, burst=site.quotas[f"{name}_bucket"])


def _run(
    name: str, workflow: StepFunctions, demands: tuple[Demand, ...], pools: tuple[Slots, ...]
) -> Station:
    """A run: its own waits, and what its tasks take."""
    return Station(
        name,
        fixed=workflow.duration_ms / 1000,
        timeout=workflow.longest_s,
        error=workflow.error_ratio,
        demands=demands,
        slots=tuple(pool.id for pool in pools),
    )


def patience(_settings: Settings, link: Link) -> float:
    """Longest that one try of a task may take [s]."""
    return float(getattr(link.settings, "timeout_s", None) or inf)


def at_once(_settings: Settings, link: Link) -> float:
    """Calls of a Map state that are under way at the same time; any other task calls once at a time."""
    return float(getattr(link.settings, "map_concurrency", None) or 1)


SERVICE = Service(
    id="step-functions",
    title="Workflow",
    family="flow",
    badge="workflow",
    icon="⋔",
    settings=StepFunctions,
    lower=lower,
    bill=bill,
    at_once=at_once,
    patience=patience,
    summary="Runs the steps of a workflow, with retries, branches and waits.",
    also_called=("workflow", "state", "machine", "saga", "orchestration", "sfn", "express", "map"),
)
