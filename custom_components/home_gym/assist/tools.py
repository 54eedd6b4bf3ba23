"""The language-model tools: the voice commands, with figures for the model's use."""

from collections.abc import Mapping, Sequence
from typing import Any, override

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers.llm import ToolAnnotations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import RunnerData
from ..gym.back.advice import Advice
from ..gym.exercises.level import Length
from ..gym.habits.habit import Habit
from ..gym.speech.phrases import Phrases, line
from ..gym.voice_commands import RestPeriod, VoiceCommand
from ..words import in_unit, say
from .back_tools import BACK_TOOLS
from .tool import CommandTool, FiguresTool

READ_ONLY = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
WRITING = ToolAnnotations(destructive=False, open_world=False)
WRITING_ONCE = ToolAnnotations(destructive=False, idempotent=True, open_world=False)

CONTROLS = {
    "pause": VoiceCommand.PAUSE_ROUTINE,
    "resume": VoiceCommand.RESUME_ROUTINE,
    "next": VoiceCommand.NEXT_STEP,
    "previous": VoiceCommand.PREVIOUS_STEP,
    "repeat": VoiceCommand.REPEAT_STEP,
    "stop": VoiceCommand.STOP_ROUTINE,
}
RESTS = {"begin": VoiceCommand.REST, "end": VoiceCommand.END_REST}


def _habit() -> dict[vol.Marker, Any]:
    names = [habit.value for habit in Habit]
    return {vol.Required("habit", description="Which habit."): vol.In(names)}


class GetSummary(FiguresTool):
    """Tool for a runner's training status."""

    name = f"{DOMAIN}__get_summary"
    title = "Get training summary"
    description = (
        "Get how a runner's training stands: the last run, the distance of the week, when each habit (warm-up, "
        "cool-down, foam rolling, stretching, core work, massage, heat or ice, compression gear) was last done, what "
        "is still due today, streaks, whether the runner rests, and the advice to see a doctor or another "
        "professional, which comes before all else. Use it for questions like 'When did I last stretch?' or 'What is "
        "left today?'."
    )
    annotations = READ_ONLY

    @override
    def figures(self, hass: HomeAssistant, gym: RunnerData) -> dict[str, Any]:
        """Return the summary, with distances in the home's unit and instants in its time zone."""
        summary = gym.runner.summary(dt_util.utcnow())
        last = summary.last_run
        streaks = {"core_streak_in_weeks": summary.core_streak, "stretch_streak_in_days": summary.stretch_streak}
        streaks |= {"longest_core_streak_in_weeks": summary.core_best}
        streaks |= {"longest_stretch_streak_in_days": summary.stretch_best}
        forgiven = summary.forgiven_week
        return {
            "advice": _advice(gym.phrases, summary.pain.advice),
            "last_run": {
                "start": dt_util.as_local(last.start).isoformat() if last.start else None,
                "distance": _distance(hass, last.distance),
                "minutes": round(last.duration / 60) if last.duration else None,
            },
            "distance_this_week": _distance(hass, summary.weekly_distance),
            "last_done": {
                habit.value: dt_util.as_local(done).isoformat() if done else None
                for habit, done in summary.last_session.items()
            },
            "due_today": [habit.value for habit in summary.due],
            "core_sessions_this_week": summary.core_sessions_this_week,
            **{name: streak for name, streak in streaks.items() if streak is not None},
            **({"missed_week_forgiven": forgiven.isoformat()} if forgiven else {}),
            "resting": summary.resting,
            "coach_is_silent_because": summary.waits.reason if summary.waits else None,
        }


class GetShoes(FiguresTool):
    """Tool for the wear of a runner's shoes."""

    name = f"{DOMAIN}__get_shoes"
    title = "Get running shoes"
    description = (
        "Get a runner's pairs of running shoes: how far each has run, how far it will still go, and whether it has to "
        "be replaced. Use it for questions like 'How many miles are on my shoes?'."
    )
    annotations = READ_ONLY

    @override
    def figures(self, hass: HomeAssistant, gym: RunnerData) -> dict[str, Any]:
        """Return each pair's wear, with distances in the home's unit."""
        summary = gym.runner.summary(dt_util.utcnow())
        return {
            "shoes": [
                {
                    "name": gym.entry.subentries[shoe].title,
                    "distance": _distance(hass, wear.distance),
                    "remaining": _distance(hass, wear.remaining),
                    "replacement_due": wear.replacement_due,
                    "worn_on_the_next_run": shoe == summary.chosen_shoe,
                }
                for shoe, wear in summary.shoes.items()
            ]
        }


class LogSession(CommandTool):
    """Tool to log a session."""

    name = f"{DOMAIN}__log_session"
    title = "Log training session"
    description = "Log that a runner has just done a habit, as in 'I did my core workout'. Call it once for each."
    annotations = WRITING

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the habit argument."""
        super().__init__(runners, _habit())

    @override
    def command(self, _arguments: Mapping[str, str]) -> VoiceCommand:
        """Return the command to log a session."""
        return VoiceCommand.LOG_SESSION


class StartRoutine(CommandTool):
    """Tool to start a guided routine."""

    name = f"{DOMAIN}__start_routine"
    title = "Start guided routine"
    description = (
        "Start a routine of exercises, spoken step by step on a speaker, as in 'Start my core workout': that of a "
        "habit, or one that a runner wrote."
    )
    annotations = WRITING

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the habit, length and routine arguments."""
        habit = vol.Optional("habit", description="Which habit.")
        length = vol.Optional("length", description="How much of a habit's routine. Leave it out for a short one.")
        routine = vol.Optional("routine", description="The name of a routine that a runner wrote, in place of a habit.")
        habits, lengths = [habit.value for habit in Habit], [length.value for length in Length]
        super().__init__(runners, {habit: vol.In(habits), length: vol.In(lengths), routine: str})

    @override
    def command(self, _arguments: Mapping[str, str]) -> VoiceCommand:
        """Return the command to start a routine."""
        return VoiceCommand.START_ROUTINE


class ControlRoutine(CommandTool):
    """Tool to control the current routine."""

    name = f"{DOMAIN}__control_routine"
    title = "Control guided routine"
    description = "Control the routine of exercises that a runner has going on."
    annotations = WRITING

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the command argument."""
        super().__init__(runners, {vol.Required("command", description="The command."): vol.In(list(CONTROLS))})

    @override
    def command(self, arguments: Mapping[str, str]) -> VoiceCommand:
        """Return the chosen control command."""
        return CONTROLS[arguments["command"]]


class LogRest(CommandTool):
    """Tool to begin or end a rest."""

    name = f"{DOMAIN}__rest"
    title = "Rest from training"
    description = (
        "Begin or end a rest from training, for illness, a holiday or a break. A resting runner gets no prompts."
    )
    annotations = WRITING_ONCE

    def __init__(self, runners: Sequence[str]) -> None:
        """Add the command and period arguments."""
        period = vol.Optional("period", description="How long a rest lasts. Leave it out for an open end.")
        periods = [period.value for period in RestPeriod]
        command = vol.Required("command", description="Begin or end the rest.")
        super().__init__(runners, {command: vol.In(list(RESTS)), period: vol.In(periods)})

    @override
    def command(self, arguments: Mapping[str, str]) -> VoiceCommand:
        """Return the command to begin or end a rest."""
        return RESTS[arguments["command"]]


TOOLS = (GetSummary, GetShoes, LogSession, *BACK_TOOLS, StartRoutine, ControlRoutine, LogRest)


def _advice(phrases: Phrases, advice: Advice | None) -> str | None:
    """Return the reason to see a professional, None without one."""
    if advice is Advice.RED_FLAG:
        return say(phrases, "error.red_flag")
    return line(phrases, f"report.advice.{advice}", turn=0) if advice else None


def _distance(hass: HomeAssistant, metres: float | None) -> str | None:
    """Return a distance in the unit of the home, with the unit."""
    if metres is None:
        return None
    figure, unit = in_unit(metres, hass.config.units)
    return f"{figure:.1f} {unit}"
