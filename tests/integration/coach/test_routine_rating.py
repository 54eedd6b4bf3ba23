"""The question at the end of a routine: how hard it felt."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.coach import routine_rating
from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.practice import Effort
from custom_components.home_gym.routines import voice
from custom_components.home_gym.speech import Line
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from tests.support.integration import assist, coach, routines, shoe_question
from tests.support.integration.coach import Lines, runner, speaker
from tests.support.integration.example_runs import RUN
from tests.support.integration.routines import Pass, act
from tests.support.integration.runner_entry import ENTRY_ID, NOW, SetUp
from tests.support.integration.shoe_question import Phone

pytestmark = pytest.mark.usefixtures("clock")
USUAL = ("step", "roller", "gun", "towel", "cushion")
let_pass, lines, phone, satellite = routines.let_pass, coach.lines, shoe_question.phone, assist.satellite


def efforts(entry: MockConfigEntry) -> list[Effort | None]:
    """Return the answers of the sessions in the journal."""
    sessions = entry.runtime_data.runner.journal.sessions.values()
    return [session.practice.effort for session in sessions if session.practice]


async def done(hass: HomeAssistant, entry: MockConfigEntry, let_pass: Pass, *, habit: str = "massage") -> None:
    """Hold every step of a short routine to its end."""
    await act(hass, "start_routine", habit=habit, minutes=2)
    player = entry.runtime_data.routines.player
    # The question waits for the end of the last line.
    await let_pass(player.place.total + 30)


async def test_routine_is_rated_by_action(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker())
    await set_up(entry)
    with pytest.raises(ServiceValidationError, match="no recent routine of Alex"):
        await act(hass, "rate_routine", effort="easy")
    await done(hass, entry, let_pass)
    assert lines.heard[-1].endswith("Easy, right or hard?")
    assert efforts(entry) == [None]
    await act(hass, "rate_routine", effort="hard")
    assert efforts(entry) == [Effort.HARD]
    progress = entry.runtime_data.runner.progress(Habit.MASSAGE, entry.runtime_data.runner.sessions.all()[-1].end)
    assert progress.rotation == "A"
    # All follows from the journal on disk.
    await hass.config_entries.async_reload(ENTRY_ID)
    await hass.async_block_till_done()
    assert efforts(entry) == [Effort.HARD]


async def test_own_routine_asks_nothing(hass: HomeAssistant, set_up: SetUp, lines: Lines, let_pass: Pass) -> None:
    entry = runner(speaker(), routines=[{"name": "Mine", "habit": "stretch", "steps": "Breathe, 20 s"}])
    await set_up(entry)
    await act(hass, "start_routine", routine="Mine")
    await let_pass(70)
    assert not any("Easy, right or hard?" in heard for heard in lines.heard)


@pytest.mark.parametrize(("touched", "expected"), [("right", [Effort.RIGHT]), ("often", [None])])
async def test_phone_asks_without_a_speaker(
    hass: HomeAssistant, set_up: SetUp, phone: Phone, let_pass: Pass, touched: str, expected: list[Effort | None]
) -> None:
    entry = shoe_question.runner(phone.entity.id)
    object.__setattr__(entry, "options", {"prompts": [], "check_in": "never"})
    hass.states.async_set(phone.entity.entity_id, "unknown")
    await set_up(entry)
    await done(hass, entry, let_pass)
    asked = phone.asked[-1]
    assert asked["message"] == "Easy, right or hard?"
    assert [button["title"] for button in asked["data"]["actions"]] == ["Easy", "Right", "Hard"]
    await phone.touch(f"{DOMAIN}_rating/{ENTRY_ID}/{touched}")
    assert efforts(entry) == expected


@dataclass
class Satellite:
    """A satellite that says lines and hears replies."""

    replies: list[str | None]
    lines: list[str] = field(default_factory=list)


@pytest.fixture
def ears(
    hass: HomeAssistant, satellite: Callable[[str], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> tuple[ConfigSubentryData, Satellite]:
    """Return the speaker of a satellite, with its lines and replies at the end of routines."""
    _, entity = satellite("gym")
    hass.states.async_set(entity, "idle")
    data = ConfigSubentryData(data={"satellite": entity}, subentry_type="speaker", title="Gym", unique_id=None)
    heard = Satellite(replies=[])

    async def ask(_hass: HomeAssistant, _speaker: object, line: Line, **_others: object) -> str | None:
        heard.lines.append(line.text)
        return heard.replies.pop(0)

    async def unheard(_hass: HomeAssistant, _speaker: object, _line: Line, **_others: object) -> None:
        """Speak a line of the routine."""

    async def say(_hass: HomeAssistant, _speaker: object, line: Line, **_others: object) -> None:
        heard.lines.append(line.text)

    monkeypatch.setattr(routine_rating, "async_ask", ask)
    monkeypatch.setattr(routine_rating, "async_perform", say)
    monkeypatch.setattr(voice, "async_perform", unheard)
    return data, heard


@pytest.mark.parametrize(
    ("heard", "expected"), [("That was easy", Effort.EASY), ("Turn on the light", None), (None, None)]
)
async def test_satellite_hears_the_answer(
    hass: HomeAssistant,
    set_up: SetUp,
    ears: tuple[ConfigSubentryData, Satellite],
    let_pass: Pass,
    heard: str | None,
    expected: Effort | None,
) -> None:
    """Without an answer it asks no more."""
    entry = runner(ears[0], kit=["roller", "gun"])
    await set_up(entry)
    ears[1].replies = [heard]
    await done(hass, entry, let_pass)
    answer = ["Good. A little more next time."] if expected else []
    assert ears[1].lines == ["Easy, right or hard?", *answer]
    assert efforts(entry) == [expected]


async def test_run_is_rated_together_with_routine_after_it(
    hass: HomeAssistant, set_up: SetUp, ears: tuple[ConfigSubentryData, Satellite], let_pass: Pass
) -> None:
    """Both in one reply, and once an outing: the next routine asks about itself alone."""
    entry = runner(ears[0], kit=["roller", "gun"], prompts=["foam_roll"], effort=True, check_in="never")
    await set_up(entry)
    await entry.runtime_data.coordinator.async_deliver([RUN], live=False)
    ears[1].replies = ["right, and the run was a six", None, "easy"]
    await done(hass, entry, let_pass, habit="foam_roll")
    assert ears[1].lines == [
        "Easy, right or hard? And the run, from one to ten?",
        "Good, that's how it should be. Noted: 6 of ten.",
    ]
    [run] = entry.runtime_data.runner.runs.all()
    assert run.exertion is not None
    assert run.exertion.perceived == 6
    await done(hass, entry, let_pass, habit="foam_roll")
    assert ears[1].lines[2:] == ["Easy, right or hard?"]


async def test_milestone_is_said_once_at_the_end_of_a_routine(
    hass: HomeAssistant, set_up: SetUp, ears: tuple[ConfigSubentryData, Satellite], let_pass: Pass
) -> None:
    entry = runner(ears[0], kit=["roller", "gun"], prompts=[])
    coordinator = await set_up(entry)
    for days in range(9, 0, -1):
        await coordinator.async_apply(
            verbs.log_session(Habit.STRETCH, end=NOW - timedelta(days=2 * days), duration=600)
        )
    ears[1].replies = [None, None]
    for _ in range(2):
        await done(hass, entry, let_pass, habit="stretch")
    assert ears[1].lines == [
        "That makes ten stretching sessions so far. Easy, right or hard?",
        "Easy, right or hard?",
    ]


@pytest.mark.parametrize(
    ("heard", "answer", "kit"),
    [
        ("a roller and a massage gun", "Noted. The next routines use what you have.", ["roller", "gun"]),
        ("turn on the light", "Then I keep to the usual things.", [*USUAL]),
    ],
)
async def test_kit_is_asked_once_by_voice(
    hass: HomeAssistant,
    set_up: SetUp,
    ears: tuple[ConfigSubentryData, Satellite],
    let_pass: Pass,
    heard: str,
    answer: str,
    kit: list[str],
) -> None:
    """In place of the question about the routine, of which the next one is asked."""
    entry = runner(ears[0])
    await set_up(entry)
    ears[1].replies = [heard, None]
    await done(hass, entry, let_pass)
    assert "which of these do you have" in ears[1].lines[0]
    assert ears[1].lines[1].startswith(answer)
    assert entry.options["kit"] == kit
    await hass.async_block_till_done(wait_background_tasks=True)
    await done(hass, entry, let_pass)
    assert ears[1].lines[2:] == ["Easy, right or hard?"]
