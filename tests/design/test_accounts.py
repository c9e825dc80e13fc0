"""Quotas of accounts: what AWS raises, what it does not, what a new account has, what a real one has."""

import json

import pytest
from click.testing import CliRunner

from sandbox.catalog.account_quotas import account_quotas, aws_quotas, fixed_quotas
from sandbox.cli.root import cli
from sandbox.design.account_import import read_quotas
from sandbox.design.building import build_account
from sandbox.design.files import load
from sandbox.design.reading import loads
from sandbox.errors import DesignError, StorageError
from sandbox.evaluate import evaluate

DESIGN = """\
schema = 1
name = "Two accounts"  # mine

{account}
[accounts.payments]

[nodes.visitors]
service = "traffic"
rate_per_s = 200

[nodes.work]
service = "lambda"
duration_ms = 1000

[[edges]]
from = "visitors"
to = "work"
"""


def quota(code="L-B99A9384", service="lambda", value=3000.0, name="Concurrent executions"):
    """A quota as AWS lists it."""
    return {"ServiceCode": service, "QuotaCode": code, "QuotaName": name, "Value": value, "Adjustable": True}


def listed(*quotas):
    """What the command of AWS prints."""
    return json.dumps({"Quotas": quotas})


def concurrency(account):
    """What limits the function: the account's concurrency."""
    design = loads(DESIGN.format(account=account))
    limits = evaluate(design).to_dict()["nodes"]["work"]["limits"]
    return next(row["capacity"] for row in limits if row["name"] == "account concurrency")


@pytest.mark.parametrize(
    ("account", "capacity"),
    [
        ("", 1000),  # AWS's default
        ('[account]\npreset = "new"\n', 10),
        ('[account]\npreset = "new"\nlambda_concurrency = 1000\n', 1000),  # raised on request
        ("[account]\nlambda_concurrency = 3000\n", 3000),
    ],
)
def test_a_function_has_what_its_account_has(account, capacity):
    """A new account starts with less, and what the account says wins."""
    assert concurrency(account) == capacity


@pytest.mark.parametrize(
    "account", ['[account]\npreset = "new"\nlambda_concurrency = 1000\n', '[account]\npreset = "new"\n']
)
def test_what_differs_from_the_accounts_own_default_is_kept(account, tmp_path):
    """Saving a new account that was raised to what others have keeps what it was raised to."""
    from sandbox.design.files import save  # noqa: PLC0415

    design = loads(DESIGN.format(account=account))
    save(design, tmp_path / "a.toml")
    assert load(tmp_path / "a.toml") == design


def test_what_aws_does_not_raise_is_refused_with_the_reason():
    """The refusal names the limit and where it stands."""
    with pytest.raises(DesignError, match="AWS does not raise it") as refused:
        loads(DESIGN.format(account="[account]\nsqs_message_kb = 2048\n"))
    assert fixed_quotas()["sqs_message_kb"].source in str(refused.value)


def test_every_limit_that_aws_does_not_raise_is_refused():
    """Whatever the service."""
    fixed = set(fixed_quotas()) - set(account_quotas())
    _, problems = build_account("account", dict.fromkeys(fixed, 7))
    refused = {
        problem.path.removeprefix("account.") for problem in problems if "does not raise" in problem.message
    }
    assert refused == fixed


def test_names_at_aws_are_of_quotas_that_an_account_can_say():
    """Each has a source; codes are told once."""
    rows = aws_quotas()
    codes = [(row.service, row.code) for row in rows.values() if row.code]
    assert set(rows) <= set(account_quotas())
    assert all(row.source and row.as_of and row.name for row in rows.values())
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (listed(quota()), {"lambda_concurrency": 3000}),
        (listed(quota(code="L-unknown")), {"lambda_concurrency": 3000}),  # by its name
        (json.dumps([quota()]), {"lambda_concurrency": 3000}),
        (json.dumps({"Quota": quota()}), {"lambda_concurrency": 3000}),
        (listed(quota(service="ec2")), {}),
        (listed(), {}),
    ],
)
def test_quotas_are_told_by_code_or_name(text, found):
    """Of one service or several, as a list or a single one."""
    assert read_quotas([("account.json", text)]).quotas == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "is not JSON"),
        ("{}", "has no quotas"),
        ('"x"', "has no quotas"),
        (listed(quota(value="many")), "quota 1 (L-B99A9384) has the Value 'many'"),
        (listed(quota(value=-1)), "a number of 0 or more"),
        (listed(quota(value=True)), "a number of 0 or more"),
    ],
)
def test_other_files_are_refused(text, words):
    """The message names the file, the quota, and what is expected."""
    with pytest.raises(StorageError) as refused:
        read_quotas([("account.json", text)])
    assert "account.json" in str(refused.value)
    assert words in str(refused.value)


@pytest.mark.parametrize(("options", "section"), [([], "account"), (["--account", "payments"], "accounts")])
def test_a_real_account_is_laid_over_a_design(tmp_path, options, section):
    """Only the quotas change in the file; its comments stay."""
    (tmp_path / "q.json").write_text(listed(quota()))
    path = tmp_path / "d.toml"
    path.write_text(DESIGN.format(account=""))
    ran = CliRunner().invoke(
        cli, ["account", "import", str(tmp_path / "q.json"), "--into", str(path), *options]
    )
    design = load(path)
    account = design.account if section == "account" else design.accounts["payments"]
    assert ran.exit_code == 0
    assert account.quotas == {"lambda_concurrency": 3000}
    assert "# mine" in path.read_text()


def test_the_table_is_printed():
    """Without a file to write to, what belongs into one is printed."""
    ran = CliRunner().invoke(
        cli, ["account", "import", "-"], input=listed(quota(), quota(code="L-1", name="x"))
    )
    assert ran.stdout == "[account]\nlambda_concurrency = 3000\n"
    assert "not modelled here: 1" in ran.stderr
