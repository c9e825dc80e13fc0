"""An SNS topic: how fast the account may publish, and what a topic bills."""

import pytest
from bill_cases import load
from link_cases import check, link, lowered, most


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
