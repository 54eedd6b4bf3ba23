"""Topics without an answer and open rests: the offer on the phone, the card's action, the options, and the voice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.home_gym.coach.topic_offer import moved, switched_off
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.coaching.form_checks import OFFERED_AT
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.prompts.prompt import HoldReason, PromptFact, PromptState
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic, Topic
from custom_components.home_gym.gym.views.form import form_view
from homeassistant.core import HomeAssistant
from homeassistant.util.dt import utcnow
from tests.support.integration import answers, assist, coach
from tests.support.integration.assist import Say
from tests.support.integration.coach import Move, runner
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp, entity_id_of
from tests.support.integration.shoe_question import Phone, runner as runner_with_phone

pytestmark = pytest.mark.usefixtures("clock")
move_to = coach.move_to
phone = answers.phone
prompts = coach.prompts
say = assist.say


def ask_in_vain(entry: MockConfigEntry, topic: Topic, *, weeks: int = 0) -> None:
    """Add three questions without an answer, the last of which is as many weeks old."""
    for number in range(3):
        asked = PromptFact(
            activity=f"{topic}/{number}",
            topic=topic,
            state=PromptState.EXPIRED,
            at=NOW - timedelta(days=number + 1, weeks=weeks),
            attempts=1,
            reason=HoldReason.UNANSWERED,
        )
        entry.runtime_data.runner.journal.add(asked)


def with_phone(hass: HomeAssistant, phone: Phone, **options: object) -> MockConfigEntry:
    """Return the entry of a runner with a phone."""
    entry = runner_with_phone(phone.entity.id)
    object.__setattr__(entry, "options", options)
    hass.states.async_set(phone.entity.entity_id, "unknown")
    return entry


async def pressed(phone: Phone, label: str) -> None:
    """Touch a button of the latest question."""
    buttons = {button["title"]: button["action"] for button in phone.asked[-1]["data"]["actions"]}
    await phone.touch(buttons[label])


@pytest.mark.parametrize(("label", "is_off"), [("Stop asking", True), ("Ask as before", False)])
async def test_offer_switches_topic_off_or_restores_it(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, label: str, is_off: bool
) -> None:
    entry = with_phone(hass, phone, prompts=["foam_roll"])
    coordinator = await set_up(entry)
    ask_in_vain(entry, Habit.FOAM_ROLL, weeks=3)
    await coordinator.async_tick()
    for hours in range(1, 27):
        await move_to(NOW + timedelta(hours=hours))
    assert "foam rolling" in phone.asked[-1]["message"]
    await pressed(phone, label)
    assert (entry.options["prompts"] == []) is is_off
    if not is_off:
        assert entry.runtime_data.runner.journal.restored_topics.keys() == {Habit.FOAM_ROLL}


async def core_work_offered(hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move) -> MockConfigEntry:
    """Return the entry of a runner with an offer on the phone, after three weeks of core work without an answer."""
    entry = with_phone(hass, phone, prompts=["core"])
    coordinator = await set_up(entry)
    ask_in_vain(entry, Habit.CORE, weeks=3)
    await coordinator.async_tick()
    for hours in range(1, 27):
        await move_to(NOW + timedelta(hours=hours))
        if phone.asked:
            break
    return entry


async def test_offer_moves_topic_by_button_and_action(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    entry = await core_work_offered(hass, set_up, phone, move_to)
    assert "core work" in phone.asked[-1]["message"]
    assert phone.titles == ["Stop asking", "Another time", "Ask as before"]
    await pressed(phone, "Another time")
    assert (entry.options["core_time"], entry.options["prompts"]) == ("08:00:00", ["core"])
    journal = entry.runtime_data.runner.journal
    assert journal.restored_topics.keys() == {Habit.CORE}
    assert [fact.state for fact in journal.prompts.values() if fact.topic is NonHabitTopic.OFFER] == [
        PromptState.DECLINED
    ]
    await hass.services.async_call(DOMAIN, "move_prompt", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.options["core_time"] == "18:00:00"


async def test_later_to_offer_moves_topic(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move, say: Say
) -> None:
    entry = await core_work_offered(hass, set_up, phone, move_to)
    answer = await say("later")
    assert answer == "All right. From now on I ask about core work at another time or on another speaker."
    assert entry.options["core_time"] == "08:00:00"


@pytest.mark.parametrize(
    ("topic", "options", "channels", "expected"),
    [
        (Habit.CORE, {"core_time": "18:00:00"}, (), {"core_time": "08:00:00"}),
        (Habit.CORE, {"core_time": "07:00:00"}, (), {"core_time": "18:00:00"}),
        (Habit.STRETCH, {"stretch_time": "19:00:00", "prompts": ["evening_stretch"]}, (), {"stretch_time": "08:00:00"}),
        (NonHabitTopic.CHECK_IN, {"check_in_time": "08:00:00"}, (), {"check_in_time": "12:00:00"}),
        (NonHabitTopic.CHECK_IN, {"check_in_time": "11:00:00"}, (), {"check_in_time": "08:00:00"}),
        # Without a time of its own, the first channel moves on.
        (Habit.FOAM_ROLL, {}, ("a", "p"), {"speakers": {"foam_roll": "p"}}),
        (
            Habit.FOAM_ROLL,
            {"speakers": {"foam_roll": "p", "core": "a"}},
            ("a", "p"),
            {"speakers": {"foam_roll": "a", "core": "a"}},
        ),
        (Habit.STRETCH, {"prompts": ["stretch"]}, ("a", "p"), {"speakers": {"stretch": "p"}}),
        (NonHabitTopic.SHOES, {}, ("a",), {}),
        (NonHabitTopic.SHOES, {}, (), {}),
    ],
)
def test_topic_moves_to_another_time_or_else_channel(
    topic: Topic, options: dict[str, object], channels: tuple[str, ...], expected: dict[str, object]
) -> None:
    assert moved(topic, {"prompts": [], "speakers": {}} | options, channels) == expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        (Habit.STRETCH, {"prompts": ["core"]}),
        (NonHabitTopic.SHOES, {"ask_shoes": False}),
        (NonHabitTopic.CHECK_IN, {"check_in": "never"}),
    ],
)
def test_each_topic_can_be_switched_off(topic: Topic, expected: dict[str, object]) -> None:
    assert switched_off(topic, {"prompts": ["core", "stretch", "evening_stretch"]}) == expected


async def test_open_rest_ends_with_a_button(hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move) -> None:
    entry = with_phone(hass, phone)
    coordinator = await set_up(entry)
    await coordinator.async_apply(verbs.rest(start=(NOW - timedelta(days=13)).date()))
    for hours in range(1, 25):
        await move_to(NOW + timedelta(hours=hours))
    assert "resting" in phone.asked[-1]["message"]
    await pressed(phone, "Training again")
    assert not coordinator.data.resting


async def test_restored_by_action_and_by_the_options(hass: HomeAssistant, set_up: SetUp) -> None:
    entry = runner()
    coordinator = await set_up(entry)
    options = hass.config_entries.options
    assert "restore" not in (await options.async_init(ENTRY_ID))["menu_options"]
    ask_in_vain(entry, Habit.CORE)
    await hass.services.async_call(
        DOMAIN, "restore_prompt", {"config_entry_id": ENTRY_ID, "habit": "core"}, blocking=True
    )
    assert coordinator.data.asked_less == {}
    ask_in_vain(entry, Habit.STRETCH)
    ask_in_vain(entry, NonHabitTopic.SHOES)
    menu = await options.async_init(ENTRY_ID)
    form = await options.async_configure(menu["flow_id"], {"next_step_id": "restore"})
    await options.async_configure(form["flow_id"], {"topics": ["stretch"]})
    assert coordinator.data.asked_less.keys() == {NonHabitTopic.SHOES}


async def test_silence_is_explained_by_voice_and_entity(
    hass: HomeAssistant, set_up: SetUp, say: Say, prompts: Callable[[], object]
) -> None:
    coordinator = await set_up(runner())
    entity = entity_id_of(hass, "event", "prompt")
    assert await say("Why didn't you ask me today?") == "There is no speaker or phone that I can reach."
    assert (state := hass.states.get(entity))
    assert state.attributes["silence"] == "no_speaker"
    await coordinator.async_apply(verbs.rest())
    assert await say("Why are you so quiet?") == "You are resting, so I ask nothing."
    assert (state := hass.states.get(entity))
    assert state.attributes["silence"] == "rest"


async def test_form_check_is_offered_on_phone_says_how_and_can_be_switched_off(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, move_to: Move
) -> None:
    """The offer, how to film, the check by the action, and its view beside the one before."""
    entry = with_phone(hass, phone, prompts=[], check_in="never")
    coordinator = await set_up(entry)
    runs = [replace(RUN, start=NOW - timedelta(days=days)) for days in (*range(1, 50, 5), 55)]
    await coordinator.async_deliver(runs, live=False)
    calendar = coordinator.runner.settings.calendar
    await move_to(calendar.instant_of(OFFERED_AT, calendar.day_of(NOW) + timedelta(days=1)))
    written = async_mock_service(hass, "notify", "send_message")
    await pressed(phone, "Show me how")
    assert "hip height" in written[-1].data["message"]
    view = form_view(coordinator.runner, utcnow())
    assert (view.is_due, view.checks) == (True, ())

    for points in ({"good": ["arms"], "to_work_on": ["width", "hips"], "seen_by": "coach"}, {"good": ["hips"]}):
        await move_to(utcnow() + timedelta(seconds=1))
        answer = await hass.services.async_call(
            DOMAIN, "log_form_check", {"config_entry_id": ENTRY_ID, **points}, blocking=True, return_response=True
        )
    assert answer is not None
    checks = answer["checks"]
    assert isinstance(checks, list)
    assert [check["cue"] for check in checks if isinstance(check, dict)] == [None, "hips"]
    view = form_view(coordinator.runner, utcnow())
    assert (view.is_due, [check.seen_by for check in view.checks]) == (False, ["film", "coach"])
    assert switched_off(NonHabitTopic.FORM_CHECK, {}) == {"form_check": False}
