"""Bounds, choices and quotas of stores are those of AWS's own models and pages."""

from typing import get_args

import pytest
from botocore.loaders import Loader
from test_bounds_botocore import bounds, model, words

from sandbox.catalog.buckets.settings import S3
from sandbox.catalog.caches.settings import ElastiCache
from sandbox.catalog.facts import facts
from sandbox.catalog.searching.settings import OpenSearch
from sandbox.catalog.tables.settings import DynamoDb


def choices(settings, field):
    """What a field may be chosen from."""
    return set(get_args(settings.model_fields[field].annotation))


def test_nodes_of_a_domain_are_of_aws_own_types():
    """Every type is one that OpenSearch runs on."""
    assert choices(OpenSearch, "instance_type") <= set(
        model("opensearch")["shapes"]["OpenSearchPartitionInstanceType"]["enum"]
    )


def test_nodes_of_a_cache_are_of_aws_own_types():
    """Every type stands in the documentation of clusters."""
    member = model("elasticache")["shapes"]["CreateCacheClusterMessage"]["members"]["CacheNodeType"]
    told = words(member["documentation"])

    assert [kind for kind in choices(ElastiCache, "node_type") if kind not in told] == []


def test_objects_move_where_aws_moves_them():
    """The classes that a lifecycle rule leads to are all there are."""
    names = {
        "intelligent-tiering": "INTELLIGENT_TIERING",
        "standard-ia": "STANDARD_IA",
        "onezone-ia": "ONEZONE_IA",
        "glacier-instant": "GLACIER_IR",
        "glacier-flexible": "GLACIER",
        "deep-archive": "DEEP_ARCHIVE",
    }
    theirs = set(model("s3")["shapes"]["TransitionStorageClass"]["enum"])

    assert {names[choice] for choice in choices(S3, "lifecycle_class") - {"none"}} == theirs


@pytest.mark.parametrize(
    "field",
    ["read_units", "write_units", "index_write_units", "min_read_units", "min_write_units"],
)
def test_capacity_begins_at_one(field):
    """A table has one unit of each kind at the least."""
    assert bounds(DynamoDb, field)[0] == model("dynamodb")["shapes"]["PositiveLongObject"]["min"]


def test_qldb_is_gone_from_the_sdk():
    """AWS's own models have neither the service nor its sessions any more."""
    assert not {"qldb", "qldb-session"} & set(Loader().list_available_services("service-2"))


@pytest.mark.parametrize(
    ("service", "quotas"),
    [
        ("dynamodb", {"partition_read_units": 3000, "partition_write_units": 1000, "burst_s": 300}),
        ("dynamodb", {"on_demand_initial_read_units": 12_000, "on_demand_initial_write_units": 4000}),
        ("dynamodb", {"table_read_units": 40_000, "table_write_units": 40_000, "item_kb": 400}),
        ("dynamodb", {"account_read_units": 80_000, "account_write_units": 80_000, "page_kb": 1024}),
        ("dynamodb", {"auto_scaling_out_s": 120, "auto_scaling_in_s": 900, "stream_readers": 2}),
        ("s3", {"prefix_writes_per_s": 3500, "prefix_reads_per_s": 5500, "least_object_kb": 128}),
        ("kinesis", {"shard_write_records": 1000, "shard_write_kb": 1024, "shard_read_kb": 2048}),
        ("kinesis", {"shard_reads_per_s": 5, "fan_out_consumers": 20, "advantage_fan_out_consumers": 50}),
        ("kinesis", {"shards": 20_000, "on_demand_streams": 50, "on_demand_shards": 4}),
        ("elasticache", {"connections": 65_000, "slot_ecpu_per_s": 30_000, "nodes": 300}),
        ("opensearch", {"ocu_gb": 120, "ocu": 3400}),
        ("qldb", {"sessions": 3000, "document_kb": 128}),
    ],
)
def test_quotas_are_what_the_pages_of_limits_say(service, quotas):
    """AWS's defaults in us-east-1, as read in 2026. Sources stand beside the numbers."""
    assert {key: facts(service).quotas[key].value for key in quotas} == quotas


@pytest.mark.parametrize(
    ("service", "hard"),
    [
        ("dynamodb", {"partition_read_units", "partition_write_units", "item_kb"}),
        ("elasticache", {"connections", "slot_ecpu_per_s"}),
        ("kinesis", {"shard_write_records", "shard_write_kb", "fan_out_consumers"}),
        ("s3", {"prefix_reads_per_s", "prefix_writes_per_s"}),
    ],
)
def test_what_aws_does_not_raise_has_no_key(service, hard):
    """What one partition, shard, slot or prefix takes is what it is."""
    rows = [facts(service).quotas[key] for key in hard]

    assert not any(row.adjustable or row.setting for row in rows)
