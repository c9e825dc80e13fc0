"""An SNS topic: how fast the account may publish, and what a topic bills."""

import pytest
from bill_cases import load
from link_cases import check, link, lowered, most
from pydantic import ValidationError

from sandbox.catalog.services.sns import Sns


@pytest.mark.parametrize("case", load("sns"), ids=lambda case: case["id"])
def test_a_month_is_charged_as_aws_counts(case):
    """Publishes and deliveries are counted as AWS bills them."""
    check(case)


@pytest.mark.parametrize(
    ("settings", "region", "per_s"),
    [
        ({}, "us-east-1", 30_000),
        ({}, "eu-west-1", 9_000),
        ({}, "ap-northeast-1", 1_500),
        ({}, "eu-north-1", 300),
        ({"fifo": True}, "us-east-1", 3_000),
        ({"fifo": True}, "eu-north-1", 3_000),
    ],
)
def test_publishing_is_limited(settings, region, per_s):
    """30,000 a second are 30,000 publishes; a FIFO topic takes 3,000 (general/latest/gr/sns.html)."""
    parts = lowered("sns", settings, (link(),), region=region)

    assert most(parts, 0) == per_s
    assert set(parts.limits) == {quota.id for quota in parts.quotas}


def test_a_fifo_topic_takes_20_mb_a_second():
    """Messages of 40 KB come to 20 MB/s at 512 a second, before 3,000."""
    assert most(lowered("sns", {"fifo": True}, (link(item_kb=40),)), 0) == 512


def test_the_account_has_one_quota_for_all_its_topics():
    """A quota that the account shares is named without the topic, and can be raised."""
    parts = lowered("sns", {}, (link(),), sns_publish_per_s=50_000)

    assert [quota.id for quota in parts.quotas] == ["sns.publish_per_s"]
    assert most(parts, 0) == 50_000


@pytest.mark.parametrize(
    ("settings", "per_s"),
    [
        ({"message_groups": 4}, 1_200),
        ({"message_groups": 100}, 3_000),
        ({"message_groups": 50, "throughput_scope": "message-group"}, 15_000),
        ({"throughput_scope": "message-group"}, 20_480),
    ],
)
def test_a_message_group_takes_300_a_second(settings, per_s):
    """300/s for each group and 3,000 for the topic, which the scope of a group lifts (gr/sns.html)."""
    assert most(lowered("sns", {"fifo": True, **settings}, (link(item_kb=1),)), 0) == per_s


@pytest.mark.parametrize("settings", [{"message_groups": 3}, {"throughput_scope": "message-group"}])
def test_only_fifo_topics_have_groups(settings):
    """A standard topic with a FIFO setting is refused."""
    with pytest.raises(ValidationError, match="is for FIFO topics"):
        Sns(**settings)


def test_deliveries_to_firehose_are_not_free():
    """0.19 for a million, beside the publishes (aws.amazon.com/sns/pricing)."""
    check(
        {
            "service": "sns",
            "inflows": [{"items": 1_000_000}],
            "outflows": [{"kind": "delivery", "peer": "firehose", "items": 1_000_000}],
            "charges": {"sns.publishes": 1_000_000, "sns.firehose_deliveries": 1_000_000},
            "usd": 0.69,
        }
    )
