"""The cards are served to every dashboard, with a repair issue if they were never built."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.web import cards
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.runner_entry import SetUp, state_of


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Return the empty folder of the cards."""
    folder = tmp_path / "frontend"
    folder.mkdir()
    with patch.object(cards, "FRONTEND", folder):
        yield folder


async def test_built_cards_are_served(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    folder: Path,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    (folder / "home-gym.js").write_text("// cards")
    await set_up(entry)

    [address] = hass.data[DATA_EXTRA_MODULE_URL].urls
    client = await hass_client_no_auth()
    response = await client.get(address)
    assert response.status == 200
    assert response.content_type == "text/javascript"
    assert await response.text() == "// cards"
    drawing = await client.get(address.replace("cards/home-gym.js", "drawings/bird_dog.svg"))
    assert drawing.content_type == "image/svg+xml"
    assert not ir.async_get(hass).async_get_issue(DOMAIN, "cards_missing")


def test_other_content_has_another_address(folder: Path) -> None:
    versions = []
    for content in ("// cards", "// better cards", "// cards"):
        (folder / "home-gym.js").write_text("// loader")
        (folder / "cards.js").write_text(content)
        versions.append(cards._version())
    assert versions[0] == versions[2] != versions[1]


async def test_missing_cards_are_a_repair_issue_and_all_else_works(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, folder: Path
) -> None:
    await set_up(entry)

    assert not hass.data[DATA_EXTRA_MODULE_URL].urls
    issue = ir.async_get(hass).async_get_issue(DOMAIN, "cards_missing")
    assert issue
    assert issue.translation_placeholders == {"path": str(folder)}
    assert state_of(hass, "sensor", "next_habit") == "stretch"
