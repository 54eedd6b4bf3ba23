"""Options and fields in the guides: each has a row that begins with its English label."""

from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.flows.path import PASSED_ON

ROOT = Path(__file__).parents[2]
ENGLISH = json.loads((ROOT / "custom_components" / "home_gym" / "translations" / "en.json").read_text(encoding="utf-8"))
# The guide to each screen.
GUIDES = {
    "config.runner": "coach",
    "config.reconfigure": "coach",
    "config.treadmill_plug": "treadmill",
    "config.treadmill_device": "treadmill",
    "config.treadmill_entities": "treadmill",
    "config.reconfigure_treadmill": "treadmill",
    "config.thresholds": "treadmill",
    "config.bluetooth_treadmill": "bluetooth",
    "config.reconfigure_bluetooth": "bluetooth",
    "config.reauth_key": "intervals-icu",
    "config.polar": "polar",
    "config.pick_implementation": "polar",
    "options.settings": "coach",
    "options.restore": "coach",
    "options.training": "back",
    "options.add_routine": "routines",
    "options.change_routine": "routines",
    "options.edit_routine": "routines",
    "options.remove_routines": "routines",
    "options.import": "import",
    "options.room": "routines",
    "shoe.user": "shoes",
    "shoe.reconfigure": "shoes",
    "source.folder": "import",
    "source.reconfigure_folder": "import",
    "source.export": "import",
    "source.online": "intervals-icu",
    "source.reconfigure_online": "intervals-icu",
    "source.webhook": "webhook",
    "source.webhook_change": "webhook",
    "source.webhook_code": "webhook",
    "source.service": "entities",
    "source.entity": "entities",
    "source.mapping": "entities",
    "source.preview": "entities",
    "source.preview_empty": "entities",
    "source.gear": "entities",
    "speaker.satellite": "speakers",
    "speaker.media_player": "speakers",
    "speaker.notify_action": "speakers",
    "speaker.notify": "speakers",
}
# The path of a new runner passes on the screens of subentries.
GUIDES |= {
    "config.shoe": "shoes",
    "config.found_pairs": "shoes",
    "config.export": "import",
    **{f"config.{step}": GUIDES[f"{kind}.{step}"] for step, kind in PASSED_ON.items() if f"{kind}.{step}" in GUIDES},
}
# The level of routines is on the screen of training, and is explained beside the levels.
ELSEWHERE = {("options.training", "routines"): "routines"}


def screens() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each screen with fields, by its flow and step."""
    flows = {"config": ENGLISH["config"], "options": ENGLISH["options"], **ENGLISH["config_subentries"]}
    for flow, texts in flows.items():
        for step, screen in texts["step"].items():
            if screen.get("data") or screen.get("sections"):
                yield f"{flow}.{step}", screen


def fields() -> Iterator[tuple[str, str, str, str]]:
    """Yield screen, section, its title and label of each field; a field outside all sections has an empty section."""
    for name, screen in screens():
        for label in screen.get("data", {}).values():
            yield name, "", "", label
        for section, texts in screen.get("sections", {}).items():
            for label in texts["data"].values():
                yield name, section, texts["name"], label


def part_of(guide: str, heading: str) -> str:
    """Return the guide's text below a heading of the third level, the whole text without such a heading."""
    text = (ROOT / "docs" / f"{guide}.md").read_text(encoding="utf-8")
    _, found, rest = text.partition(f"\n### {heading}\n")
    return rest.partition("\n#")[0] if found else text


def test_each_screen_has_a_guide() -> None:
    assert {name for name, _ in screens()} == GUIDES.keys()


@pytest.mark.parametrize(("screen", "section", "title", "label"), list(fields()))
def test_field_has_a_row_in_its_guide(screen: str, section: str, title: str, label: str) -> None:
    guide = ELSEWHERE.get((screen, section), GUIDES[screen])
    named = (f"| {label} | ", f"**{label}**, the only field")
    assert any(text in part_of(guide, title) for text in named), f"docs/{guide}.md, {title or 'any part'}: {label}"
