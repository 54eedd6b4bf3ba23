"""Hints on a pair's professional fitting: once, and never again after they are ignored."""

from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.home_gym.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, SetUp, shoe_data, with_id

pytestmark = pytest.mark.usefixtures("clock")

MISSING, OLD, ARCH = (f"{key}_{NEW_SHOE}" for key in ("fitting_missing", "fitting_old", "arch_support"))


def runner(**pair: Any) -> MockConfigEntry:
    """Return the entry of a runner with one pair in use since 1 May 2026; today is the 4th."""
    shoe = shoe_data("New trainers", **{"first_used": "2026-05-01", **pair})
    return MockConfigEntry(
        domain=DOMAIN,
        title="Alex",
        entry_id=ENTRY_ID,
        data={"name": "Alex"},
        subentries_data=[with_id(shoe, NEW_SHOE)],
    )


def mentioned(hass: HomeAssistant) -> set[str]:
    """Return the ids of the active issues."""
    issues = ir.async_get(hass).issues
    return {key for (domain, key), issue in issues.items() if domain == DOMAIN and not issue.dismissed_version}


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ({}, {MISSING}),
        ({"first_used": "2026-01-01"}, set()),
        ({"fitted": "2026-05-01"}, set()),
        ({"fitted": "2024-05-01"}, {OLD}),
        ({"fitted": "2026-05-01", "arch": "flat"}, {ARCH}),
        ({"fitted": "2026-05-01", "arch": "high", "orthotics": True}, set()),
        ({"arch": "high", "retired": "2026-05-03"}, set()),
    ],
)
async def test_hint_depends_on_fitting(
    hass: HomeAssistant, set_up: SetUp, pair: dict[str, Any], expected: set[str]
) -> None:
    await set_up(runner(**pair))
    assert mentioned(hass) == expected
    for issue in (ir.async_get(hass).issues[DOMAIN, key] for key in expected):
        assert (issue.is_fixable, issue.severity) == (False, ir.IssueSeverity.WARNING)
        assert issue.translation_placeholders == {"shoe": "New trainers", "runner": "Alex"}


async def move_to(hass: HomeAssistant, clock: FrozenDateTimeFactory, moment: datetime) -> None:
    """Move the clock, past the end of a day."""
    clock.move_to(moment)
    async_fire_time_changed(hass, moment)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_pair_is_new_for_sixty_days(hass: HomeAssistant, set_up: SetUp, clock: FrozenDateTimeFactory) -> None:
    """1 May and 59 days are 29 June; the next day begins at 22:00 UTC."""
    await set_up(runner())
    for moment, expected in (
        (datetime(2026, 6, 29, 21, 59, tzinfo=UTC), {MISSING}),
        (datetime(2026, 6, 29, 22, 0, 1, tzinfo=UTC), set()),
    ):
        await move_to(hass, clock, moment)
        assert mentioned(hass) == expected


async def test_a_fitting_grows_old(hass: HomeAssistant, set_up: SetUp, clock: FrozenDateTimeFactory) -> None:
    """The fitting is of 4 May 2024: today, two years later, it is 730 days old."""
    await set_up(runner(fitted="2024-05-04"))
    assert mentioned(hass) == set()
    await move_to(hass, clock, NOW + timedelta(days=1))
    assert mentioned(hass) == {OLD}


@pytest.mark.parametrize("pair", [{}, {"fitted": "2020-05-01"}, {"first_used": "2026-01-01", "arch": "flat"}])
async def test_ignored_hint_stays_ignored(
    hass: HomeAssistant, set_up: SetUp, clock: FrozenDateTimeFactory, pair: dict[str, Any]
) -> None:
    """Neither with time, nor after a change of the pair, nor after a restart."""
    entry = runner(**pair)
    coordinator = await set_up(entry)
    [issue] = mentioned(hass)
    ir.async_ignore_issue(hass, DOMAIN, issue, True)
    for days in (1, 30, 58, 400):
        await move_to(hass, clock, NOW + timedelta(days=days))
        assert mentioned(hass) == set()
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
        assert mentioned(hass) == set()
    assert coordinator.config_entry is entry


async def test_settled_hint_is_cleared(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = runner(arch="flat")
    await set_up(entry)
    assert mentioned(hass) == {MISSING, ARCH}
    pair = entry.subentries[NEW_SHOE]
    told = {**pair.data, "fitted": "2026-05-04", "orthotics": True}
    hass.config_entries.async_update_subentry(entry, pair, data=told)
    await hass.async_block_till_done()
    assert mentioned(hass) == set()


async def test_hint_is_cleared_with_removed_pair(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = runner()
    await set_up(entry)
    hass.config_entries.async_remove_subentry(entry, NEW_SHOE)
    await hass.async_block_till_done()
    assert mentioned(hass) == set()
