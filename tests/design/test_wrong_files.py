"""A wrong design is refused with every problem, its line, its key, and what would be right."""

# ruff: noqa: E501  # one case a line reads as the table it is

import os
from pathlib import Path

import pytest

from sandbox.design.files import LARGEST, load
from sandbox.design.reading import loads
from sandbox.errors import DesignError, StorageError

GOOD = """\
schema = 1
name = "Shop"

[account]
lambda_concurrency = 3000

[nodes.shoppers]
service = "traffic"
rate_per_s = 200

[nodes.intake]
service = "sqs"

[nodes.ship]
service = "lambda"
memory_mb = 512

[[edges]]
from = "shoppers"
to = "intake"

[[edges]]
from = "intake"
to = "ship"
batch_size = 10
maximum_concurrency = 20
"""

CASES = {
    "misspelt key": ("memory_mb = 512", "memroy_mb = 512", 16, ["nodes.ship.memroy_mb", "Lambda function", "'memory_mb'"]),
    "misspelt head": ("memory_mb = 512", 'lable = "x"', 16, ["nodes.ship.lable", "'label'"]),
    "unknown service": ('"lambda"', '"lambada"', 15, ["nodes.ship.service", "'lambada'", "'lambda'"]),
    "no service": ('service = "lambda"', "", 14, ["nodes.ship.service is missing"]),
    "service no text": ('"lambda"', "3", 15, ["nodes.ship.service", "text"]),
    "below AWS's bound": ("concurrency = 20", "concurrency = 1", 26, ["maximum_concurrency = 1", "AWS", "MaximumConcurrency", "2"]),
    "above AWS's bound": ("memory_mb = 512", "memory_mb = 99_999", 16, ["memory_mb = 99999", "more than", "10,240 MB"]),
    "below our bound": ("rate_per_s = 200", "rate_per_s = -1", 9, ["rate_per_s = -1", "0"]),
    "not a number": ("rate_per_s = 200", "rate_per_s = nan", 9, ["rate_per_s = nan"]),
    "infinite": ("rate_per_s = 200", "rate_per_s = inf", 9, ["rate_per_s = inf"]),
    "text for a number": ("rate_per_s = 200", 'rate_per_s = "200"', 9, ["rate_per_s = '200'", "number"]),
    "true for a number": ("rate_per_s = 200", "rate_per_s = true", 9, ["rate_per_s = true", "number"]),
    "fraction for a whole number": ("batch_size = 10", "batch_size = 2.5", 25, ["batch_size = 2.5", "whole number"]),
    "number for yes or no": ("memory_mb = 512", "snap_start = 1", 16, ["snap_start = 1", "true or false"]),
    "list for a number": ("rate_per_s = 200", "rate_per_s = [200]", 9, ["rate_per_s", "number"]),
    "date for a number": ("rate_per_s = 200", "rate_per_s = 2026-01-01", 9, ["rate_per_s", "number"]),
    "a number of 400 digits": ("rate_per_s = 200", f"rate_per_s = {10**400}", 9, ["rate_per_s", "number"]),
    "no choice": ("memory_mb = 512", 'architecture = "arm"', 16, ["architecture = 'arm'", '"arm64"', "Did you mean 'arm64'"]),
    "misspelt inner key": ("rate_per_s = 200", "requests = {cuont = 3}", 9, ["requests.cuont", "`requests`", "'count'"]),
    "inner bound": ("rate_per_s = 200", "requests = {count = -3}", 9, ["requests.count = -3", "0"]),
    "two rates": ("rate_per_s = 200", "rate_per_s = 200\nrequests = {count = 3}", 7, ["nodes.shoppers", "rate_per_s and requests"]),
    "too long a name": ('name = "Shop"', f'name = "{"x" * 1000}"', 2, ["has 1,000 characters", "200 are the most"]),
    "edge to nowhere": ('to = "ship"', 'to = "shop"', 24, ["edges.1.to", "'shop' is not a node", "'ship'"]),
    "edge from nowhere": ('from = "intake"', 'from = "intak"', 23, ["edges.1.from", "'intake'"]),
    "illegal edge": ('to = "ship"', 'to = "shoppers"', 22, ["edges.intake>shoppers", "sqs cannot lead to traffic", "only sends"]),
    "no end": ('to = "ship"', "", 22, ["edges.1.to is missing"]),
    "unknown role": ('to = "ship"', 'to = "ship"\nrole = "dead-leter"', 25, ["role", "'dead-leter'"]),
    "setting of another edge": ("batch_size = 10", "shards = 10", 25, ["edges.intake>ship.shards", "edge from sqs to lambda"]),
    "misspelt edge setting": ("batch_size = 10", "batchsize = 10", 25, ["'batch_size'"]),
    "unknown quota": ("lambda_concurrency", "lambda_concurency", 5, ["account.lambda_concurency", "'lambda_concurrency'"]),
    "quota of nothing": ("= 3000", "= 0", 5, ["account.lambda_concurrency = 0", "above 0"]),
    "quota no number": ("= 3000", "= true", 5, ["account.lambda_concurrency = true", "number"]),
    "another schema": ("schema = 1", "schema = 2", 1, ["schema = 2", "reads 1"]),
    "unknown key": ("schema = 1", "schema = 1\nregoin = 1", 2, ["regoin", "'region'"]),
    "no region": ('name = "Shop"', 'region = "us-east"', 2, ["region", "us-east-1"]),
    "unknown table": ("[account]", "[[defects]]\nx = 1\n[account]", 4, ["defects is not a key"]),
    "fault of no node": ("[account]", '[[faults]]\nnode = "shop"\n[account]', 5, ["'shop'", "no node"]),
    "fault that ends first": (
        "[account]", '[[faults]]\nnode = "intake"\nfrom_s = 9\nto_s = 8\n[account]', 4, ["to_s = 8 is not after"],
    ),
    "nodes no table": ("schema = 1", 'schema = 1\nvariants = 3', 2, ["variants must be a table"]),
    "misspelt team": ("memory_mb = 512", 'tema = "shop"', 16, ["nodes.ship.tema", "'team'"]),
    "team no text": ("memory_mb = 512", "team = 3", 16, ["nodes.ship.team = 3", "text"]),
    "unknown account": ("memory_mb = 512", 'account = "payments"', 16, ["'payments'", "[accounts]"]),
    "id with a dot": ("[nodes.ship]", '[nodes."a.b"]', 14, ["nodes.a.b", "letters"]),
    "duplicate id": ("[nodes.ship]", "[nodes.intake]", 14, ["nodes.intake is there twice"]),
    "duplicate key": ("memory_mb = 512", "memory_mb = 512\nmemory_mb = 512", 17, ["twice"]),
    "not TOML": ("memory_mb = 512", "memory_mb 512", 16, ["not TOML"]),
    "bad variant": ("[[edges]]", '[variants.x]\n"nodes.shp.memory_mb" = 3\n[[edges]]', 19, ["variants.x", "'shp'", "'ship'"]),
    "bad variant value": ("[[edges]]", '[variants.x]\n"nodes.ship.memory_mb" = 3\n[[edges]]', 19, ["variants.x", "memory_mb = 3"]),
    "goal of nothing": ("[account]", '[[goals]]\nmetric = "cost.monthly_usd"\n[account]', 4, ["at_least"]),
    "goal of no node": ("[account]", '[[goals]]\nmetric = "flows.shop.lost_per_s"\nat_most = 0\n[account]', 5, ["'shop'"]),
    "preset of no group": ("[account]", '[preset]\ngroup = "Chioces"\n[account]', 5, ["preset.group", "'Choices'"]),
    "exercise without story": ("[account]", '[exercise]\nid = "x"\n[account]', 4, ["exercise.story is missing"]),
    "misspelt exercise key": ("[account]", '[exercise]\nstory = "x"\nhint = ["y"]\n[account]', 6, ["exercise.hint", "'hints'"]),
    "rule that is not there": ("[account]", '[exercise]\nstory = "x"\ncleared = ["limit-naer"]\n[account]', 6, ["no rule 'limit-naer'", "'limit-near'"]),
    "lock of no setting": ("[account]", '[exercise]\nstory = "x"\nlocked = ["nodes.ship.memroy_mb"]\n[account]', 6, ["exercise.locked", "'memory_mb'"]),
    "free part that is not there": ("[account]", '[exercise]\nstory = "x"\nfree = ["nodes.shp"]\n[account]', 6, ["exercise.free", "'ship'"]),
    "hint no list": ("[account]", '[exercise]\nstory = "x"\nhints = "y"\n[account]', 6, ["exercise.hints", "a list"]),
    "star for nothing": ("[account]", '[exercise]\nstory = "x"\nstars = {headroom = 1}\n[account]', 6, ["exercise.stars.headroom = 1", "above"]),
    "locked is no node": ("[account]", '[exercise]\nstory = "x"\nlocked = ["nodes.shp"]\n[account]', 6, ["nodes.shp", "'ship'"]),
    "locked is no edge": ("[account]", '[exercise]\nstory = "x"\nlocked = ["edges.intake>shop"]\n[account]', 6, ["'intake>ship'"]),
    "locked is nothing": ("[account]", '[exercise]\nstory = "x"\nlocked = ["node.ship"]\n[account]', 6, ["node.ship", "'nodes'"]),
    "exercise no table": ("schema = 1", "schema = 1\nexercise = 3", 2, ["exercise must be a table"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refused(case: str) -> None:
    """One mistake is one message, at its line, with what would be right."""
    old, new, line, words = CASES[case]
    assert old in GOOD

    with pytest.raises(DesignError) as caught:
        loads(GOOD.replace(old, new, 1), "shop.toml")

    problem = caught.value.problems[0]
    assert problem.line == line
    assert all(word in problem.message for word in words), problem.message
    assert str(caught.value).startswith(f"shop.toml:{line}: ")


def test_the_good_file_is_good() -> None:
    """What the cases spoil is right before."""
    assert len(loads(GOOD).nodes) == 3


def test_all_at_once() -> None:
    """Every problem is told, in the order of the file, and nothing twice."""
    text = GOOD.replace("512", "1").replace("= 3000", "= -1").replace("= 10", "= 0").replace("= 200", "= '2'")

    with pytest.raises(DesignError) as caught:
        loads(text)

    assert [problem.line for problem in caught.value.problems] == [5, 9, 16, 25]
    assert "4 problems" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 100_000, f"a = {'9' * 5000}", "a = {" * 5000, "\x00", "a = 1\r"]
)
def test_hostile_text(text: str) -> None:
    """Nesting without end, endless numbers and control letters are one message, not a crash."""
    with pytest.raises(DesignError, match="1 problem"):
        loads(text)


def test_byte_order_mark(tmp_path: Path) -> None:
    """A mark that some editors put in front of UTF-8 is passed over."""
    path = tmp_path / "shop.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())

    assert load(path) == loads(GOOD)


def test_not_utf8(tmp_path: Path) -> None:
    """The byte and the line that are not UTF-8 are named."""
    path = tmp_path / "shop.toml"
    path.write_bytes(GOOD.replace("Shop", "Caf\xe9").encode("latin-1"))

    with pytest.raises(DesignError, match=r"shop.toml:2: not UTF-8: byte 22 is 0xe9"):
        load(path)


def test_too_large(tmp_path: Path) -> None:
    """A file that is too large to be a design is not read."""
    path = tmp_path / "shop.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)

    with pytest.raises(StorageError, match=r"50\.0 MB; a design has at most 5 MB"):
        load(path)
    path.write_bytes(b"#" * LARGEST)
    assert load(path).nodes == {}


def test_without_end() -> None:
    """A file that never ends is given up after as much as a design can have."""
    with pytest.raises(StorageError, match="more than 5 MB"):
        load("/dev/zero")


def test_not_a_file(tmp_path: Path) -> None:
    """Missing files, directories and impossible names are told apart."""
    for name, words in ((tmp_path, "directory"), (tmp_path / "no", "no such file"), ("a\0b", "not the name")):
        with pytest.raises(StorageError, match=words):
            load(name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    """A file that may not be read says so."""
    path = tmp_path / "shop.toml"
    path.write_text(GOOD)
    path.chmod(0)

    with pytest.raises(StorageError, match="no permission"):
        load(path)
