"""Home Assistant's integration quality scale: each rule stands in our list, with the files that show it."""

from pathlib import Path

import pytest

from homeassistant.util.yaml import load_yaml_dict

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "home_gym"
# Rules of each tier in August 2026: developers.home-assistant.io/docs/core/integration-quality-scale/rules
BRONZE = {
    *("action-setup", "appropriate-polling", "brands", "common-modules", "config-flow", "config-flow-test-coverage"),
    *("dependency-transparency", "docs-actions", "docs-conditions", "docs-high-level-description"),
    *("docs-installation-instructions", "docs-removal-instructions", "docs-triggers", "entity-event-setup"),
    *("entity-unique-id", "has-entity-name", "runtime-data", "test-before-configure", "test-before-setup"),
    "unique-config-entry",
}
SILVER = {
    *("action-exceptions", "config-entry-unloading", "docs-configuration-parameters", "docs-installation-parameters"),
    *("entity-unavailable", "integration-owner", "log-when-unavailable", "parallel-updates", "reauthentication-flow"),
    "test-coverage",
}
GOLD = {
    *("devices", "diagnostics", "discovery", "discovery-update-info", "docs-data-update", "docs-examples"),
    *("docs-known-limitations", "docs-supported-devices", "docs-supported-functions", "docs-troubleshooting"),
    *("docs-use-cases", "dynamic-devices", "entity-category", "entity-device-class", "entity-disabled-by-default"),
    *("entity-translations", "exception-translations", "icon-translations", "reconfiguration-flow", "repair-issues"),
    "stale-devices",
}
PLATINUM = {"async-dependency", "inject-websession", "strict-typing"}
RULES: dict[str, dict[str, str]] = load_yaml_dict(str(INTEGRATION / "quality_scale.yaml"))["rules"]


def test_each_rule_is_listed() -> None:
    assert RULES.keys() == BRONZE | SILVER | GOLD | PLATINUM


@pytest.mark.parametrize("rule", [rule for rule, answer in RULES.items() if answer["status"] == "done"])
def test_met_rule_names_files(rule: str) -> None:
    named = RULES[rule]["comment"].split(", ")
    assert [name for name in named if not any((base / name).is_file() for base in (INTEGRATION, ROOT))] == []


@pytest.mark.parametrize("rule", [rule for rule, answer in RULES.items() if answer["status"] != "done"])
def test_other_rule_has_a_reason(rule: str) -> None:
    assert RULES[rule]["status"] in {"todo", "exempt"}
    assert RULES[rule]["comment"].endswith(".")
