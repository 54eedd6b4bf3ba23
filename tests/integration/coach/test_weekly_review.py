"""Weekly review in words, and its event for automations."""

from collections.abc import Callable
import dataclasses
from datetime import date, timedelta
from itertools import product
import json
import re
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.home_gym.coach.weekly_review import review_in_words
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.weekly_review import ReviewMessage, WeekReview
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.speech.formats import formats_for
from custom_components.home_gym.gym.speech.phrases import Phrases
from custom_components.home_gym.languages import PHRASES
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_system import METRIC_SYSTEM, US_CUSTOMARY_SYSTEM, UnitSystem
from tests.support.integration import coach
from tests.support.integration.coach import Lines, Move, speaker
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of

pytestmark = pytest.mark.usefixtures("clock")
lines = coach.lines
move_to = coach.move_to
prompts = coach.prompts

LANGUAGES = sorted(file.stem for file in PHRASES.glob("*.json"))
# Sunday, 19:00 in Berlin, and the midnight after it.
SUNDAY = NOW.replace(day=10, hour=17)
MIDNIGHT = SUNDAY + timedelta(hours=5)
WEEK = WeekReview(
    week=date(2026, 5, 4),
    runs=3,
    distance=24_140.16,
    change=20.4,
    core_sessions=2,
    core_goal=2,
    stretch_days=5,
    warm_ups=1,
    pain_days=0,
)

# A listener follows no more words than this.
LONGEST_SENTENCE = 25


def phrases(language: str) -> Phrases:
    """Return the phrases of a language."""
    told: Phrases = json.loads((PHRASES / f"{language}.json").read_text(encoding="utf-8"))
    return told


def said(
    review: WeekReview, word: ReviewMessage = ReviewMessage.KIND, *, units: UnitSystem = METRIC_SYSTEM, **rest: Any
) -> str:
    """Return the spoken review of a week, in English by default."""
    turn, language = rest.get("turn", 0), rest.get("language", "en")
    return review_in_words(
        phrases(language), formats_for(language), review, word, runner="Alex", units=units, turn=turn, shoe="Blue"
    )


@pytest.mark.parametrize(
    ("changes", "units", "expected"),
    [
        # 24.14016 km are 15 miles of 1.609344 km
        ({}, METRIC_SYSTEM, "you ran 24 kilometers in 3 runs, 20 percent more than in the weeks before."),
        ({}, US_CUSTOMARY_SYSTEM, "you ran 15 miles in 3 runs, 20 percent more than in the weeks before."),
        ({"change": -40.0}, METRIC_SYSTEM, "24 kilometers in 3 runs, 40 percent less than in the weeks before."),
        ({"change": 4.9}, METRIC_SYSTEM, "24 kilometers in 3 runs, about as much as in the weeks before."),
        ({"change": -5.0}, METRIC_SYSTEM, "24 kilometers in 3 runs, 5 percent less than in the weeks before."),
        ({"change": None, "runs": 1}, METRIC_SYSTEM, "24 kilometers in one run."),
        ({"distance": 0.0, "change": None}, METRIC_SYSTEM, "Alex, this week had 3 runs."),
        ({"runs": 0, "distance": 0.0, "change": -100.0}, METRIC_SYSTEM, "Alex, you didn't run this week."),
        (
            {},
            METRIC_SYSTEM,
            "2 core sessions, stretching on 5 days and one warm-up. You reached your goal of 2 for core work.",
        ),
        ({"core_sessions": 1}, METRIC_SYSTEM, "one core session, stretching on 5 days and one warm-up. Your goal"),
        (
            {"core_sessions": 0, "stretch_days": 1, "warm_ups": 0},
            METRIC_SYSTEM,
            "for your back: stretching on one day. Your goal",
        ),
        (
            {"core_sessions": 0, "stretch_days": 0, "warm_ups": 0},
            METRIC_SYSTEM,
            "There is nothing logged for your back. Your goal for core sessions is 2.",
        ),
        ({"longest_run": 12_000.0}, METRIC_SYSTEM, "Your longest run was 12 kilometers."),
        ({"core_streak": 5}, METRIC_SYSTEM, "That's 5 weeks of core work in a row."),
        ({"stretch_streak": 9}, METRIC_SYSTEM, "You have stretched 9 days in a row."),
        ({"pair": "x", "pair_distance": 200_000.0}, METRIC_SYSTEM, "Blue passed 200 kilometers this week."),
        ({"forgiven": True}, METRIC_SYSTEM, "One missed week is forgiven: your core streak goes on."),
    ],
)
def test_numbers_in_words(changes: dict[str, Any], units: UnitSystem, expected: str) -> None:
    assert expected in said(dataclasses.replace(WEEK, **changes), units=units)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", ReviewMessage)
def test_review_is_short_sentences_in_every_language(language: str, word: ReviewMessage) -> None:
    """Every combination has its words, and none of them is a diagnosis."""
    for turn, runs, change, done in product(range(4), (0, 1, 3), (None, 0.0, 30.0, -30.0), (0, 1, 4)):
        changes: dict[str, Any] = dict.fromkeys(("core_sessions", "stretch_days", "warm_ups", "core_streak"), done)
        review = dataclasses.replace(WEEK, runs=runs, change=change, longest_run=9000.0, **changes)
        text = said(review, word, language=language, turn=turn)
        assert "Alex" in text
        assert "{" not in text
        # One sentence for the runs, one or two for the back, one of news, and one or two to close.
        sentences = re.split(r"(?<=[.!?]) ", text)
        assert 3 <= len(sentences) <= 6, text
        assert all(len(sentence.split()) <= LONGEST_SENTENCE for sentence in sentences), text
    assert all(count in said(WEEK, word, language=language) for count in ("24", "3", "20", "2", "5"))


def told(hass: HomeAssistant) -> Callable[[], list[dict[str, Any]]]:
    """Return a function for the weeks reported by the event entity from now on."""
    events = async_capture_events(hass, "state_changed")

    def weeks() -> list[dict[str, Any]]:
        entity_id = entity_id_of(hass, "event", "week")
        states = [event.data["new_state"] for event in events if event.data["entity_id"] == entity_id]
        return [
            {key: value for key, value in state.attributes.items() if key not in ("event_types", "friendly_name")}
            for state in states
            if state and state.attributes.get("event_type")
        ]

    return weeks


async def test_review_is_spoken_on_last_evening_of_week(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move, prompts: Callable[[], Any]
) -> None:
    entry = coach.runner(speaker(), prompts=[], review=True)
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await move_to(SUNDAY - timedelta(seconds=1))
    assert lines.heard == []
    await move_to(SUNDAY)
    await move_to(SUNDAY + timedelta(days=2))
    # The run has a lap of warm-up; it was the first, so there is no comparison.
    [heard] = lines.heard
    assert heard == (
        "tts.coach: Alex, this week you ran 8 kilometers in one run. This week for your back: one core session "
        "and one warm-up. Your goal for core sessions is 2. A new week, a new start."
    )
    assert prompts() == [("due", "review"), ("spoken", "review", "Gym speaker 1")]


async def test_no_review_is_spoken_beside_red_flag(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move
) -> None:
    entry = coach.runner(speaker(), prompts=[], review=True)
    await set_up(entry)
    flagged = {"config_entry_id": ENTRY_ID, "score": 2, "red_flags": ["numbness"]}
    await hass.services.async_call(DOMAIN, "log_pain", flagged, blocking=True)
    await move_to(SUNDAY)
    await move_to(SUNDAY + timedelta(hours=4))
    assert lines.heard == []


async def test_review_on_phone_has_no_buttons(hass: HomeAssistant, set_up: SetUp, lines: Lines, move_to: Move) -> None:
    await set_up(coach.runner(coach.phone(), prompts=[], review=True))
    await move_to(SUNDAY)
    [written] = lines.written
    assert written.startswith("Alex, you didn't run this week.")


async def test_event_fires_for_every_week(hass: HomeAssistant, set_up: SetUp, move_to: Move) -> None:
    """With the voice on or off; the place of the pain and the note stay in the journal."""
    entry = coach.runner()
    coordinator = await set_up(entry)
    weeks = told(hass)
    await coordinator.async_deliver([RUN], live=True)
    await coordinator.async_apply(verbs.log_session(Habit.STRETCH))
    await coordinator.async_apply(verbs.report_pain(4, note="since the hill"))
    await move_to(MIDNIGHT - timedelta(seconds=1))
    assert weeks() == []
    await move_to(MIDNIGHT)
    await move_to(MIDNIGHT + timedelta(days=1))
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    [week] = [one for one in weeks() if one["week"] == "2026-05-04"][:1]
    assert week == {
        "event_type": "reviewed",
        "week": "2026-05-04",
        "runs": 1,
        "distance": 8012.34,
        "change": None,
        "core_sessions": 0,
        "stretch_days": 1,
        "pain_days": 1,
    }
    assert coordinator.runner.journal.reported_week == date(2026, 5, 4)


async def test_downtime_is_followed_by_event_of_last_week_only(
    hass: HomeAssistant, set_up: SetUp, move_to: Move
) -> None:
    """From Monday the 4th to Tuesday the 26th: the week of the 18th is the last complete one."""
    entry = coach.runner()
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.log_session(Habit.CORE))
    await hass.config_entries.async_unload(entry.entry_id)
    weeks = told(hass)
    await move_to(NOW + timedelta(days=22))
    for _ in range(3):
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert {week["week"] for week in weeks()} == {"2026-05-18"}
    runner = entry.runtime_data.runner
    assert runner.tick(NOW + timedelta(days=22), home=True) == []
    assert runner.journal.reported_week == date(2026, 5, 18)


async def test_the_summary_has_the_week(hass: HomeAssistant, set_up: SetUp) -> None:
    coordinator = await set_up(coach.runner())
    await coordinator.async_deliver([RUN], live=True)
    summary: Any = await hass.services.async_call(
        DOMAIN, "get_summary", {"config_entry_id": ENTRY_ID}, blocking=True, return_response=True
    )
    assert summary["week"] == {
        "week": "2026-05-04",
        "runs": 1,
        "distance": 8012.34,
        "change": None,
        "core_sessions": 0,
        "core_goal": 2,
        "stretch_days": 0,
        "warm_ups": 1,
        "pain_days": 0,
        "longest_run": 8012.34,
        "core_streak": 0,
        "stretch_streak": 0,
        "forgiven": False,
        "pair": None,
        "pair_distance": 0,
    }
