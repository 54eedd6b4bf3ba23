"""The tools of language models, through Home Assistant's own Assist API."""

from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import manual_run
from custom_components.home_gym.gym.routines.player import PlayerState
from custom_components.home_gym.llm import async_get_tools
from homeassistant.core import HomeAssistant
from homeassistant.helpers import llm
from homeassistant.helpers.llm import ToolResult
from tests.support.integration import coach
from tests.support.integration.assist import SAM, runner
from tests.support.integration.coach import Lines, speaker
from tests.support.integration.llm import asked_in, call, tools_of
from tests.support.integration.routines import built_in
from tests.support.integration.runner_entry import ENTRY_ID, NEW_SHOE, NOW, SetUp

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines


async def test_model_gets_all_tools(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, caplog: pytest.LogCaptureFixture
) -> None:
    await set_up(entry)

    tools = {tool.name: tool for tool in (await tools_of(hass)).tools if tool.integration == DOMAIN}
    assert {name: tool.annotations.read_only for name, tool in tools.items()} == {
        "home_gym__get_summary": True,
        "home_gym__get_shoes": True,
        "home_gym__log_session": False,
        "home_gym__log_pain": False,
        "home_gym__answer_back_question": False,
        "home_gym__report_clearance": False,
        "home_gym__withdraw_pain_report": False,
        "home_gym__start_routine": False,
        "home_gym__control_routine": False,
        "home_gym__rest": False,
    }
    for tool in tools.values():
        assert not tool.annotations.destructive
        assert not tool.annotations.open_world
        assert tool.title
        assert tool.description
        assert all(key.description for key in tool.parameters.schema)
    idempotent = {name for name, tool in tools.items() if tool.annotations.idempotent}
    assert idempotent == {"home_gym__get_summary", "home_gym__get_shoes", "home_gym__rest"}
    assert "not prefixed" not in caplog.text


async def test_no_tools_for_other_apis_and_unloaded_runners(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    await set_up(entry)

    assert async_get_tools(hass, asked_in(), "another_api") is None
    await hass.config_entries.async_unload(ENTRY_ID)
    assert async_get_tools(hass, asked_in(), llm.LLM_API_ASSIST) is None


async def test_summary_tool_returns_figures(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    nothing = (await call(hass, "get_summary")).data
    assert nothing["last_run"] == {"start": None, "distance": None, "minutes": None}

    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(hours=2), moving_time=1800, distance=5000))
    )
    await coordinator.async_apply(verbs.log_session(Habit.CORE))

    # 18:00 UTC is 20:00 in Berlin in May.
    assert await call(hass, "get_summary", runner="Alex") == ToolResult(
        data={
            "runner": "Alex",
            "advice": None,
            "last_run": {"start": "2026-05-04T18:00:00+02:00", "distance": "5.0 km", "minutes": 30},
            "distance_this_week": "5.0 km",
            "last_done": {habit.value: None for habit in Habit} | {"core": "2026-05-04T20:00:00+02:00"},
            "due_today": ["foam_roll", "stretch"],
            "core_sessions_this_week": 1,
            "core_streak_in_weeks": 0,
            "stretch_streak_in_days": 0,
            "longest_core_streak_in_weeks": 0,
            "longest_stretch_streak_in_days": 0,
            "resting": False,
            "coach_is_silent_because": "no_speaker",
        }
    )


@pytest.mark.parametrize(
    ("score", "red_flags", "words", "has_streaks"),
    [(8, [], "Pain of 7 out of 10 or more was reported.", True), (2, ["fever"], "Get medical care", False)],
)
async def test_the_advice_comes_first(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    score: float,
    red_flags: list[RedFlag],
    words: str,
    has_streaks: bool,
) -> None:
    """A model gets no streak to cheer at beside a red flag."""
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(score, red_flags=red_flags))
    told = (await call(hass, "get_summary")).data
    assert words in str(told["advice"])
    assert ("core_streak_in_weeks" in told, "stretch_streak_in_days" in told) == (has_streaks, has_streaks)


async def test_shoes_tool_returns_wear(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.choose_shoe(NEW_SHOE))

    shoes = (await call(hass, "get_shoes")).data["shoes"]
    assert shoes == [
        {
            "name": name,
            "distance": f"{run}.0 km",
            "remaining": f"{805 - run}.0 km",
            "replacement_due": False,
            "worn_on_the_next_run": name == "New trainers",
        }
        for name, run in (("Daily trainers", 480), ("New trainers", 0))
    ]


async def test_session_tool_logs_session(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    assert await call(hass, "log_session", habit="core") == ToolResult(data={"answer": "Noted: core work."})
    assert coordinator.data.done_today == {Habit.CORE}


async def test_routine_tools_start_and_control_routine(hass: HomeAssistant, set_up: SetUp, lines: Lines) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))

    assert await call(hass, "control_routine", command="pause") == ToolResult(
        data={"error": "No routine is active. Start one first."}, error=True
    )
    assert not (await call(hass, "start_routine", habit="core", length="full")).error
    player = coordinator.config_entry.runtime_data.routines.player
    assert player is not None
    assert player.routine == built_in(Habit.CORE, length=Length.FULL)
    assert not (await call(hass, "control_routine", command="pause")).error
    assert player.state is PlayerState.PAUSED
    assert not (await call(hass, "control_routine", command="stop")).error
    assert coordinator.config_entry.runtime_data.routines.player is None


async def test_a_routine_that_a_runner_wrote(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    own = {"name": "Evening yoga", "habit": "stretch", "steps": "Dog, 30 s"}
    object.__setattr__(entry, "options", {"routines": [own]})
    coordinator = await set_up(entry)

    assert await call(hass, "start_routine") == ToolResult(data={"error": "Which routine? Say its name."}, error=True)
    assert await call(hass, "start_routine", routine="yoga") == ToolResult(
        data={"error": "I don't know a routine with that name."}, error=True
    )
    assert await call(hass, "start_routine", routine="evening yoga") == ToolResult(
        data={"answer": "Here we go: evening yoga."}
    )
    player = coordinator.config_entry.runtime_data.routines.player
    assert player is not None
    assert player.routine.name == "Evening yoga"


async def test_rest_tool_begins_and_ends_rest(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    coordinator = await set_up(entry)

    assert not (await call(hass, "rest", command="begin", period="week")).error
    assert coordinator.data.resting
    assert not (await call(hass, "rest", command="end")).error
    assert not coordinator.data.resting


async def test_errors_are_in_language_of_request(hass: HomeAssistant, set_up: SetUp) -> None:
    await set_up(runner())
    await set_up(runner("Sam", SAM))

    assert await call(hass, "get_shoes", language="de") == ToolResult(
        data={"error": "Wer ist es: Alex oder Sam? Sag es noch einmal mit dem Namen."}, error=True
    )
    assert not (await call(hass, "get_shoes", runner="Sam")).error


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("log_session", {}),
        ("log_session", {"habit": "juggling"}),
        ("get_shoes", {"runner": "Kim"}),
        ("control_routine", {"command": "dance"}),
    ],
)
async def test_invalid_arguments_are_rejected(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, tool: str, arguments: dict[str, str]
) -> None:
    await set_up(entry)

    result = await call(hass, tool, **arguments)
    assert result.error
    assert result.data["error"]
