"""Answer handlers: each performs one voice command and returns the spoken answer."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from homeassistant.util import dt as dt_util

from ..data import RunnerData
from ..gym import verbs
from ..gym.calendar import A_DAY
from ..gym.habits.habit import Habit
from ..gym.prompts.prompt import HoldReason, Prompt
from ..gym.prompts.topic import NonHabitTopic
from ..gym.routines.player_lines import explanation_lines, words
from ..gym.shoes.shoe import Wear
from ..gym.speech.phrases import line
from ..gym.voice_commands import VoiceCommand, spoken
from ..words import distance, in_words, topic_name, when, wise_line
from .back_answers import (
    async_answer_triage,
    async_check_in,
    async_clear,
    async_pain,
    async_withdraw,
)
from .form_answers import async_film_form, async_start_form_check
from .illness import async_rest
from .open_questions import async_answerable, async_open_questions
from .request import Request

type AnswerHandler = Callable[[Request], Awaitable[str]]


def shoe_of(gym: RunnerData) -> tuple[str, Wear] | None:
    """Return name and wear of the pair for the next run, else of the one worn last."""
    summary = gym.runner.summary(dt_util.utcnow())
    worn = {wear.last_used: shoe for shoe, wear in summary.shoes.items() if wear.last_used}
    shoe = summary.chosen_shoe or (worn[max(worn)] if worn else None)
    return (gym.entry.subentries[shoe].title, summary.shoes[shoe]) if shoe else None


async def _start(request: Request, name: str, **arguments: str) -> str:
    speaker = request.place.speaker_of(request.hass, request.gym)
    where = {"speaker": speaker.subentry_id} if speaker else {}
    await request.act("start_routine", **arguments, **where)
    return request.phrase("started", habit=name)


async def _start_habit(request: Request, habit: Habit) -> str:
    length = {"length": request.length.value} if request.length else {}
    minutes = {"minutes": str(request.minutes)} if request.minutes else {}
    return await _start(request, request.habit_name(habit), habit=habit.value, **length, **minutes)


async def _start_routine(request: Request) -> str:
    own = _own_routine(request)
    # The routine's name may belong to another runner's, and the habit is meant.
    if request.habit and own is None:
        return await _start_habit(request, request.habit)
    # The action rejects unknown names.
    routine = own or request.routine
    return await _start(request, request.routine or "", **({"routine": routine} if routine else {}))


def _own_routine(request: Request) -> str | None:
    """Return the name of the runner's own routine as written, None if the request names none of them."""
    if request.routine is None:
        return None
    sound = spoken(request.routine)
    return next((routine.id for routine in request.gym.runner.settings.routines if spoken(routine.id) == sound), None)


def _controlling(action: str) -> AnswerHandler:
    async def control(request: Request) -> str:
        await request.act(action)
        return request.phrase("controlled")

    return control


async def _rate(request: Request) -> str:
    effort = request.effort
    if effort is None:
        raise ValueError("an effort is missing")
    await request.gym.coordinator.async_apply(verbs.rate(effort))
    rated = request.phrase(f"rated_{effort}")
    # The outing may be rated in the same breath.
    if request.score is None or not request.gym.runner.effort.is_open(request.now):
        return rated
    return f"{rated} {await async_check_in(request)}"


async def _explain(request: Request) -> str:
    """Return the whole text of the present step: how it goes, a tip, and when to stop."""
    player = request.gym.routines.player
    step = player.step if player else None
    if step is None:
        return request.phrase("error.no_routine")
    return " ".join(words(request.phrases, part) for part in explanation_lines(step))


async def _log(request: Request, habit: Habit) -> str:
    await request.gym.coordinator.async_apply(verbs.log_session(habit))
    return request.phrase("logged", habit=request.habit_name(habit))


async def _log_session(request: Request) -> str:
    return await _log(request, _habit_of(request))


async def _shoes(request: Request) -> str:
    if (shoe := shoe_of(request.gym)) is None:
        return request.phrase("no_shoes")
    name, wear = shoe
    units = request.hass.config.units
    run, left = (
        distance(request.phrases, request.formats, metres, units) for metres in (wear.distance, wear.remaining)
    )
    if wear.replacement_due:
        return request.phrase("shoe_due", shoe=name, distance=run)
    return request.phrase("shoe", shoe=name, distance=run, remaining=left)


async def _last_session(request: Request) -> str:
    habit = _habit_of(request)
    runner = request.gym.runner
    last = runner.summary(request.now).last_session[habit]
    if last is None:
        return request.phrase("never", habit=request.habit_name(habit))
    moment = when(request.phrases, request.formats, last, now=request.now, calendar=runner.settings.calendar)
    return request.phrase("last", habit=request.habit_name(habit), when=moment)


async def _today(request: Request) -> str:
    summary = request.gym.runner.summary(request.now)
    if summary.silence is HoldReason.RED_FLAG:
        return request.phrase("error.red_flag")
    if summary.silence is HoldReason.REST:
        return request.phrase("resting")
    due = [request.habit_name(habit) for habit in summary.due]
    return request.phrase("left", habits=in_words(request.phrases, due)) if due else request.phrase("nothing_left")


async def _wise_distance(request: Request) -> str:
    runner = request.gym.runner
    if runner.summary(request.now).silence is HoldReason.RED_FLAG:
        return request.phrase("error.red_flag")
    wise = runner.summary(request.now + A_DAY if request.tomorrow else request.now).wise
    if wise is None:
        return request.phrase("wise.unknown")
    if not request.tomorrow:
        return wise_line(request.phrases, request.formats, wise, request.hass.config.units)
    if not wise.distance:
        return request.phrase("wise.tomorrow_none")
    spoken_distance = distance(request.phrases, request.formats, wise.distance, request.hass.config.units)
    return request.phrase("wise.tomorrow", distance=spoken_distance)


async def _why_silent(request: Request) -> str:
    """Return why the coach doesn't speak now, or else why it left its latest question out."""
    explanations, calendar = request.gym.runner.explanations, request.gym.runner.settings.calendar
    unasked = explanations.unasked(request.now)
    status = explanations.waits(request.now) or (unasked[1] if unasked else None)
    if status is None:
        return request.phrase("silent.none")
    habit = topic_name(request.phrases, unasked[0].topic) if unasked else ""
    time = request.formats.spoken_time(calendar.time_of(status.until)) if status.until else ""
    return request.phrase(f"silent.{status.reason}", habit=habit, time=time)


async def _end_rest(request: Request) -> str:
    await request.gym.coordinator.async_apply(verbs.end_rest())
    return request.phrase("rest_over")


async def _agree(request: Request) -> str:
    habit = _answered_prompt(request).habit
    return await _start_habit(request, habit) if habit else await _settle(request)


async def _done(request: Request) -> str:
    habit = _answered_prompt(request).habit
    return await _with_effort(request, await _log(request, habit) if habit else await _settle(request))


async def _with_effort(request: Request, reply: str) -> str:
    """Return a reply with the question about the outing's effort, unless that was asked."""
    if not request.gym.runner.effort.may_ask(request.now):
        return reply
    await request.gym.coordinator.async_apply(verbs.ask_effort())
    return f"{reply} {request.phrase('effort_ask')}"


async def _settle(request: Request) -> str:
    topic = _answered_prompt(request).topic
    # Only a score answers the check-in.
    if topic is NonHabitTopic.CHECK_IN:
        return request.phrase("pain_how_much")
    await request.gym.coordinator.async_apply(verbs.settle(topic))
    if topic is NonHabitTopic.FORM_CHECK:
        return line(request.phrases, "form_check.how")
    return request.phrase("settled")


async def _later(request: Request) -> str:
    minutes = request.minutes
    prompt = _answered_prompt(request)
    if prompt.about is not None and minutes is None:
        # "Later" to the offer to stop asking is another time for the topic itself.
        await request.gym.coordinator.async_apply(verbs.move_topic(prompt.about))
        return request.phrase("moved", habit=topic_name(request.phrases, prompt.about))
    delay = None if minutes is None else timedelta(minutes=minutes)
    await request.gym.coordinator.async_apply(verbs.snooze(prompt.topic, delay))
    if minutes is None:
        return request.phrase("later")
    return request.phrase("later_in", minutes=minutes)


async def _decline(request: Request) -> str:
    await request.gym.coordinator.async_apply(verbs.decline(_answered_prompt(request).topic))
    return request.phrase("declined")


ANSWER_HANDLERS: Mapping[VoiceCommand, AnswerHandler] = {
    VoiceCommand.START_ROUTINE: _start_routine,
    VoiceCommand.PAUSE_ROUTINE: _controlling("pause_routine"),
    VoiceCommand.RESUME_ROUTINE: _controlling("resume_routine"),
    VoiceCommand.NEXT_STEP: _controlling("next_step"),
    VoiceCommand.PREVIOUS_STEP: _controlling("previous_step"),
    VoiceCommand.REPEAT_STEP: _controlling("repeat_step"),
    VoiceCommand.STOP_ROUTINE: _controlling("stop_routine"),
    VoiceCommand.LOG_SESSION: _log_session,
    VoiceCommand.SHOES: _shoes,
    VoiceCommand.LAST_SESSION: _last_session,
    VoiceCommand.PAIN: async_pain,
    VoiceCommand.CHECK_IN: async_check_in,
    VoiceCommand.TODAY: _today,
    VoiceCommand.WHY_SILENT: _why_silent,
    VoiceCommand.WISE_DISTANCE: _wise_distance,
    VoiceCommand.REST: async_rest,
    VoiceCommand.END_REST: _end_rest,
    VoiceCommand.AGREE: _agree,
    VoiceCommand.DONE: _done,
    VoiceCommand.LATER: _later,
    VoiceCommand.DECLINE: _decline,
    VoiceCommand.ANSWER_TRIAGE: async_answer_triage,
    VoiceCommand.CLEAR_BACK: async_clear,
    VoiceCommand.WITHDRAW_REPORT: async_withdraw,
    VoiceCommand.RATE_ROUTINE: _rate,
    VoiceCommand.EXPLAIN_STEP: _explain,
    VoiceCommand.START_FORM_CHECK: async_start_form_check,
    VoiceCommand.FILM_FORM: async_film_form,
}


def _answered_prompt(request: Request) -> Prompt:
    """Return the prompt being answered, preferably one asked at the request's location.

    Raises NothingToAnswerError.
    """
    questions = async_open_questions([request.gym], request.now)
    here = async_answerable(request.hass, questions, request.place)
    topic = request.habit or (here[0].topic if here else None)
    return request.gym.runner.replies.prompt_for(request.now, topic)


def _habit_of(request: Request) -> Habit:
    """Return the habit of a sentence; sentences without one were rejected before."""
    if request.habit is None:
        raise ValueError("a habit is missing")
    return request.habit
