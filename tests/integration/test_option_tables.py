"""The tables of options and fields, and the effect of each row."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.runs.activity import Surface
from custom_components.home_gym.gym.shoes.shoe import Arch, Insoles, Shoe
from custom_components.home_gym.options import OPTIONS, READABLE
from custom_components.home_gym.options.field import OptionField
from custom_components.home_gym.options.shoe import SHOE
from custom_components.home_gym.options.source import SOURCE
from custom_components.home_gym.options.speaker import SPEAKER
from custom_components.home_gym.options.training import MINUTES
from custom_components.home_gym.options.treadmill import TREADMILL
from custom_components.home_gym.settings import settings_of
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant

TABLES: dict[str, tuple[OptionField, ...]] = {
    "options": OPTIONS,
    "shoe": SHOE,
    "source": SOURCE,
    "treadmill": TREADMILL,
    **{f"speaker {kind}": table for kind, table in SPEAKER.items()},
}
# A value of each option other than its default.
OTHER: dict[str, Any] = {
    "prompts": ["core"],
    "speakers": {"core": "01KITCHEN"},
    "routines": [{"name": "Mine", "habit": "core", "steps": "Plank, 30 s"}],
    "core_goal": 3,
    "first_weekday": "sunday",
    "quiet_start": "21:00:00",
    "quiet_end": "06:00:00",
    "form_cue": False,
    "form_check": False,
    "cool_down_offset": 2,
    "effort": True,
    "foam_roll_offset": 3,
    "stretch_offset": 4,
    "stretch_time": "20:00:00",
    "core_time": "19:30:00",
    "ask_shoes": False,
    "check_in": "always",
    "check_in_time": "09:00:00",
    "review": True,
    "review_time": "17:00:00",
    "prompt_window": 30,
    "fresh_for": 45,
    "level": "intermediate",
    "ramp": 20,
    "longest_run": 15,
    "days_without_rest": 5,
    "monotony": 1.5,
    "resting_heart_rate": 50,
    "max_heart_rate": 190,
    "weighting": "women",
    "cadence_low": 160,
    "cadence_high": 190,
    "cadence_baseline": 165,
    "follow_own_cadence": False,
    "age_band": "over_65",
    "conditions": ["cancer"],
    "roll_lower_back": True,
    "kit": ["band"],
    **dict.fromkeys((option.key for option in MINUTES.values()), "20"),
    "full_cues": True,
    "spared": ["knee"],
}
# Options read by permissions, the watch on the calendar and the room of routines, not by the runner's settings.
ELSEWHERE = {
    *("shared", "calendar", "warm_up_lead", "planned_words"),
    *("routine_lights", "routine_screens", "routine_page"),
}
# An option that needs another one to take effect.
TOGETHER: dict[str, dict[str, Any]] = {
    "stretch_time": {"prompts": ["evening_stretch"]},
    "review_time": {"review": True},
}


def entry_with(options: dict[str, Any], *subentries: ConfigSubentryData) -> MockConfigEntry:
    """Return the entry of a runner."""
    return MockConfigEntry(
        domain=DOMAIN, title="Alex", data={"name": "Alex"}, options=options, subentries_data=subentries
    )


def test_another_value_of_each_option_is_tried() -> None:
    assert {option.key for option in OPTIONS} == OTHER.keys() | ELSEWHERE


@pytest.mark.parametrize("key", OTHER)
async def test_option_changes_settings(hass: HomeAssistant, key: str) -> None:
    others = TOGETHER.get(key, {})
    before = settings_of(hass, entry_with(others))

    after = settings_of(hass, entry_with(others | {key: OTHER[key]}))

    assert after != before


@pytest.mark.parametrize("table", TABLES)
def test_rows_set_attributes_that_their_settings_have(table: str) -> None:
    rows = [field for field in TABLES[table] if field.settings]
    unknown = [
        field.key
        for field in rows
        if field.settings and (field.attribute or field.key) not in {known.name for known in fields(field.settings)}
    ]
    assert unknown == []


# The words for runs are a field of more than one kind of source.
@pytest.mark.parametrize("table", [name for name in TABLES if name != "source"])
def test_key_stands_in_its_table_once(table: str) -> None:
    keys = [field.key for field in TABLES[table]]
    assert sorted(keys) == sorted(set(keys))


def test_fields_of_a_body_a_person_or_a_home_are_hidden() -> None:
    keys = {field.key for table in TABLES.values() for field in table}
    assert keys - READABLE == {
        *(
            "routines",
            "calendar",
            "planned_words",
            "resting_heart_rate",
            "max_heart_rate",
            "weighting",
            "cadence_baseline",
        ),
        *("age_band", "conditions", "spared"),
        *("routine_lights", "routine_screens", "routine_page"),
        *("brand", "model", "color", "purchased", "price", "insoles_since", "insoles_replace_at", "fitted", "arch"),
        *("orthotics", "hints_read", "notes"),
        *("folder", "since", "runs", "key", "secret", "webhook", "account", "gear", "entity", "mapping"),
        *("area", "presence", "satellite", "media_player", "tts_engine", "notify", "rooms"),
        *("address", "power", "runners"),
        *("speed", "distance", "elapsed_time", "incline", "cadence", "heart_rate", "belt_state"),
    }


async def test_shoe_with_every_field(hass: HomeAssistant) -> None:
    data = {
        "first_used": "2026-01-02",
        "initial_distance": 1000,
        "warn_at": 400_000,
        "replace_at": 700_000,
        "retired": "2026-05-06",
        "surfaces": ["road", "track"],
        "price": 120.5,
        "color": [47, 91, 183],
        "insoles_since": "2026-02-03",
        "insoles_replace_at": 300_000,
        "fitted": "2026-01-01",
        "arch": "flat",
        "orthotics": True,
        "brand": "Sole",
        "notes": "blue",
    }
    pair = ConfigSubentryData(data=data, subentry_type="shoe", title="Racer", unique_id=None)
    entry = entry_with({}, pair)

    [shoe] = settings_of(hass, entry).shoes

    assert shoe == Shoe(
        id=next(iter(entry.subentries)),
        name="Racer",
        first_used=date(2026, 1, 2),
        initial_distance=1000,
        warn_at=400_000,
        replace_at=700_000,
        retired=date(2026, 5, 6),
        surfaces=frozenset({Surface.ROAD, Surface.TRACK}),
        price=120.5,
        # 47 is 2 times 16 and 15, 91 is 5 and 11, 183 is 11 and 7.
        color="#2f5bb7",
        insoles=Insoles(first_used=date(2026, 2, 3), replace_at=300_000),
        fitted=date(2026, 1, 1),
        arch=Arch.FLAT,
        orthotics=True,
    )
