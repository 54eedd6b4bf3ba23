"""Sentences through Home Assistant's own conversation agent, and their answers."""

from collections.abc import Callable
from datetime import timedelta
import sys

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.home_gym.assist.intents import intent_type
from custom_components.home_gym.assist.runner_lookup import VoiceLocation, async_voice_location
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.intake.manual_entries import manual_run
from custom_components.home_gym.gym.routines.player import PlayerState
from custom_components.home_gym.gym.voice_commands import VoiceCommand
from homeassistant.components import conversation
from homeassistant.components.conversation import ConversationInput, agent_manager
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er, intent
from homeassistant.setup import async_setup_component
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
from tests.support.integration import assist
from tests.support.integration.assist import NOT_OURS, SAM, Say, ask, runner, speaker_in, speech_of
from tests.support.integration.coach import Lines, phone, speaker
from tests.support.integration.example_runs import RUN
from tests.support.integration.routines import built_in
from tests.support.integration.runner_entry import (
    ENTRY_ID,
    NEW_SHOE,
    NOW,
    OLD_SHOE,
    SetUp,
    shoe_data,
    state_of,
    with_id,
)

lines = assist.lines
satellite = assist.satellite
say = assist.say


pytestmark = pytest.mark.usefixtures("clock")


# Questions and reports


async def test_a_session_is_logged_and_remembered(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, clock: FrozenDateTimeFactory
) -> None:
    coordinator = await set_up(entry)

    assert await say("When did I last do core?") == "There is no core work in the journal yet."
    assert await say("I did my core workout.") == "Noted: core work."
    assert coordinator.data.last_session[Habit.CORE] == NOW
    # 18:00 UTC is 20:00 in Berlin in May.
    assert await say("When did I last do core?") == "The last core work was today at 8 PM."

    clock.move_to(NOW + timedelta(days=1))
    assert await say("When was my last core workout?") == "The last core work was yesterday at 8 PM."
    clock.move_to(NOW + timedelta(days=2))
    assert await say("When did I last do core") == "The last core work was on Monday."
    clock.move_to(NOW + timedelta(days=6))
    assert await say("When did I last do core") == "The last core work was on Monday."
    clock.move_to(NOW + timedelta(days=12))
    assert await say("When did I last do core") == "The last core work was 12 days ago."


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("de", "Ich habe mich gedehnt", "Eingetragen: Dehnen."),
        ("de-AT", "Ich habe mich gedehnt", "Eingetragen: Dehnen."),
        ("nl", "Ik heb gestretcht", "Genoteerd: rekken."),
        ("fr", "J'ai fait mes étirements", "C'est noté : étirements."),
        ("es", "He estirado", "Anotado: estiramientos."),
        ("pt", "I stretched", "Noted: stretching."),
    ],
)
async def test_every_language_is_understood_and_answered(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, language: str, text: str, answer: str
) -> None:
    coordinator = await set_up(entry)

    assert await say(text, language=language) == answer
    assert coordinator.data.last_session[Habit.STRETCH] == NOW


async def test_shoes_are_answered_in_kilometers(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    coordinator = await set_up(entry)

    await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
    # 480 km of 805 are run.
    question = "How many miles are on my shoes?"
    assert await say(question) == "Daily trainers: 480 kilometers run, 325 kilometers left."
    await coordinator.async_apply(verbs.choose_shoe(NEW_SHOE))
    assert await say(question) == "New trainers: 0 kilometers run, 805 kilometers left."


async def test_shoes_are_answered_in_miles(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    coordinator = await set_up(
        runner("Alex", ENTRY_ID, with_id(shoe_data("Racer", initial_distance=804_672), OLD_SHOE))
    )
    question = "How many miles are on my running shoes?"

    await coordinator.async_apply(verbs.choose_shoe(OLD_SHOE))
    # 804.672 km are 500 miles; 328 m, 0.2 miles, are left.
    assert await say(question) == "Racer: 500 miles run, 0.2 miles left."
    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(hours=1), moving_time=1800, distance=1609.344))
    )
    assert await say(question) == "Racer: 501 miles run. It is time for a new pair."


async def test_the_pair_worn_last_counts_where_none_is_worn_next(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    retired = [
        with_id(shoe_data(name, retired="2026-05-05", first_used=used), name)
        for name, used in (("First", "2026-01-01"), ("Second", "2026-05-01"))
    ]
    coordinator = await set_up(runner("Alex", ENTRY_ID, *retired))
    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(days=30), moving_time=1800, distance=9000))
    )
    await coordinator.async_apply(
        verbs.log_run(manual_run(start=NOW - timedelta(hours=1), moving_time=1800, distance=1000))
    )
    said = await say("How many miles are on my shoes?")
    # 805 km less one are 804.
    assert said == "Second: one kilometer run, 804 kilometers left."


async def test_question_without_shoes_is_answered(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    await set_up(runner())

    assert await say("Do I need new running shoes?") == "You have no shoes yet."


async def test_habits_left_today_are_listed(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    await set_up(entry)

    assert await say("What's left today?") == "Still to do today: stretching."
    await say("I stretched")
    assert await say("What's left today?") == "Nothing left for today."


async def test_a_rest_and_its_end(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say) -> None:
    coordinator = await set_up(entry)

    assert await say("I'm back") != "Welcome back."
    assert await say("I'm resting this week") == "Rest well. I won't ask for anything this week."
    [rest] = coordinator.runner.journal.rests.values()
    # From that Monday to the Sunday.
    assert (rest.start.isoformat(), rest.end and rest.end.isoformat()) == ("2026-05-04", "2026-05-10")
    assert await say("What's left today?") == "Today is a rest day."
    assert await say("I'm back") == "Welcome back."
    assert not coordinator.data.resting
    assert await say("I'm resting from training") == "Rest well. Tell me when you train again."
    assert coordinator.data.resting


# Routines


async def test_a_routine_is_started_and_controlled(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))

    assert await say("Pause the routine") == "No routine is active. Start one first."
    assert NOT_OURS in await say("pause")
    assert await say("Start my core workout") == "Here we go: core work."
    player = coordinator.config_entry.runtime_data.routines.player
    assert player is not None
    assert await say("Start stretching") == "A routine is already active."
    for text, state in (("Pause", PlayerState.PAUSED), ("Resume", PlayerState.RUNNING)):
        assert await say(text) == "All right."
        assert player.state is state
    for text in ("Next exercise", "Previous exercise", "Repeat this exercise", "Stop the routine"):
        assert await say(text) == "All right."
    assert coordinator.config_entry.runtime_data.routines.player is None
    assert NOT_OURS in await say("pause")


async def test_own_routine_is_started(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    entry = runner("Alex", ENTRY_ID, speaker())
    coordinator = await set_up(entry)
    await say("start my evening yoga")
    assert coordinator.config_entry.runtime_data.routines.player is None

    own = {"name": "Evening Yoga", "habit": "stretch", "steps": "Dog, 30 s"}
    hass.config_entries.async_update_entry(entry, options={"routines": [own]})
    await hass.async_block_till_done()
    assert await say("Start my evening yoga!") == "Here we go: Evening Yoga."
    gym = entry.runtime_data
    assert gym.routines.player is not None
    assert gym.routines.player.routine.name == "Evening Yoga"
    await hass.services.async_call(DOMAIN, "stop_routine", {"config_entry_id": ENTRY_ID}, blocking=True)
    assert await handled(hass, VoiceCommand.START_ROUTINE, routine="Yoga") == "I don't know a routine with that name."
    assert await handled(hass, VoiceCommand.START_ROUTINE) == "Which routine? Say its name."
    assert await handled(hass, VoiceCommand.START_ROUTINE, habit="core") == "Here we go: core work."


@pytest.mark.parametrize(
    ("language", "text", "length"),
    [
        ("en", "Start the short stretch routine", Length.SHORT),
        ("en", "Start a full stretching session", Length.FULL),
        ("de", "Starte das lange Dehnen", Length.FULL),
        ("fr", "Commence la séance complète d'étirements", Length.FULL),
        ("nl", "Start de volledige rekroutine", Length.FULL),
        ("es", "Empieza la rutina larga de estiramientos", Length.FULL),
        ("en", "Start stretching", Length.SHORT),
    ],
)
async def test_routine_has_requested_length(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, language: str, text: str, length: Length
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))

    await say(text, language=language)
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.routine == built_in(Habit.STRETCH, length=length)


async def test_a_routine_is_controlled_by_its_name(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))

    assert await say("Pause my core workout") == "No routine is active. Start one first."
    await say("Please start my core workout")
    player = coordinator.config_entry.runtime_data.routines.player
    assert player is not None
    assert await say("Pause my core workout, please") == "All right."
    assert player.state is PlayerState.PAUSED
    assert await say("Stop the core workout") == "All right."
    assert coordinator.config_entry.runtime_data.routines.player is None


async def test_other_runners_routine_does_not_replace_habit(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say
) -> None:
    """Alex wrote a routine called Core; Sam did not, and means the habit."""
    own = {"name": "Core!", "habit": "core", "steps": "Plank, 30 s"}
    with_own = runner("Alex", ENTRY_ID, speaker())
    await set_up(with_own)
    hass.config_entries.async_update_entry(with_own, options={"routines": [own]})
    await hass.async_block_till_done()
    sam = await set_up(runner("Sam", SAM, with_id(speaker(), "S1")))

    assert await say("Start Sam's core workout") == "Here we go: core work."
    assert sam.config_entry.runtime_data.routines.player is not None
    assert sam.config_entry.runtime_data.routines.player.routine == built_in(Habit.CORE)
    await say("Stop Sam's core workout")
    assert await say("Start Alex's core workout") == "Here we go: Core!."
    alex = with_own.runtime_data
    assert alex.routines.player is not None
    assert alex.routines.player.routine.name == "Core!"


# Answers to a prompt


@pytest.mark.parametrize(
    ("text", "answer", "state"),
    [
        ("Done", "Noted: stretching.", "done"),
        ("Later", "All right, I will ask again later.", "snoozed"),
        ("Not today", "All right, not today.", "declined"),
        ("Yes", "Here we go: stretching.", "spoken"),
    ],
)
async def test_a_prompt_is_answered(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, text: str, answer: str, state: str
) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))
    assert NOT_OURS in await say(text)

    await ask(hass, "stretch")
    assert await say(text) == answer
    [fact] = coordinator.runner.journal.prompts.values()
    assert fact.state == state
    assert (coordinator.config_entry.runtime_data.routines.player is not None) == (text == "Yes")


async def test_effort_rides_on_the_end_of_an_answer(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    """Once an outing: the number is heard only while the question is open."""
    entry = runner("Alex", ENTRY_ID, speaker())
    object.__setattr__(entry, "options", {"effort": True, "prompts": []})
    coordinator = await set_up(entry)
    await coordinator.async_deliver([RUN], live=True)
    assert NOT_OURS in await say("seven")

    await ask(hass, "stretch")
    assert await say("Done") == "Noted: stretching. How hard was the outing, from one to ten?"
    assert await say("zero") == "How hard was the outing, from one to ten?"
    assert await say("seven") == "Noted: 7 of ten."
    assert coordinator.data.last_run.figures.perceived_exertion == 7
    assert NOT_OURS in await say("seven")


async def test_routine_after_yes_counts_once(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker()))

    await ask(hass, "stretch")
    await say("yes")
    # "Done" ends the routine, of which too little was done.
    assert await say("done") == "All right."
    assert not coordinator.data.done_today


async def test_answers_count_for_five_minutes(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, clock: FrozenDateTimeFactory
) -> None:
    await set_up(runner("Alex", ENTRY_ID, speaker()))

    await ask(hass, "stretch")
    for _ in range(31):
        clock.tick(10)
        async_fire_time_changed(hass)
        await hass.async_block_till_done()
    assert NOT_OURS in await say("done")


async def test_a_phrase_goes_elsewhere_again_after_an_answer(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say
) -> None:
    await set_up(runner("Alex", ENTRY_ID, speaker()))

    await ask(hass, "stretch")
    assert await say("done") == "Noted: stretching."
    assert NOT_OURS in await say("done")


# Runners


async def test_runner_of_the_room_is_meant(
    hass: HomeAssistant, set_up: SetUp, say: Say, satellite: Callable[[str], tuple[str, str]]
) -> None:
    """Alex is in earshot of the gym's satellite, Sam of the bedroom's, both of the hall's."""
    gym, gym_entity = satellite("Gym")
    bedroom, _ = satellite("Bedroom")
    hall, _ = satellite("Hall")
    areas = {name: area.id for name in ("Bedroom", "Hall") if (area := ar.async_get(hass).async_get_area_by_name(name))}
    at_the_gym = ConfigSubentryData(
        data={"satellite": gym_entity}, subentry_type="speaker", title="Gym", unique_id=None
    )
    alex = await set_up(runner("Alex", ENTRY_ID, with_id(at_the_gym, "A1"), speaker_in(areas["Hall"], "A2")))
    sam = await set_up(runner("Sam", SAM, speaker_in(areas["Bedroom"], "S1"), speaker_in(areas["Hall"], "S2")))

    who = "Who is it: Alex or Sam? Say it again with the name."
    assert await say("I stretched") == who
    assert await say("I stretched", device_id=hall) == who
    assert not alex.data.done_today | sam.data.done_today
    await say("I stretched", device_id=gym)
    assert alex.data.done_today == {Habit.STRETCH}
    assert not sam.data.done_today
    await say("I stretched", device_id=bedroom)
    assert sam.data.done_today == {Habit.STRETCH}
    assert await say("Sam did core", device_id=gym) == "Noted: core work."
    assert sam.data.done_today == {Habit.STRETCH, Habit.CORE}


@pytest.mark.parametrize(
    ("of_device", "of_entity", "heard_in"),
    [("Gym", None, "Gym"), ("Gym", "Hall", "Hall"), (None, "Hall", "Hall"), (None, None, None)],
)
async def test_voice_location_comes_from_entity_then_device(
    hass: HomeAssistant, of_device: str | None, of_entity: str | None, heard_in: str | None
) -> None:
    """An entity with an area of its own is there, in spite of its device."""
    owner = MockConfigEntry(domain="test")
    owner.add_to_hass(hass)
    areas = {name: ar.async_get(hass).async_create(name).id for name in ("Gym", "Hall")}
    devices, entities = dr.async_get(hass), er.async_get(hass)
    device = devices.async_get_or_create(config_entry_id=owner.entry_id, identifiers={("test", "1")})
    devices.async_update_device(device.id, area_id=areas[of_device] if of_device else None)
    entity = entities.async_get_or_create(
        "assist_satellite", "test", "1", device_id=device.id, original_name="Voice", has_entity_name=True
    )
    entities.async_update_entity(entity.entity_id, area_id=areas[of_entity] if of_entity else None)
    place = VoiceLocation(satellite=entity.entity_id, area=areas[heard_in] if heard_in else None)

    assert async_voice_location(hass, device_id=device.id) == place
    assert async_voice_location(hass, device_id=None, satellite_id=entity.entity_id) == place


async def test_voice_location_is_empty_without_device(hass: HomeAssistant) -> None:
    assert async_voice_location(hass, device_id=None) == VoiceLocation()
    assert async_voice_location(hass, device_id="gone") == VoiceLocation()
    assert async_voice_location(hass, device_id=None, satellite_id="assist_satellite.gone") == VoiceLocation(
        satellite="assist_satellite.gone"
    )


async def test_a_speaker_is_where_its_device_is(
    hass: HomeAssistant, set_up: SetUp, say: Say, satellite: Callable[[str], tuple[str, str]]
) -> None:
    """Alex chose no area for the satellite, but its device has one; so has another satellite that is not Alex's."""
    _, chosen = satellite("Gym")
    owner = MockConfigEntry(domain="test")
    owner.add_to_hass(hass)
    devices = dr.async_get(hass)
    other = devices.async_get_or_create(config_entry_id=owner.entry_id, identifiers={("test", "other")})
    area = ar.async_get(hass).async_get_area_by_name("Gym")
    assert area is not None
    devices.async_update_device(other.id, area_id=area.id)
    subentry = ConfigSubentryData(data={"satellite": chosen}, subentry_type="speaker", title="Gym", unique_id=None)
    alex = await set_up(runner("Alex", ENTRY_ID, with_id(subentry, "A1")))
    await set_up(runner("Sam", SAM))

    assert await say("I stretched", device_id=other.id) == "Noted: stretching."
    assert alex.data.done_today == {Habit.STRETCH}


async def test_answer_means_the_asked_runner(hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say) -> None:
    alex = await set_up(runner("Alex", ENTRY_ID, speaker()))
    sam = await set_up(runner("Sam", SAM, with_id(speaker(), "S1")))

    await ask(hass, "stretch", SAM)
    assert await say("done") == "Noted: stretching."
    assert not alex.data.done_today
    assert sam.data.done_today == {Habit.STRETCH}


async def test_routine_speaks_on_satellite_that_asked(
    hass: HomeAssistant, set_up: SetUp, lines: Lines, say: Say, satellite: Callable[[str], tuple[str, str]]
) -> None:
    device, _ = satellite("Cellar")
    area = ar.async_get(hass).async_get_area_by_name("Cellar")
    assert area is not None
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker(), phone(), speaker_in(area.id, "NEAR")))

    await say("Start my core workout", device_id=device)
    assert coordinator.config_entry.runtime_data.routines.player is not None
    assert coordinator.config_entry.runtime_data.routines.player.speaker == "NEAR"


async def test_names_come_and_go_with_runners(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    alex, sam = runner(), runner("Sam", SAM)
    await set_up(alex)
    assert NOT_OURS in await say("Sam did core")
    await set_up(sam)
    assert await say("Sam did core") == "Noted: core work."
    await hass.config_entries.async_unload(SAM)
    await hass.async_block_till_done()
    assert NOT_OURS in await say("Sam did core")
    await hass.config_entries.async_unload(ENTRY_ID)
    await hass.async_block_till_done()
    assert agent_manager.get_agent_manager(hass).trigger_sentences == []


async def test_a_runner_gets_another_name(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    entry = runner()
    await set_up(entry)

    hass.config_entries.async_update_entry(entry, title="Kim")
    await hass.async_block_till_done()
    assert await say("Kim did core") == "Noted: core work."


# Failures


@pytest.mark.parametrize("change", ["gone", "other", "none", "moved"])
async def test_changed_agent_disables_sentences_only(
    hass: HomeAssistant,
    set_up: SetUp,
    entry: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    change: str,
) -> None:
    """Everything else works, and the log says so once."""
    if change == "gone":
        monkeypatch.delattr(agent_manager.AgentManager, "register_trigger")
    elif change == "other":
        monkeypatch.setattr(agent_manager.AgentManager, "register_trigger", lambda _self: None)
    elif change == "none":
        monkeypatch.delattr(agent_manager, "get_agent_manager")
    else:
        monkeypatch.delattr(conversation, "agent_manager")
        monkeypatch.setitem(sys.modules, agent_manager.__name__, None)
        monkeypatch.delitem(sys.modules, "custom_components.home_gym.ha.conversation", raising=False)
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "intent", {})
    hass.config.components.add("conversation")
    await set_up(entry)

    response = await intent.async_handle(
        hass, "test", intent_type(VoiceCommand.LOG_SESSION), {"habit": {"value": "core"}}
    )
    assert response.speech["plain"]["speech"] == "Noted: core work."
    assert caplog.text.count("conversation agent has changed") == 1


async def test_intents_work_without_conversation(hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry) -> None:
    await set_up(entry)

    assert "intent" not in hass.config.components
    assert state_of(hass, "binary_sensor", "stretch_due") == "on"


async def handled(hass: HomeAssistant, command: VoiceCommand, **slots: str) -> str:
    """Handle an intent, and return the spoken answer."""
    told = {name: {"value": value} for name, value in slots.items()}
    response = await intent.async_handle(hass, "test", intent_type(command), told)
    speech: str = response.speech["plain"]["speech"]
    return speech


async def test_intents_of_other_origin_are_handled(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    coordinator = await set_up(entry)

    assert await handled(hass, VoiceCommand.LOG_SESSION, habit="massage", runner="alex") == "Noted: massage."
    assert (
        await handled(hass, VoiceCommand.LOG_SESSION, habit="core", runner="Kim") == "I don't know a runner called Kim."
    )
    assert await handled(hass, VoiceCommand.DONE) == "There is no question to answer."
    assert await handled(hass, VoiceCommand.REST, period="today") == "Rest well today."
    assert coordinator.data.resting
    for slots in ({}, {"habit": {"value": "juggling"}}):
        with pytest.raises(intent.InvalidSlotInfo):
            await intent.async_handle(hass, "test", intent_type(VoiceCommand.LOG_SESSION), slots)
    await hass.config_entries.async_unload(ENTRY_ID)
    assert await handled(hass, VoiceCommand.SHOES) == "There is no runner yet."


async def test_failed_command_is_answered_and_logged(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = await set_up(entry)
    await coordinator.async_close()

    assert await say("I did core") == "That did not work. The log says why."
    assert "log_session was not done: Alex is being reloaded" in caplog.text


async def test_sentence_by_websocket_is_answered(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, hass_ws_client: WebSocketGenerator
) -> None:
    await set_up(entry)
    client = await hass_ws_client(hass)

    await client.send_json_auto_id({"type": "conversation/process", "text": "I foam rolled", "language": "en"})
    answer = await client.receive_json()
    assert speech_of(answer["result"]) == "Noted: foam rolling."


async def test_sentence_by_action_is_answered(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    await set_up(entry)

    answer = await hass.services.async_call(
        "conversation", "process", {"text": "I foam rolled"}, blocking=True, return_response=True
    )
    assert speech_of(answer) == "Noted: foam rolling."


@pytest.mark.parametrize("text", ["turn on the light", "start the timer", "stop", "yes", "I'm back", "next"])
async def test_everyday_sentences_are_left_to_agent(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say, text: str
) -> None:
    coordinator = await set_up(entry)
    before = coordinator.data

    await say(text)
    agent = agent_manager.get_agent_manager(hass).default_agent
    assert agent is not None
    assert await agent.async_recognize_sentence_trigger(heard(text)) is None
    assert coordinator.data == before


def heard(text: str) -> ConversationInput:
    """Return a pipeline's input."""
    return ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language="en",
        agent_id="conversation.home_assistant",
    )


async def test_sentence_unknown_to_gym_is_answered_by_agent(
    hass: HomeAssistant, set_up: SetUp, entry: MockConfigEntry, say: Say
) -> None:
    await set_up(entry)

    [listen] = agent_manager.get_agent_manager(hass)._trigger_callbacks.values()
    # The agent's own interpretation doesn't matter here.
    assert await listen(heard("Stretch the truth"), None) == NOT_OURS  # type: ignore[arg-type]
