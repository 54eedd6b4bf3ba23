"""The screens for a runner's own routines."""

import json
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components import home_gym
from custom_components.home_gym.gym.habits.habit import Habit
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from tests.support.integration.options import opened
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import suggested

ENGLISH = json.loads((Path(home_gym.__file__).parent / "translations" / "en.json").read_text(encoding="utf-8"))
EVENING = {"name": "Evening stretch", "habit": "stretch", "steps": "Couch stretch, 45 s, each side\nPigeon, 1 min"}
ANKLES = {"name": "Ankles", "habit": "warm_up", "steps": "Circles, 30 s"}


async def fill_in(hass: HomeAssistant, screen: Any, **values: Any) -> Any:
    """Fill in a screen, and return the next."""
    after = await hass.config_entries.options.async_configure(screen["flow_id"], values)
    await hass.async_block_till_done()
    return after


async def add(hass: HomeAssistant, **values: Any) -> Any:
    """Add a routine."""
    return await fill_in(hass, await opened(hass, "add_routine"), **values)


async def menu(hass: HomeAssistant) -> list[str]:
    """Return the options of the menu."""
    screen: Any = await hass.config_entries.options.async_init(ENTRY_ID)
    return list(screen["menu_options"])


async def test_a_routine_is_added_changed_and_removed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    assert await menu(hass) == ["settings", "training", "add_routine", "room", "import"]
    assert suggested(await opened(hass, "add_routine"))["habit"] == "stretch"

    done = await add(hass, **(EVENING | {"name": "  Evening   stretch "}))
    await add(hass, **ANKLES)

    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options["routines"] == [EVENING, ANKLES]
    routines = entry.runtime_data.runner.settings.routines
    assert [(routine.name, routine.habit, len(routine.steps)) for routine in routines] == [
        ("Evening stretch", Habit.STRETCH, 3),
        ("Ankles", Habit.WARM_UP, 1),
    ]

    assert await menu(hass) == [
        "settings",
        "training",
        "add_routine",
        "change_routine",
        "remove_routines",
        "room",
        "import",
    ]
    form = await fill_in(hass, await opened(hass, "change_routine"), routine="Evening stretch")
    assert suggested(form) == EVENING
    # A routine may keep its own name.
    changed = EVENING | {"name": "EVENING STRETCH", "steps": "Pigeon, 2 min"}
    await fill_in(hass, form, **changed)
    assert entry.options["routines"] == [changed, ANKLES]

    await fill_in(hass, await opened(hass, "remove_routines"), routine=["Ankles"])
    assert entry.options["routines"] == [changed]


async def test_other_options_and_routines_leave_each_other_alone(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    object.__setattr__(entry, "options", {"core_goal": 3, "calendar": "calendar.training"})
    await set_up(entry)
    await add(hass, **EVENING)
    assert entry.options == {"core_goal": 3, "calendar": "calendar.training", "routines": [EVENING]}

    form = await opened(hass, "settings")
    hours = {"quiet_start": "22:00:00", "quiet_end": "07:00:00"}
    parts: dict[str, Any] = {
        "warm_up": {"ask": True, "warm_up_lead": 15, "form_cue": True, "form_check": True},
        "cool_down": {"ask": True, "cool_down_offset": 0},
        "foam_roll": {"ask": True, "foam_roll_offset": 0},
        "stretch": {"ask": True, "stretch_offset": 5, "ask_in_the_evening": False, "stretch_time": "19:00:00"},
        "core": {"ask": True, "core_time": "18:00:00"},
        "shoes": {"ask": True},
        "check_in": {"ask": "automatic", "check_in_time": "08:00:00"},
        "review": {"ask": False, "review_time": "19:00:00"},
        "patience": {"prompt_window": 90, "fresh_for": 90},
    }
    await fill_in(hass, form, core_goal=2, first_weekday="monday", **hours, **parts)
    assert entry.options["routines"] == [EVENING]
    assert entry.options["core_goal"] == 2


@pytest.mark.parametrize(
    ("wrong", "field", "error", "line"),
    [
        ({"name": " "}, "name", "name_missing", "0"),
        ({"name": "N" * 81}, "name", "name_too_long", "0"),
        ({"name": "ankles"}, "name", "name_taken", ""),
        ({"steps": " "}, "steps", "no_steps", "0"),
        ({"steps": "Plank, 30 s\n\nPigeon, 0 s"}, "steps", "step_too_short", "3"),
        ({"steps": "Plank, 2 h"}, "steps", "step_unit_unknown", "1"),
        ({"steps": "Plank, 31 min"}, "steps", "step_too_long", "1"),
        ({"steps": "Plank"}, "steps", "step_incomplete", "1"),
        ({"steps": "P" * 81 + ", 30 s"}, "steps", "step_name_too_long", "1"),
        ({"steps": "Plank, 30 s\n" * 500}, "steps", "too_many_steps", "101"),
    ],
)
async def test_faulty_line_is_shown_and_input_kept(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    wrong: dict[str, str],
    field: str,
    error: str,
    line: str,
) -> None:
    await set_up(entry)
    await add(hass, **ANKLES)

    form = await add(hass, **(EVENING | wrong))

    assert form["type"] is FlowResultType.FORM
    assert form["errors"] == {field: error}
    assert form["description_placeholders"]["line"] == line
    used = {name for _, name, _, _ in Formatter().parse(ENGLISH["options"]["error"][error]) if name}
    assert used <= set(form["description_placeholders"])
    assert suggested(form) == EVENING | wrong
    assert entry.options["routines"] == [ANKLES]
    # The input can be corrected on the same screen.
    await fill_in(hass, form, **EVENING)
    assert entry.options["routines"] == [ANKLES, EVENING]


async def test_a_name_of_another_routine_is_refused_in_a_change_too(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    await add(hass, **ANKLES)
    await add(hass, **EVENING)

    form = await fill_in(hass, await opened(hass, "change_routine"), routine="Evening stretch")
    form = await fill_in(hass, form, **(EVENING | {"name": "Ankles"}))

    assert form["errors"] == {"name": "name_taken"}
    assert entry.options["routines"] == [ANKLES, EVENING]


async def test_a_routine_that_cannot_be_read_any_more_is_left_out(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    broken = {"name": "Broken", "habit": "core", "steps": "Plank, 30 s\nPigeon, 2 days"}
    object.__setattr__(entry, "options", {"routines": [broken, ANKLES]})
    await set_up(entry)
    assert [routine.name for routine in entry.runtime_data.runner.settings.routines] == ["Ankles"]
    assert "The routine Broken can't be read in line 2: step_unit_unknown" in caplog.text
