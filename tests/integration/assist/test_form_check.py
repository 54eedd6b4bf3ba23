"""Form checks by voice: the offer, the countdown for the film, and the questions in five languages."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from custom_components.home_gym.assist import form_answers
from custom_components.home_gym.gym import verbs
from custom_components.home_gym.gym.coaching.form_checks import OFFERED_AT
from custom_components.home_gym.gym.prompts.form_check import FormPoint
from custom_components.home_gym.gym.prompts.prompt import PromptState
from custom_components.home_gym.gym.prompts.topic import NonHabitTopic
from custom_components.home_gym.speech import AnnouncementCancelledError, Line
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.support.integration import assist, coach
from tests.support.integration.assist import Say, runner
from tests.support.integration.example_runs import RUN
from tests.support.integration.runner_entry import SetUp

pytestmark = pytest.mark.usefixtures("clock")
lines, move_to, say = coach.lines, coach.move_to, assist.say

# In each language: the start, a yes, a no, a "don't know", and words of the outcome.
DIALOGUES = {
    "en": ("start the form check", "yes", "no", "I don't know", "belt line stays level"),
    "de": ("starte den Laufstil-Check", "ja", "nein", "weiß ich nicht", "Gürtellinie bleibt waagerecht"),
    "fr": ("commence l'examen de la foulée", "oui", "non", "je ne sais pas", "bassin horizontal"),
    "nl": ("start de loopstijlcheck", "ja", "nee", "weet ik niet", "bekken blijft horizontaal"),
    "es": ("empieza la revisión de la técnica", "sí", "no", "no lo sé", "cadera a nivel"),
}


async def test_questions_are_answered_in_every_language(set_up: SetUp, say: Say) -> None:
    """The hips and the width are to work on, the steps were not counted, and the rest is good."""
    coordinator = await set_up(runner())
    for language, (start, yes, no, unknown, outcome) in DIALOGUES.items():
        asked = [await say(text, language=language) for text in (start, *[yes] * 5, no, no)]
        assert len(set(asked)) == 8
        assert outcome in await say(unknown, language=language)
        check = coordinator.runner.form_checks.all()[0]
        assert check.good == tuple(FormPoint)[:5]
        assert check.to_work_on == (FormPoint.HIPS, FormPoint.WIDTH)
        await coordinator.async_apply(verbs.undo_last())
    assert coordinator.runner.form_checks.all() == []


@pytest.mark.parametrize(
    ("replies", "outcome", "checks"),
    [
        (["yes"] * 8, "It all looks good", 1),
        (["no idea"] * 8, "nothing to note", 0),
        # A sentence about something else leaves the question open.
        (["yes", "what's left today", *["yes"] * 7], "It all looks good", 1),
        # A second start begins again.
        (["no", "start the form check", *["yes"] * 8], "It all looks good", 1),
    ],
)
async def test_check_ends_with_its_outcome(
    set_up: SetUp, say: Say, replies: list[str], outcome: str, checks: int
) -> None:
    coordinator = await set_up(runner())
    await say("start the form check")
    answers = [await say(reply) for reply in replies]
    assert outcome in answers[-1]
    assert len(coordinator.runner.form_checks.all()) == checks
    assert not any(check.to_work_on for check in coordinator.runner.form_checks.all())
    assert await say("yes") == assist.NOT_OURS


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the lines of a countdown that takes no time."""
    heard: list[str] = []

    async def perform(_hass: HomeAssistant, _speaker: Any, spoken: Line, **_rest: Any) -> None:
        if not spoken.is_wanted():
            raise AnnouncementCancelledError
        heard.append(spoken.text)

    monkeypatch.setattr(form_answers, "async_perform", perform)
    for name in ("FILM_SECONDS", "COUNTING_SECONDS", "PLACING_SECONDS"):
        monkeypatch.setattr(form_answers, name, 0)
    return heard


async def test_film_is_counted_down_on_speaker(
    hass: HomeAssistant, set_up: SetUp, lines: coach.Lines, say: Say, heard: list[str]
) -> None:
    """A voice that is switched off counts nothing."""
    coordinator = await set_up(coach.runner(coach.speaker()))
    assert await say("count me down for the film") == "I count you down."
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [text.split(".")[0] for text in heard] == ["From the side", "Stop", "From behind", "Stop"]

    await coordinator.async_apply(verbs.allow_voice(False))
    await say("count me down for the film")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(heard) == 4


async def test_film_without_speaker_is_not_counted_down(set_up: SetUp, say: Say) -> None:
    await set_up(coach.runner(coach.phone()))
    assert await say("count me down for the film") == "There is no speaker near you for the countdown."


async def test_yes_to_the_offer_says_how(set_up: SetUp, lines: coach.Lines, say: Say, move_to: coach.Move) -> None:
    now = dt_util.utcnow()
    runs = [replace(RUN, start=now - timedelta(days=days)) for days in range(1, 56, 5)]
    runs[-1] = replace(RUN, start=now - timedelta(days=55))
    entry = coach.runner(coach.speaker(), prompts=[], check_in="never", quiet_start="23:00:00", quiet_end="23:00:00")
    coordinator = await set_up(entry)
    await coordinator.async_deliver(runs, live=False)
    calendar = coordinator.runner.settings.calendar
    await move_to(calendar.instant_of(OFFERED_AT, calendar.day_of(now) + timedelta(days=1)))
    assert "form" in lines.heard[-1]
    assert "hip height" in await say("yes")
    [fact] = [fact for fact in coordinator.runner.journal.prompts.values() if fact.topic is NonHabitTopic.FORM_CHECK]
    assert fact.state is PromptState.DONE
