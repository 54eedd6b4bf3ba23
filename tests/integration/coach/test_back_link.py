"""Link from a notification to the scale of the back pain."""

from typing import Any

import pytest

from custom_components.home_gym.coach import back_link
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from tests.support.integration import shoe_question
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, entity_id_of

pytestmark = pytest.mark.usefixtures("clock")

VIEW = {"path": "back", "sections": [{"cards": [{"type": "custom:home-gym-back", "runner": ENTRY_ID}]}]}
OTHERS = {"cards": [{"type": "custom:home-gym-back", "runner": "01OTHER"}]}


@pytest.mark.parametrize(
    ("config", "path"),
    [
        ({"strategy": {"type": "custom:home-gym"}}, f"/gym/{ENTRY_ID.lower()}"),
        ({"views": [{"cards": []}, VIEW]}, "/gym/back"),
        ({"views": [OTHERS, {"cards": [{"type": "custom:home-gym-back"}]}]}, "/gym/1"),
        ({"views": [OTHERS]}, None),
        ({"strategy": {"type": "original-states"}}, None),
        ({}, None),
    ],
)
async def test_link_leads_to_back_card_else_to_number(
    hass: HomeAssistant, set_up: SetUp, monkeypatch: pytest.MonkeyPatch, config: dict[str, Any], path: str | None
) -> None:
    async def dashboards(_hass: HomeAssistant) -> dict[str, Any]:
        return {"gym": config}

    monkeypatch.setattr(back_link, "async_dashboards", dashboards)
    entry = shoe_question.runner("notify.none")
    await set_up(entry)
    number = f"/?more-info-entity-id={entity_id_of(hass, 'number', 'back_pain')}"
    assert await back_link.async_back_link(hass, entry) == (path or number)


async def test_disabled_number_without_card_leaves_no_link(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = shoe_question.runner("notify.none")
    await set_up(entry)
    number = entity_id_of(hass, "number", "back_pain")
    er.async_get(hass).async_update_entity(number, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.async_block_till_done()
    assert await back_link.async_back_link(hass, entry) is None
