"""The dialogue about a back by voice: reports in free sentences, the questions, their answers and what follows."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.back.pain import RedFlag
from custom_components.home_gym.gym.back.signs import Question
from custom_components.home_gym.gym.back.state import BackState
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.routines.player import PlayerState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import ToolResult
from tests.support.integration import assist, coach
from tests.support.integration.assist import SAM, Say, runner
from tests.support.integration.llm import call
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

pytestmark = pytest.mark.usefixtures("clock")
lines, say, satellite = coach.lines, assist.say, assist.satellite

NUMBNESS = "Any numbness or tingling between the legs"
BLADDER = "Any change in passing water or stool?"
THIRD = "A weak leg, a fever, or a fall or crash?"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["my back hurts nine out of ten", "no", "no", "nope"], BackState.DOCTOR),
        (["my back hurts six out of ten", "no", "none", "no"], BackState.SORE),
        (["my back hurts six out of ten", "yes"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "I don't know"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "it's tingling there"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "no", "I'm not sure"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "no", "no", "a fever"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "no", "no", "my leg is weak"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "no", "no", "I fell yesterday"], BackState.EMERGENCY),
        (["my back hurts six out of ten", "no", "no", "I fell last month"], BackState.DOCTOR),
        (["my back hurts six out of ten", "no", "no", "no idea"], BackState.DOCTOR),
        (["my back hurts six out of ten", "no, but my foot drops"], BackState.EMERGENCY),
        (["I am pregnant and my back hurts", "yes, bleeding"], BackState.EMERGENCY),
        (["my legs are clumsy", "it's from today's run", "no", "no", "no"], BackState.NONE),
        (["my back hurts", "three"], BackState.SORE),
        (["my back", "two"], BackState.NONE),
    ],
)
async def test_dialogue_ends_in_state(
    set_up: SetUp, entry: MockConfigEntry, say: Say, said: Sequence[str], state: BackState
) -> None:
    coordinator = await set_up(entry)
    for sentence in said:
        await say(sentence)
    assert coordinator.data.back.state is state


@pytest.mark.parametrize(
    ("options", "said", "state"),
    [
        # Without any history, for comparison.
        ({}, ["my back hurts six out of ten", "no", "no", "no"], BackState.SORE),
        ({}, ["my back hurts six out of ten", "no", "no", "I fell last month"], BackState.DOCTOR),
        ({}, ["I stumbled and my back hurts", "no"], BackState.DOCTOR),
        *(
            ({"conditions": [condition]}, ["my back hurts six out of ten", "no", "no", "no"], BackState.DOCTOR)
            for condition in (
                "osteoporosis",
                "steroids",
                "cancer",
                "immune_suppression",
                "tb_contact",
                "injected_drugs",
                "psoriasis_or_uveitis",
            )
        ),
        *(
            (history, ["my back hurts six out of ten", "no", "no", "I fell last month"], BackState.EMERGENCY)
            for history in (
                {"conditions": ["osteoporosis"]},
                {"conditions": ["steroids"]},
                {"conditions": ["blood_thinners"]},
                {"age_band": "over_65"},
            )
        ),
        ({"conditions": ["osteoporosis"]}, ["my back hurts three out of ten"], BackState.DOCTOR),
        ({"age_band": "over_65"}, ["my back hurts three out of ten"], BackState.DOCTOR),
        ({"age_band": "from_51_to_65"}, ["my back hurts three out of ten"], BackState.DOCTOR),
        ({"age_band": "over_65"}, ["I stumbled and my back hurts"], BackState.EMERGENCY),
    ],
)
async def test_history_of_the_options_lowers_thresholds(
    hass: HomeAssistant, set_up: SetUp, say: Say, options: dict[str, object], said: Sequence[str], state: BackState
) -> None:
    entry = runner("Alex", ENTRY_ID)
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, options=options)
    coordinator = await set_up(entry)
    for sentence in said:
        await say(sentence)
    assert coordinator.data.back.state is state


@pytest.mark.parametrize(
    ("language", "report", "no", "fever"),
    [
        ("en", "my back is hurting a lot, seven out of ten", "no", "I have a fever"),
        ("de", "mir tut der Rücken richtig weh, sieben von zehn", "nein", "ja, Fieber"),
        ("fr", "mon dos me fait vraiment mal, sept sur dix", "non", "de la fièvre"),
        ("nl", "mijn rug doet echt pijn, een zeven van de tien", "nee", "koorts"),
        ("es", "me duele mucho la espalda, un siete de diez", "no", "tengo fiebre"),
    ],
)
async def test_questions_are_answered_in_every_language(
    set_up: SetUp, entry: MockConfigEntry, say: Say, language: str, report: str, no: str, fever: str
) -> None:
    coordinator = await set_up(entry)
    asked = []
    for sentence in (report, no, no):
        await say(sentence, language=language)
        asked.append(coordinator.data.back.question)
    assert asked == [Question.NUMBNESS, Question.BLADDER_OR_BOWEL, Question.WEAKNESS_FEVER_FALL]
    await say(fever, language=language)
    assert coordinator.data.back.state is BackState.EMERGENCY


@pytest.mark.parametrize(("country", "number"), [("US", "911"), ("DE", "112"), (None, "your local emergency number")])
async def test_emergency_is_read_back_with_number(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, country: str | None, number: str
) -> None:
    hass.config.country = country
    await set_up(entry)
    answer = await say("my groin is numb")
    assert answer.startswith("I understood: numbness around the groin or in both legs. Is that right?")
    assert number in answer
    assert number in await say("yes")


@pytest.mark.parametrize("reply", ["no", "that's wrong", "you misheard me"])
async def test_misheard_emergency_is_taken_back(set_up: SetUp, entry: MockConfigEntry, say: Say, reply: str) -> None:
    coordinator = await set_up(entry)
    await say("my groin is numb")
    assert "Taken back" in await say(reply)
    assert coordinator.data.back.state is BackState.NONE


async def test_wrong_answer_is_taken_back(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)
    await say("my back hurts six out of ten")
    assert "Is that right?" in await say("yes")
    assert BLADDER in await say("no")
    assert coordinator.data.back.state is BackState.DOCTOR


async def test_knowing_it_changes_nothing_else(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)
    await say("my groin is numb")
    assert "nothing else changes" in await say("I know")
    assert coordinator.data.back.state is BackState.EMERGENCY


async def test_doctor_clears_an_emergency(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)
    await say("I can't feel it when I wipe")
    assert "not yet" not in await say("the doctor hasn't cleared me yet")
    states = [coordinator.data.back.state]
    assert "cleared you" in await say("My doctor cleared me yesterday")
    assert [*states, coordinator.data.back.state] == [BackState.EMERGENCY, BackState.CLEARED]


async def test_answer_belongs_to_room_of_question(hass: HomeAssistant, set_up: SetUp, say: Say, satellite: Any) -> None:
    (gym, _), (kitchen, _) = satellite("Gym"), satellite("Kitchen")
    coordinator = await set_up(runner("Alex", ENTRY_ID))
    assert NUMBNESS in await say("my back hurts six out of ten", device_id=gym)
    await say("yes", device_id=kitchen)
    assert coordinator.data.back.state is BackState.DOCTOR
    assert BLADDER in await say("no", device_id=gym)


async def test_yes_is_not_ours_after_five_minutes(
    set_up: SetUp, entry: MockConfigEntry, say: Say, clock: FrozenDateTimeFactory
) -> None:
    coordinator = await set_up(entry)
    await say("my back hurts six out of ten")
    clock.tick(timedelta(minutes=5, seconds=1))
    await say("yes")
    assert coordinator.data.back.state is BackState.DOCTOR


async def test_two_runners_are_asked_for_the_name(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    alex = await set_up(entry)
    sam = await set_up(runner("Sam", SAM))
    assert "Say it again with the name" in await say("my groin is numb")
    await say("Sam's groin is numb")
    assert (alex.data.back.state, sam.data.back.state) == (BackState.NONE, BackState.EMERGENCY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "it hurts"),
        ("en", "ouch"),
        ("en", "stop, my back hurts"),
        ("de", "aua"),
        ("de", "es tut weh"),
        ("fr", "ça fait mal"),
        ("fr", "aïe"),
        ("nl", "het doet pijn"),
        ("es", "me duele"),
        ("es", "para, mi espalda"),
    ],
)
async def test_words_of_pain_pause_the_routine(
    hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, say: Say, satellite: Any, language: str, text: str
) -> None:
    device, _ = satellite("Attic")
    entry = runner("Alex", ENTRY_ID, coach.speaker())
    await set_up(entry)
    await hass.services.async_call(
        "home_gym", "start_routine", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True
    )
    answer = await say(text, language=language, device_id=device)
    player = entry.runtime_data.routines.player
    assert player is not None
    assert player.state is PlayerState.PAUSED
    assert "?" in answer


async def test_emergency_ends_the_routine(hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, say: Say) -> None:
    entry = runner("Alex", ENTRY_ID, coach.speaker())
    await set_up(entry)
    await hass.services.async_call(
        "home_gym", "start_routine", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True
    )
    await say("both my legs are numb")
    assert entry.runtime_data.routines.player is None


@pytest.mark.parametrize(("days", "asks"), [(3, True), (13, True), (15, False)])
async def test_illness_asks_after_recent_back_pain(
    set_up: SetUp, entry: MockConfigEntry, say: Say, clock: FrozenDateTimeFactory, days: int, asks: bool
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(2))
    clock.tick(timedelta(days=days))
    answer = await say("I have a fever")
    assert (NUMBNESS in answer) is asks
    assert coordinator.data.resting


async def test_illness_words_with_back_pain_are_an_emergency(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)
    await say("I have a fever and my back hurts")
    assert coordinator.data.back.state is BackState.EMERGENCY
    assert not coordinator.data.resting


async def test_core_is_refused_with_its_reason(set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.report_pain(3, red_flags=[RedFlag.NIGHT_PAIN]))
    assert "no core work and no rolling" in await say("Start my core workout")
    assert Habit.CORE not in coordinator.data.due


def data(result: ToolResult) -> dict[str, Any]:
    """Return the data of a tool's result."""
    found: Any = result.data
    assert isinstance(found, dict)
    return found


async def test_model_gets_state_question_and_instructions(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry
) -> None:
    hass.config.country = "US"
    await set_up(entry)
    bare = data(await call(hass, "log_pain", score=3))
    assert (bare["state"], bare["question"], bare["emergency_number"]) == ("sore", None, None)
    assert "bladder" in bare["instructions"]
    asked = data(await call(hass, "log_pain", score=8, signs=["night_pain"], area="lower_back"))
    assert (asked["state"], asked["question"]) == ("doctor", "numbness")
    assert NUMBNESS in asked["question_in_words"]
    assert "Ask the question" in asked["instructions"]
    emergency = data(await call(hass, "answer_back_question", answer="yes"))
    assert (emergency["state"], emergency["emergency_number"]) == ("emergency", "911")
    assert "emergency" in emergency["instructions"]
    assert data(await call(hass, "report_clearance", day="yesterday"))["error"]
    assert data(await call(hass, "report_clearance", day="2026-05-03"))["state"] == "cleared"
    assert data(await call(hass, "withdraw_pain_report"))["state"] == "cleared"
    assert (await call(hass, "answer_back_question", answer="no")).error
