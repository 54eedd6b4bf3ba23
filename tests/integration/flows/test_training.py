"""The screen of training, and the effects of its options."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.flows import subentry
from custom_components.home_gym.gym.back.history import AgeBand, Condition, MedicalHistory
from custom_components.home_gym.gym.exercises.level import Level
from custom_components.home_gym.gym.runs.activity import Activity, Sport
from custom_components.home_gym.gym.runs.exertion import HeartRateProfile
from custom_components.home_gym.gym.runs.form import Band
from custom_components.home_gym.gym.runs.load import LoadSettings, Weighting
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from tests.support.integration.options import chosen, opened
from tests.support.integration.runner_entry import NOW, SetUp

DEFAULTS: dict[str, dict[str, Any]] = {
    "routines": {
        "level": "beginner",
        "roll_lower_back": False,
        "kit": ["cushion", "gun", "roller", "step", "towel"],
        "full_cues": False,
    },
    "load": {"ramp": 30, "longest_run": 10, "days_without_rest": 7, "monotony": 2},
    "heart": {"weighting": "men"},
    "form": {"cadence_low": 170, "cadence_high": 180, "follow_own_cadence": True},
    "history": {"conditions": [], "spared": []},
}


async def fill_in(hass: HomeAssistant, **changes: dict[str, Any]) -> Any:
    """Submit the screen, and return the result."""
    form = await opened(hass, "training")
    values = {name: fields | changes.get(name, {}) for name, fields in DEFAULTS.items()}
    result = await hass.config_entries.options.async_configure(form["flow_id"], values)
    await hass.async_block_till_done()
    return result


async def test_screen_suggests_defaults(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """The suggested values are the ones in effect."""
    coordinator = await set_up(entry)
    form = await opened(hass, "training")
    assert chosen(form) == DEFAULTS
    assert form["description_placeholders"] == {"cadence": "\N{EN DASH}"}
    settings = coordinator.runner.settings
    assert (settings.load, settings.band) == (LoadSettings(), Band())
    await fill_in(hass)
    settings = entry.runtime_data.runner.settings
    assert (settings.load, settings.band) == (LoadSettings(), Band())


async def test_sections_are_closed_unless_they_are_used(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    async def opened_sections() -> list[str]:
        form: Any = await opened(hass, "training")
        parts = form["data_schema"].schema
        return [str(name) for name, part in parts.items() if not part.options["collapsed"]]

    await set_up(entry)
    assert await opened_sections() == []
    await fill_in(hass, load={"ramp": 20})
    assert await opened_sections() == ["load"]


async def test_heart_rates_of_the_watch_are_suggested(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    """The latest run with both counts, and the user's own options come first."""
    coordinator = await set_up(entry)
    profiles = [(48, 190), (47, 191), (None, 195), None]
    await coordinator.async_deliver(
        [
            Activity(
                sport=Sport.RUN,
                start=NOW - timedelta(days=9 - number),
                elapsed_time=1800,
                heart_rate_profile=profile and HeartRateProfile(resting=profile[0], maximum=profile[1]),
            )
            for number, profile in enumerate(profiles)
        ],
        live=False,
    )
    heart = {"resting_heart_rate": 47, "max_heart_rate": 191}
    assert chosen(await opened(hass, "training")) == DEFAULTS | {"heart": DEFAULTS["heart"] | heart}
    own = {"resting_heart_rate": 52, "max_heart_rate": 188}
    await fill_in(hass, heart=own)
    assert chosen(await opened(hass, "training"))["heart"] == DEFAULTS["heart"] | own


async def test_chosen_options_become_settings(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)
    changed: dict[str, dict[str, Any]] = {
        "routines": {"level": "advanced", "roll_lower_back": True, "kit": ["band"], "full_cues": True},
        "load": {"ramp": 20, "longest_run": 5, "days_without_rest": 5, "monotony": 1.5},
        "heart": {"resting_heart_rate": 50, "max_heart_rate": 190, "weighting": "women"},
        "form": {"cadence_low": 165, "cadence_high": 175, "follow_own_cadence": False},
        "history": {"age_band": "over_65", "conditions": ["cancer", "steroids"], "spared": ["knee"]},
    }
    assert (await fill_in(hass, **changed))["type"] is FlowResultType.CREATE_ENTRY
    settings = entry.runtime_data.runner.settings
    assert settings.level is Level.ADVANCED
    assert settings.band == Band(low=165, high=175)
    assert settings.history == MedicalHistory(
        age=AgeBand.OVER_65, conditions=frozenset({Condition.CANCER, Condition.STEROIDS})
    )
    assert settings.load == LoadSettings(
        ramp=20,
        longest_run=5,
        days_without_rest=5,
        monotony=1.5,
        resting_heart_rate=50,
        max_heart_rate=190,
        weighting=Weighting.WOMEN,
    )
    assert chosen(await opened(hass, "training")) == changed


async def test_baseline_moves_cadence_band(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    """The first runs suggest one; 5 % above 160 is 168. Clearing it restores the band."""
    coordinator = await set_up(entry)
    start = NOW - timedelta(days=1)
    await coordinator.async_deliver(
        [Activity(sport=Sport.RUN, start=start, elapsed_time=1800, distance=5000, cadence=160)], live=False
    )
    assert (await opened(hass, "training"))["description_placeholders"] == {"cadence": "160"}
    await fill_in(hass, form={"cadence_baseline": 160})
    assert entry.runtime_data.runner.settings.band == Band(low=163, high=173)
    await fill_in(hass)
    assert entry.runtime_data.runner.settings.band == Band()


async def test_one_screen_leaves_the_others_choices_alone(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)
    await fill_in(hass, load={"ramp": 20})
    form = await opened(hass, "settings")
    await hass.config_entries.options.async_configure(form["flow_id"], chosen(form) | {"core_goal": 3})
    await hass.async_block_till_done()
    await fill_in(hass, load={"ramp": 25})
    settings = entry.runtime_data.runner.settings
    assert (settings.core_goal, settings.load.ramp) == (3, 25)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"form": {"cadence_low": 181}}, "cadence_band"),
        ({"heart": {"resting_heart_rate": 50}}, "one_heart_rate"),
        ({"heart": {"max_heart_rate": 190}}, "one_heart_rate"),
    ],
)
async def test_contradictory_values_are_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, changes: dict[str, Any], error: str
) -> None:
    """The input stays on the screen."""
    await set_up(entry)
    form = await fill_in(hass, **changes)
    assert form["errors"] == {"base": error}
    assert chosen(form) == {name: fields | changes.get(name, {}) for name, fields in DEFAULTS.items()}


async def test_screen_works_while_runner_is_not_loaded(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subentry, "LOADING_TIMEOUT", 0)
    await set_up(entry)
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await opened(hass, "training"))["description_placeholders"] == {"cadence": "\N{EN DASH}"}
