"""Every service has a page, with all that its model knows, and where each number comes from."""

import pytest
from click.testing import CliRunner

from sandbox.catalog.help import help_of
from sandbox.catalog.service import services
from sandbox.cli.root import cli
from sandbox.errors import UnknownNameError
from sandbox.reference import all_rules, index, page, rule_page
from sandbox.rules import rules
from sandbox.rules.documentation import documentation


@pytest.mark.parametrize("name", services())
def test_a_page_has_all_of_the_model(name):
    """Each setting with its help, each quota and each price with source and date."""
    service, text = services()[name], page(name)
    facts = service.facts

    for setting in service.settings.model_fields:
        assert f"| `{setting}` |" in text
        assert " ".join(help_of(service.settings)[setting].split()).replace("|", "\\|") in text
    for fact in (*facts.quotas.values(), *facts.prices.values()):
        assert f"| {fact.name} |" in text
        assert str(fact.as_of) in text
    assert "## What it does" in text
    assert text.count("\n# ") == 0


@pytest.mark.parametrize(
    ("name", "words"), [("lambda", "Erlang B"), ("sqs", "Batches"), ("kinesis", "Lanes")]
)
def test_formulas_are_those_of_the_model(name, words):
    """What its stations are made of, told as a formula."""
    assert words in page(name).split("## Formulas")[1].split("##")[0]


def test_the_list_leads_to_every_page():
    """By the names of their files."""
    assert all(f"({name}.md)" in index() for name in services())


def test_the_command(tmp_path):
    """One page, the list, all pages in a folder, and no page of what is no service."""
    run = CliRunner().invoke
    assert run(cli, ["reference", "sqs"]).output == page("sqs")
    assert run(cli, ["reference"]).output.startswith("# Services")
    assert run(cli, ["reference", "--into", str(tmp_path / "docs")]).exit_code == 0
    assert {path.stem for path in (tmp_path / "docs").iterdir()} == {"index", "rules", *services()}
    assert "'sqs'" in str(run(cli, ["reference", "sqz"]).exception)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_is_explained(rule):
    """Its page and the page of all rules say what is wrong, why, what to do instead, and the source."""
    told, text = documentation(rule.name), rule_page(rule.name)

    assert all((told.what, told.why, told.instead, told.use))
    for words in (rule.name, f"`{rule.severity}`", told.what, told.why, told.instead, told.use, rule.source):
        assert words in text
        assert words in all_rules()
    assert "## " not in told.what + told.why + told.use
    assert not any(line.startswith(" ") for line in (told.instead.splitlines()[0], told.use.splitlines()[0]))


def test_the_command_for_rules():
    """The list has every rule, a name gives its page, and a wrong one the nearest."""
    run = CliRunner().invoke
    listed = run(cli, ["rules"]).output

    assert [line.split()[0] for line in listed.splitlines() if line.startswith("  ")] == [
        rule.name for rule in rules()
    ]
    assert run(cli, ["rules", "few-receives"]).output == rule_page("few-receives")
    wrong = run(cli, ["rules", "few-receive"]).exception
    assert isinstance(wrong, UnknownNameError)
    assert "'few-receives'" in str(wrong)
