"""A real account's quotas, read from what `aws service-quotas list-service-quotas` prints."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from sandbox.catalog.account_quotas import AwsQuota, aws_quotas, default_quota
from sandbox.errors import StorageError

_SHAPE = 'the JSON that `aws service-quotas list-service-quotas` prints: {"Quotas": [{"ServiceCode": …}, …]}'


@dataclass(frozen=True)
class ImportedQuotas:
    """What was found of a real account."""

    quotas: Mapping[str, float]
    """Quotas that the sandbox knows, by their key in `[account]`, defaults included."""
    unknown: int
    """Quotas that limit nothing that the sandbox models."""

    @property
    def differing(self) -> Mapping[str, float]:
        """Those that differ from AWS's defaults."""
        return {key: value for key, value in self.quotas.items() if value != default_quota(key)}


def read_quotas(texts: Iterable[tuple[str, str]]) -> ImportedQuotas:
    """Read the quotas of an account.

    Args:
        texts: Name and content of each file, of one service or of several.

    Raises:
        StorageError: A file is something else; says where and what is expected.

    >>> text = '{"Quotas": [{"ServiceCode": "lambda", "QuotaCode": "L-B99A9384", "Value": 3000.0}]}'
    >>> read_quotas([("account.json", text)]).quotas
    {'lambda_concurrency': 3000.0}
    """
    quotas: dict[str, float] = {}
    unknown = 0
    for name, text in texts:
        for place, row in enumerate(_rows(name, text)):
            found = _setting(row)
            if found is None:
                unknown += 1
                continue
            key, known = found
            quotas[key] = _value(row, name, place) * known.per
    return ImportedQuotas(dict(sorted(quotas.items())), unknown)


def _rows(name: str, text: str) -> list[Mapping[str, Any]]:
    """The quotas of a file; a list of them alone is read too, and one quota of `get-service-quota`."""
    try:
        content = json.loads(text)
    except ValueError as error:
        msg = f"{name} is not JSON ({error}); expected is {_SHAPE}"
        raise StorageError(msg) from None
    if isinstance(content, Mapping):
        content = content.get("Quotas", [content["Quota"]] if "Quota" in content else None)
    if not isinstance(content, list) or not all(isinstance(row, Mapping) for row in content):
        msg = f"{name} has no quotas; expected is {_SHAPE}"
        raise StorageError(msg)
    return content


def _setting(row: Mapping[str, Any]) -> tuple[str, AwsQuota] | None:
    """Which of ours a quota is: by AWS's code, else by its name."""
    for key, known in aws_quotas().items():
        if known.service != row.get("ServiceCode"):
            continue
        if known.code and known.code == row.get("QuotaCode"):
            return key, known
        if _plain(known.name) == _plain(str(row.get("QuotaName", ""))):
            return key, known
    return None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _value(row: Mapping[str, Any], name: str, place: int) -> float:
    value = row.get("Value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not (isfinite(value) and value >= 0):
        code = row.get("QuotaCode", row.get("QuotaName", ""))
        msg = f"{name}: quota {place + 1} ({code}) has the Value {value!r}; a number of 0 or more is expected"
        raise StorageError(msg)
    return float(value)
