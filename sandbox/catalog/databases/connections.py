"""How many connections an instance allows: by AWS's formulas of its memory, or its tables."""

import numpy as np

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.classes import BOOK, size_of
from sandbox.catalog.databases.rds import Rds
from sandbox.catalog.databases.settings import Database
from sandbox.catalog.facts import facts

GIB = 2.0**30
LOW_FLOOR_ACU = 0.5
"""Up to this least capacity PostgreSQL allows only so many connections."""


def of_memory(engine: str, gib: float) -> float:
    """Connections that RDS, and Aurora PostgreSQL, allow by default.

    Args:
        engine: `postgres` or `mysql`.
        gib: Memory of the instance [GiB].

    Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html. AWS divides what the
    instance leaves to the engine, which is a little less than the whole memory taken here.

    4 GiB ÷ 9,531,392 bytes, at most 5,000, and 4 GiB ÷ 12,582,880 bytes:

    >>> of_memory("postgres", 4), of_memory("postgres", 64), of_memory("mysql", 4)
    (450.0, 5000.0, 341.0)
    """
    known = facts(BOOK).quotas
    each, most = known[f"{engine}_bytes_per_connection"].value, known[f"{engine}_most_connections"].value
    return float(min(gib * GIB // each, most))


def of_class(engine: str, instance_class: str) -> float:
    """Connections that a provisioned instance of an Aurora cluster allows by default.

    Aurora MySQL has a table by size; PostgreSQL goes by the memory as RDS does.

    >>> of_class("mysql", "db.r7g.xlarge"), of_class("postgres", "db.t4g.medium")
    (2000.0, 450.0)
    """
    if engine == "postgres":
        return of_memory(engine, size_of(instance_class).gib)
    family, size = instance_class.split(".")[1:]
    return facts(BOOK).quotas[f"aurora_mysql_{family[0]}_{size}_connections"].value


def of_capacity(engine: str, least_acu: float, most_acu: float) -> float:
    """Connections that a serverless instance allows by default: it goes by its LARGEST capacity.

    Args:
        engine: `postgres` or `mysql`.
        least_acu: Least capacity [ACU].
        most_acu: Largest capacity [ACU]; between two rows of AWS's table, in proportion.

    >>> of_capacity("postgres", 1, 8), of_capacity("mysql", 1, 16), of_capacity("postgres", 0.5, 32)
    (1669.0, 2000.0, 2000.0)
    """
    known = facts(BOOK).quotas
    prefix, ending = f"serverless_{engine}_", "_connections"
    rows = sorted(
        (float(acu), fact.value)
        for key, fact in known.items()
        if key.startswith(prefix) and (acu := key.removeprefix(prefix).removesuffix(ending)).isdigit()
    )
    acus, allowed = zip(*rows, strict=True)
    found = float(np.floor(np.interp(most_acu, acus, allowed)))
    if engine == "postgres" and least_acu <= LOW_FLOOR_ACU:
        found = min(found, known["serverless_postgres_low_floor_connections"].value)
    return found


def allowed(database: Database) -> float:
    """Connections that each instance of a database allows: as it says, or by its capacity.

    >>> allowed(Aurora(max_connections=1000)), allowed(Rds(instance_class="db.t4g.medium"))
    (1000.0, 450.0)
    """
    if database.max_connections is not None:
        return float(database.max_connections)
    match database:
        case Aurora(mode="serverless"):
            return of_capacity(database.engine, database.min_acu, database.max_acu)
        case Aurora():
            return of_class(database.engine, database.instance_class)
        case Rds():
            return of_memory(database.engine, size_of(database.instance_class).gib)
        case _:
            raise TypeError(type(database).__name__)
