"""The quotas that an account can say: their names at AWS, and what a new account has of them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from sandbox.catalog.facts import QuotaFact, facts
from sandbox.catalog.service import services


@dataclass(frozen=True)
class AwsQuota:
    """One quota as AWS's Service Quotas names it."""

    service: str
    """AWS's code of the service."""
    code: str
    """AWS's code of the quota; nothing where it is only known by name."""
    name: str
    source: str
    as_of: date | str
    per: float = 1.0
    """How many of ours make one of AWS's units."""
    new: float | None = None
    """What a new account has; the default where left out."""


@cache
def aws_quotas() -> Mapping[str, AwsQuota]:
    """Every quota whose name at AWS is known, by its key in `[account]`."""
    file = resources.files("sandbox.catalog") / "service_quotas.toml"
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return MappingProxyType({key: AwsQuota(**{"code": "", **row}) for key, row in rows.items()})


@cache
def account_quotas() -> Mapping[str, QuotaFact]:
    """The quotas an account can say, by their key in `[account]`."""
    found: dict[str, QuotaFact] = {}
    for service in services():
        for fact in facts(service).quotas.values():
            if fact.setting:
                found.setdefault(fact.setting, fact)
    return MappingProxyType(dict(sorted(found.items())))


@cache
def new_account() -> Mapping[str, float]:
    """What a new account has less of than AWS's defaults, by the key in `[account]`.

    >>> new_account()["lambda_concurrency"]
    10
    """
    known = {key: row.new for key, row in aws_quotas().items() if row.new is not None}
    return MappingProxyType({key: value for key, value in known.items() if key in account_quotas()})


def default_quota(key: str) -> float | None:
    """AWS's default for a quota of an account; None where it differs by region or by what it limits."""
    alike = [fact for service in services() for fact in facts(service).quotas.values() if fact.setting == key]
    values = {fact.value for fact in alike}
    return values.pop() if len(values) == 1 and not any(fact.regions for fact in alike) else None


@cache
def fixed_quotas() -> Mapping[str, QuotaFact]:
    """Quotas that AWS does not raise, by the names that somebody might call them in `[account]`.

    >>> fixed_quotas()["sqs_message_kb"].adjustable
    False
    """
    found: dict[str, QuotaFact] = {}
    for service in services():
        for key, fact in facts(service).quotas.items():
            if not fact.setting and not fact.adjustable:
                short = service.replace("-", "_")
                found.setdefault(key if key.startswith(short) else f"{short}_{key}", fact)
    return MappingProxyType(found)
