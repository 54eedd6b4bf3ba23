"""Answers about a form check: its questions by voice, and the countdown for the film."""

import asyncio
from dataclasses import replace

from homeassistant.config_entries import ConfigSubentry
from homeassistant.exceptions import HomeAssistantError

from ..const import CONF_MEDIA_PLAYER, LOGGER
from ..gym import verbs
from ..gym.back.signs import Answer
from ..gym.prompts.form_check import FormPoint
from ..gym.speech.phrases import line
from ..options.speaker import is_written
from ..speech import UtterancePriority, async_perform, coach_line
from .back_dialogue import Expected, async_close_dialogue, async_open_dialogue
from .request import Request

# The films of a check, by the line before and the one after, and the seconds to put the phone in another place.
FILMS = (("side", "turn"), ("behind", "filmed"))
FILM_SECONDS = 20.0
PLACING_SECONDS = 20.0
# A line on a media player may have only begun by now, where a satellite has spoken it.
COUNTING_SECONDS = 6.0


async def async_start_form_check(request: Request) -> str:
    """Begin the questions of a form check, and return the first one."""
    point = request.gym.runner.form_checks.dialogue.start(request.now)
    return f"{line(request.phrases, 'form_check.intro')} {_ask(request, point)}"


async def async_answer_form_check(request: Request, reply: Answer) -> str:
    """Answer the open question of a form check, and return the next one, or the outcome."""
    dialogue, phrases = request.gym.runner.form_checks.dialogue, request.phrases
    if (point := dialogue.answer(reply, request.now)) is not None:
        return _ask(request, point)
    async_close_dialogue(request.hass, request.gym)
    good, to_work_on = dialogue.points(Answer.YES), dialogue.points(Answer.NO)
    dialogue.end()
    if not (good or to_work_on):
        return line(phrases, "form_check.unseen")
    await request.gym.coordinator.async_apply(verbs.log_form_check(good=good, to_work_on=to_work_on))
    if not to_work_on:
        return line(phrases, "form_check.good")
    first = next(point for point in FormPoint if point in to_work_on)
    return line(phrases, "form_check.to_work_on", point=line(phrases, f"form_check.point.{first}"))


async def async_film_form(request: Request) -> str:
    """Begin the countdown for the films on the speaker of this place."""
    gym = request.gym
    speaker = request.place.speaker_of(request.hass, gym) or next(
        (gym.entry.subentries[each] for each in gym.coordinator.heard if each in gym.entry.subentries), None
    )
    if speaker is None or is_written(speaker.data):
        return line(request.phrases, "form_check.no_speaker")
    gym.entry.async_create_background_task(
        request.hass, _async_count_down(request, speaker), f"{gym.entry.title}: film of the running form"
    )
    return line(request.phrases, "form_check.filming")


def _ask(request: Request, point: FormPoint) -> str:
    async_open_dialogue(request.hass, request.gym, Expected.FORM, request.place)
    return line(request.phrases, f"form_check.question.{point}")


async def _async_count_down(request: Request, speaker: ConfigSubentry) -> None:
    """Count down, wait for the length of each film, and end it."""
    try:
        for number, (before, after) in enumerate(FILMS):
            if number:
                await asyncio.sleep(PLACING_SECONDS)
            await _async_say(request, speaker, before)
            is_player = CONF_MEDIA_PLAYER in speaker.data
            await asyncio.sleep(FILM_SECONDS + (COUNTING_SECONDS if is_player else 0))
            await _async_say(request, speaker, after)
    except HomeAssistantError as error:
        LOGGER.warning("%s: the countdown for a film ended early: %s", request.gym.entry.title, error)


async def _async_say(request: Request, speaker: ConfigSubentry, key: str) -> None:
    runner = request.gym.runner
    spoken = coach_line(runner, request.phrases, line(request.phrases, f"form_check.{key}"))
    wanted = replace(spoken, is_wanted=lambda: not (runner.silence.is_voice_off or runner.silence.has_red_flag))
    await async_perform(request.hass, speaker.data, wanted, priority=UtterancePriority.ROUTINE)
