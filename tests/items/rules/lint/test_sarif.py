"""SARIF 2.1.0: what its schema requires, and what viewers need to show a finding at its line."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from onedoor.items.rules import Severity
from onedoor.items.rules.lint import RULES, Located, sarif

FOUND = (
    Located("事项/食品 经营.yaml", 12, "contacts.complaint", "contacts.phones", Severity.ERROR, "相同", "依据", "改"),
    Located("bad.yaml", 0, "", "yaml.syntax", Severity.ERROR, "写法有误"),
    Located("bad.yaml", 3, "form", "form.unused", Severity.WARNING, "没有人用", "依据", "删"),
)


# Of each object of sarif-schema-2.1.0.json that we write: what it must have, and what else it may (it is closed).
OBJECTS: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool"}, {"results", "columnKind"}),
    "tool": ({"driver"}, set()),
    "driver": ({"name"}, {"rules"}),
    "rule": ({"id"}, {"shortDescription", "fullDescription", "help", "defaultConfiguration", "properties"}),
    "result": ({"message", "ruleId", "locations"}, {"ruleIndex", "level", "properties"}),
    "message": ({"text"}, set()),
    "location": ({"physicalLocation"}, {"logicalLocations"}),
    "physicalLocation": ({"artifactLocation"}, {"region"}),
    "artifactLocation": ({"uri"}, set()),
    "region": ({"startLine"}, set()),
}


def parts(log: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a log with what it is."""
    yield "log", log
    for run in log["runs"]:
        yield from (("run", run), ("tool", run["tool"]), ("driver", run["tool"]["driver"]))
        for rule in run["tool"]["driver"]["rules"]:
            yield "rule", rule
            yield from (("message", rule[name]) for name in ("shortDescription", "fullDescription", "help"))
        for result in run["results"]:
            yield from (("result", result), ("message", result["message"]))
            for location in result["locations"]:
                physical = location["physicalLocation"]
                yield from (("location", location), ("physicalLocation", physical))
                yield from (("artifactLocation", physical["artifactLocation"]), ("region", physical["region"]))


def test_every_object_has_what_the_schema_requires_and_nothing_that_it_does_not_know() -> None:
    found = list(parts(sarif(FOUND)))
    wrong = [(kind, set(one)) for kind, one in found if not OBJECTS[kind][0] <= set(one) <= set.union(*OBJECTS[kind])]
    assert wrong == []
    assert {kind for kind, _ in found} == set(OBJECTS)


def test_a_log_says_its_version_its_rules_and_each_result_its_rule() -> None:
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
