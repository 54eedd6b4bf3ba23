"""The options of a runner, and their effects."""

from datetime import time, timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.settings import CheckIn, PromptSettings, QuietHours
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from homeassistant.config_entries import ConfigFlowResult, ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from tests.support.integration.options import chosen, form_of, opened
from tests.support.integration.runner_entry import ENTRY_ID, SetUp, with_id


def offered(form: Any, name: str) -> list[dict[str, str]]:
    """Return the speakers on offer in a section."""
    options: list[dict[str, str]] = form_of(form)[name]["speaker"][1].config["options"]
    return options


@pytest.mark.parametrize(
    ("country", "weekday"), [("DE", "monday"), ("US", "sunday"), ("EG", "saturday"), (None, "monday")]
)
async def test_screen_suggests_defaults(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, country: str | None, weekday: str
) -> None:
    hass.config.country = country
    await set_up(entry)

    form = await opened(hass, "settings")

    assert chosen(form) == {
        "core_goal": 2,
        "first_weekday": weekday,
        "quiet_start": "22:00:00",
        "quiet_end": "07:00:00",
        "warm_up": {"ask": True, "warm_up_lead": 15, "form_cue": True, "form_check": True, "planned_words": ""},
        "cool_down": {"ask": True, "cool_down_offset": 0, "effort": False},
        "foam_roll": {"ask": True, "foam_roll_offset": 0},
        "stretch": {
            "ask": True,
            "stretch_offset": 5,
            "ask_in_the_evening": False,
            "stretch_time": "19:00:00",
        },
        "core": {"ask": True, "core_time": "18:00:00"},
        "shoes": {"ask": True},
        "check_in": {"ask": "automatic", "check_in_time": "08:00:00"},
        "review": {"ask": False, "review_time": "19:00:00"},
        "patience": {"prompt_window": 90, "fresh_for": 90},
        "shared": False,
    }


async def save(hass: HomeAssistant, form: ConfigFlowResult, filled_in: dict[str, Any]) -> None:
    """Submit the screen."""
    await hass.config_entries.options.async_configure(form["flow_id"], filled_in)
    await hass.async_block_till_done()


async def test_chosen_options_become_settings(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    form = await opened(hass, "settings")

    await save(
        hass,
        form,
        {
            "core_goal": 3,
            "first_weekday": "sunday",
            "quiet_start": "21:30:00",
            "quiet_end": "08:00:00",
            "warm_up": {"ask": False, "warm_up_lead": 20, "form_cue": False, "form_check": False},
            "cool_down": {"ask": True, "cool_down_offset": 1.5},
            "foam_roll": {"ask": False, "foam_roll_offset": 1},
            "stretch": {
                "ask": True,
                "stretch_offset": 2.5,
                "ask_in_the_evening": True,
                "stretch_time": "20:15:00",
            },
            "core": {"ask": False, "core_time": "18:00:00"},
            "shoes": {"ask": False},
            "check_in": {"ask": "always", "check_in_time": "09:15:00"},
            "review": {"ask": True, "review_time": "18:30:00"},
            "patience": {"prompt_window": 30, "fresh_for": 60},
        },
    )

    assert entry.options == {
        "core_goal": 3,
        "first_weekday": "sunday",
        "prompts": ["cool_down", "stretch", "evening_stretch"],
        "shared": False,
        "ask_shoes": False,
        "check_in": "always",
        "check_in_time": "09:15:00",
        "review": True,
        "review_time": "18:30:00",
        "form_cue": False,
        "form_check": False,
        "warm_up_lead": 20,
        "cool_down_offset": 1.5,
        "foam_roll_offset": 1,
        "stretch_offset": 2.5,
        "stretch_time": "20:15:00",
        "core_time": "18:00:00",
        "prompt_window": 30,
        "fresh_for": 60,
        "quiet_start": "21:30:00",
        "quiet_end": "08:00:00",
        "speakers": {},
    }
    settings = entry.runtime_data.runner.settings
    assert settings.core_goal == 3
    assert settings.calendar.first_weekday == 6
    assert settings.prompts == PromptSettings(
        offsets={Habit.STRETCH: timedelta(minutes=2.5)},
        delays={Habit.COOL_DOWN: timedelta(minutes=1.5)},
        evenings={Habit.STRETCH: time(20, 15)},
        at_the_treadmill=frozenset({Habit.COOL_DOWN}),
        window=timedelta(minutes=30),
        fresh_for=timedelta(hours=1),
        quiet_hours=QuietHours(start=time(21, 30), end=time(8)),
        shoes=False,
        check_in=CheckIn.ALWAYS,
        check_in_at=time(9, 15),
        review_at=time(18, 30),
        form_cues=False,
        form_check=False,
    )


OLD: dict[str, Any] = {
    "core_goal": 3,
    "first_weekday": "monday",
    "prompts": ["foam_roll", "core"],
    "foam_roll_offset": 7,
    "stretch_offset": 8,
    "prompt_window": 45,
    "fresh_for": 60,
    "quiet_start": "21:00:00",
    "quiet_end": "06:00:00",
}


async def test_options_of_earlier_versions_keep_working(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """Without speakers and shoes in them: the coach speaks near the runner, and prompts about worn-out pairs."""
    object.__setattr__(entry, "options", OLD)
    await set_up(entry)

    prompts = entry.runtime_data.runner.settings.prompts
    assert prompts.offsets == {Habit.FOAM_ROLL: timedelta(minutes=7)}
    assert prompts.evenings == {Habit.CORE: time(18)}
    assert prompts.at_the_treadmill == frozenset()
    assert (prompts.shoes, prompts.chosen) == (True, {})
    assert (prompts.check_in, prompts.review_at, prompts.form_cues) == (CheckIn.AUTOMATIC, None, True)
    before = chosen(await opened(hass, "settings"))
    assert {name: part["ask"] for name, part in before.items() if isinstance(part, dict) and "ask" in part} == {
        "warm_up": False,
        "cool_down": False,
        "foam_roll": True,
        "stretch": False,
        "core": True,
        "shoes": True,
        "check_in": "automatic",
        "review": False,
    }

    await save(hass, await opened(hass, "settings"), before)

    assert {key: entry.options[key] for key in OLD} == OLD
    assert entry.runtime_data.runner.settings.prompts == prompts


def phone(name: str, key: str) -> Any:
    """Return the subentry of a phone."""
    data = {"notify": f"notify.{name.lower()}"}
    return with_id(ConfigSubentryData(data=data, subentry_type="speaker", title=name, unique_id=None), key)


SPEAKERS = [phone("Kitchen", "01KITCHEN"), phone("Phone", "01PHONE")]


async def test_each_habit_may_have_its_own_speaker(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = MockConfigEntry(
        domain=DOMAIN, title="Alex", entry_id=ENTRY_ID, data={"name": "Alex"}, subentries_data=SPEAKERS
    )
    await set_up(entry)
    form = await opened(hass, "settings")
    shown = chosen(form)
    assert "speaker" not in shown["core"]
    assert offered(form, "core") == [
        {"value": "01KITCHEN", "label": "Kitchen"},
        {"value": "01PHONE", "label": "Phone"},
        {"value": "automation", "label": "automation"},
    ]

    shown["core"]["speaker"] = shown["shoes"]["speaker"] = "01PHONE"
    shown["stretch"]["speaker"] = "01KITCHEN"
    await save(hass, form, shown)

    assert entry.options["speakers"] == {"core": "01PHONE", "shoes": "01PHONE", "stretch": "01KITCHEN"}
    assert entry.runtime_data.runner.settings.prompts.chosen == {
        Habit.CORE: "01PHONE",
        Habit.STRETCH: "01KITCHEN",
        NonHabitTopic.SHOES: "01PHONE",
    }
    # A removed speaker is no longer chosen, and the others stay.
    hass.config_entries.async_remove_subentry(entry, "01PHONE")
    await hass.async_block_till_done()
    form = await opened(hass, "settings")
    shown = chosen(form)
    assert "speaker" not in shown["core"]
    await save(hass, form, shown)
    assert entry.options["speakers"] == {"stretch": "01KITCHEN"}


async def test_without_a_speaker_there_is_none_to_choose(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    form = await opened(hass, "settings")
    assert all("speaker" not in part for part in form_of(form).values() if isinstance(part, dict))


async def test_a_calendar_is_kept_by_its_registry_id(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    calendar = er.async_get(hass).async_get_or_create("calendar", "local_calendar", "training")
    form = await opened(hass, "settings")
    filled_in = chosen(form)
    filled_in["warm_up"]["calendar"] = calendar.entity_id

    await save(hass, form, filled_in)

    assert entry.options["calendar"] == calendar.id
    er.async_get(hass).async_update_entity(calendar.entity_id, new_entity_id="calendar.renamed")
    shown = chosen(await opened(hass, "settings"))
    assert shown["warm_up"]["calendar"] == "calendar.renamed"
    # A cleared field is removed.
    del shown["warm_up"]["calendar"]
    await save(hass, await opened(hass, "settings"), shown)
    assert "calendar" not in entry.options
