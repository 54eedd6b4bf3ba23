"""Construction of a runner's runtime data and components."""

from collections.abc import Collection
from datetime import datetime

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .coach.activity import ActivityLog
from .coach.asking_automations import AskingAutomations
from .coach.experiment_result import ExperimentPhoneResult
from .coach.function_question import FunctionQuestion
from .coach.phone_messages import PhoneMessages
from .coach.phone_replies import PhoneReplies
from .coach.planned_runs import PlannedRuns
from .coach.prompt_clock import PromptClock
from .coach.routine_on_phones import RoutineOnPhones
from .coach.routine_rating import RoutineRating
from .coach.shoe_question import ShoeQuestion
from .coach.topic_offer import TopicOffer
from .coach.triage_question import TriagePhoneQuestion
from .component import Component
from .const import LOGGER
from .coordinator import HomeGymCoordinator
from .data import HomeGymConfigEntry, RunnerData, async_loaded_runners
from .entry_changes import EntryChanges
from .entry_snapshot import async_restore
from .gym.journal.held import hold_back
from .gym.journal.journal import Journal
from .gym.runner import Runner
from .gym.settings import Settings
from .importer import Importer
from .issues.journal import async_load_journal
from .issues.reporter import IssueReporter
from .journal_care import JournalCare
from .languages import async_phrases
from .room.taking_part import RoutineRoom
from .routines.routine_clock import RoutineClock
from .runner_news import NewsSender
from .runner_states import RunnerStates
from .settings import settings_of
from .sources.watchers import SourceWatchers
from .statistics import DistanceStatistics
from .store import JournalStore, garbage_collection_paused


async def async_build_runner_data(hass: HomeAssistant, entry: HomeGymConfigEntry) -> RunnerData:
    """Build the runtime data of a runner from the journal."""
    phrases = await async_phrases(hass, hass.config.language)
    store = JournalStore(hass, entry.entry_id)
    if removed := await store.async_adopt(entry.title):
        async_restore(hass, entry, removed, with_options=True)
    with garbage_collection_paused():
        journal = await async_load_journal(hass, entry, store)
        runner = await hass.async_add_executor_job(_runner, settings_of(hass, entry), journal, dt_util.utcnow())
    coordinator = HomeGymCoordinator(hass, entry, runner, store)

    def busy_speakers() -> Collection[str]:
        others = (gym.routines.busy_speaker for gym in async_loaded_runners(hass) if gym.entry is not entry)
        return {speaker for speaker in others if speaker}

    return RunnerData(
        coordinator=coordinator,
        phrases=phrases,
        routines=RoutineClock(hass, coordinator, phrases, busy_speakers),
        importer=Importer(hass, coordinator, phrases),
        changes=EntryChanges(coordinator),
        states=RunnerStates(coordinator),
    )


def _runner(settings: Settings, journal: Journal, now: datetime) -> Runner:
    """Derive a runner from a journal, without facts dated after now."""
    calendar = settings.calendar
    if held := hold_back(journal, now, calendar.week_of(calendar.day_of(now))):
        LOGGER.warning("%s facts are dated after %s, and count once their time has come", held, now)
    return Runner(settings, journal)


def components_of(hass: HomeAssistant, gym: RunnerData) -> tuple[Component, ...]:
    """Return the components of a runner, in their starting order."""
    question, messages = TriagePhoneQuestion(hass, gym), PhoneMessages(hass, gym)
    planned_runs = PlannedRuns(hass, gym)
    return (
        gym.states,
        PromptClock(hass, gym),
        gym.routines,
        RoutineOnPhones(hass, gym),
        RoutineRoom(hass, gym),
        question,
        FunctionQuestion(hass, gym, messages),
        RoutineRating(hass, gym, messages),
        messages,
        PhoneReplies(hass, gym, question, messages),
        ShoeQuestion(hass, gym, messages),
        TopicOffer(hass, gym),
        planned_runs,
        ExperimentPhoneResult(hass, gym),
        NewsSender(hass, gym.coordinator),
        ActivityLog(hass, gym),
        IssueReporter(hass, gym.coordinator),
        AskingAutomations(hass, gym),
        DistanceStatistics(hass, gym.coordinator, gym.phrases),
        SourceWatchers(hass, gym.coordinator, gym.phrases, gym.changes, planned_runs.async_take),
        gym.importer,
        JournalCare(hass, gym.coordinator),
    )
