"""SARIF 2.1.0: what its schema requires, and what viewers need to show a finding at its line."""

from urllib.parse import unquote

from onedoor.items.rules import Severity
from onedoor.items.rules.lint import RULES, Located, sarif

FOUND = (
    Located("事项/食品 经营.yaml", 12, "contacts.complaint", "contacts.phones", Severity.ERROR, "相同", "依据", "改"),
    Located("bad.yaml", 0, "", "yaml.syntax", Severity.ERROR, "写法有误"),
    Located("bad.yaml", 3, "form", "form.unused", Severity.WARNING, "没有人用", "依据", "删"),
)


def test_a_log_has_what_the_schema_requires() -> None:
    log = sarif(FOUND)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning"}
    for result in run["results"]:
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_every_rule_is_described_and_so_is_what_files_break() -> None:
    described = {rule["id"] for rule in sarif(FOUND)["runs"][0]["tool"]["driver"]["rules"]}
    assert described == {*RULES, "yaml.syntax"}
    assert sarif(())["runs"][0]["results"] == []


def test_a_place_is_a_relative_address_a_line_from_one_and_a_field() -> None:
    first, second, _ = sarif(FOUND)["runs"][0]["results"]
    physical = first["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"].isascii()
    assert unquote(physical["artifactLocation"]["uri"]) == FOUND[0].file
    assert physical["region"]["startLine"] == 12
    assert first["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "contacts.complaint"}]
    assert second["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
