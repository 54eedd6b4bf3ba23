"""Home Gym keeps a runner's back well: it counts runs, shoes and habits, and asks for what a run calls for."""

from collections.abc import Iterable, Mapping
from functools import partial

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, Platform
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers import config_validation as cv, device_registry as dr, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.typing import ConfigType

from . import statistics as run_statistics
from .coach.phone_replies import PhoneReplies
from .coach.planned_runs import PlannedRuns
from .coach.prompt_clock import Coach
from .coach.shoe_question import ShoeQuestion
from .const import CONF_ENTITY, CONF_FOLDER, CONF_SERVICE, CONF_WEBHOOK, DOMAIN, SIGNAL_RUNNER_READY, SUBENTRY_SOURCE
from .coordinator import HomeGymConfigEntry, HomeGymCoordinator
from .entity import runner_device
from .gym.journal.journal import Journal
from .gym.runner import Runner
from .gym.speech.phrases import Phrases
from .importer import Importer, async_forget_imports, async_register_import
from .issues import fittings, see_professional as professional, worn_out_shoes as worn_out
from .languages import async_phrases
from .routines.routine_clock import Routines
from .services import registry as actions
from .services.cadence import CadenceView
from .services.routines import async_register_routines
from .settings import settings_of
from .sources import SourceConfig, Watcher
from .sources.entities import watcher as entity
from .sources.folder import watcher as folder
from .sources.folder.ledger import Ledger
from .sources.webhook import endpoint as webhook
from .statistics import DistanceStatistics
from .store import JournalStore, JournalTooNewError, JournalUnreadableError, many_facts
from .treadmill import (
    TreadmillConfigEntry,
    async_remove_treadmill,
    async_setup_treadmill,
    async_unload_treadmill,
    is_treadmill,
)
from .web.back_page import BackPageView
from .web.cards import async_register_cards
from .web.websocket import async_register_websocket

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TODO,
]
# What of the home a runner's figures and words depend on.
OF_THE_HOME = {"country", "currency", "language", "time_zone", "unit_system"}


# The kinds of sources, by the field that only a subentry of that kind has.
SOURCES: Mapping[str, Watcher] = {
    CONF_FOLDER: folder.watch,
    CONF_SERVICE: entity.watch,
    CONF_ENTITY: entity.watch,
    CONF_WEBHOOK: webhook.watch,
}


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the actions and the cards, which outlive any runner's entry."""
    actions.async_register(hass)
    async_register_import(hass)
    async_register_routines(hass)
    hass.http.register_view(BackPageView(hass))
    hass.http.register_view(CadenceView(hass))
    async_register_websocket(hass)
    await async_register_cards(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> bool:
    """Set up a runner, or a treadmill."""
    phrases = await async_phrases(hass, hass.config.language)
    if is_treadmill(entry):
        await async_setup_treadmill(hass, entry, phrases)
    else:
        await _async_setup_runner(hass, entry, phrases)
    return True


async def _async_setup_runner(hass: HomeAssistant, entry: HomeGymConfigEntry, phrases: Phrases) -> None:
    """Set up one runner."""
    # Listened for from the beginning: what is changed while all this is set up calls for setting it up anew.
    entry.async_on_unload(entry.add_update_listener(partial(_async_reload, known=set(entry.subentries))))
    hold = partial(webhook.hold, hass, entry)
    hold()
    entry.async_on_unload(hold)
    store = JournalStore(hass, entry.entry_id)
    with many_facts():
        journal = await _async_load(hass, entry, store)
        runner = await hass.async_add_executor_job(Runner, settings_of(hass, entry), journal)
    coordinator = entry.runtime_data = HomeGymCoordinator(hass, entry, runner, store)
    coordinator.phrases = phrases
    # Happens last but for the hold: when nothing brings changes any more.
    entry.async_on_unload(coordinator.async_close)
    coordinator.importer = Importer(
        hass, entry, phrases, coordinator.async_deliver, runs=lambda: len(coordinator.runner.runs)
    )
    coordinator.routines = Routines(hass, coordinator, phrases)
    # The shoes' devices point to the runner's, so it must be there before theirs.
    dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, **runner_device(coordinator))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    Coach(hass, coordinator, phrases).async_start(entry.async_on_unload)
    coordinator.routines.async_start(entry.async_on_unload)
    PhoneReplies(hass, coordinator).async_start(entry.async_on_unload)
    ShoeQuestion(hass, coordinator, phrases).async_start(entry.async_on_unload)
    PlannedRuns(hass, coordinator).async_start(entry.async_on_unload)
    report_worn_out = partial(worn_out.async_report, hass, coordinator)
    report_worn_out()
    entry.async_on_unload(coordinator.async_add_listener(report_worn_out))
    report_fittings = partial(fittings.async_report, hass, coordinator)
    report_fittings()
    entry.async_on_unload(coordinator.async_add_listener(report_fittings))
    report_advice = partial(professional.async_report, hass, coordinator)
    report_advice()
    entry.async_on_unload(coordinator.async_add_listener(report_advice))

    DistanceStatistics(hass, coordinator, phrases).async_start(entry.async_on_unload)

    @callback
    def begin(hass: HomeAssistant) -> None:
        entry.async_create_background_task(hass, _async_begin(hass, entry, phrases), f"{entry.title}: sources")

    entry.async_on_unload(async_at_started(hass, begin))
    follow_home = partial(_async_follow_home, hass, entry)
    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, follow_home))
    entry.async_on_unload(entry.async_on_state_change(partial(_tell_ready, hass, entry)))


@callback
def _tell_ready(hass: HomeAssistant, entry: HomeGymConfigEntry) -> None:
    """Tell the treadmills that a runner is there."""
    if entry.state is ConfigEntryState.LOADED:
        async_dispatcher_send(hass, SIGNAL_RUNNER_READY, entry.entry_id)


async def async_unload_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> bool:
    """Unload an entry; what set it up said what else that takes."""
    if is_treadmill(entry):
        return await async_unload_treadmill(hass, entry)
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: HomeGymConfigEntry | TreadmillConfigEntry) -> None:
    """Remove what an entry left on disk, and at the door."""
    if is_treadmill(entry):
        await async_remove_treadmill(hass, entry)
        return
    webhook.forget(hass, entry)
    await JournalStore(hass, entry.entry_id).async_remove()
    ir.async_delete_issue(hass, DOMAIN, _journal_issue_id(entry))
    await async_forget_imports(hass, entry.entry_id)
    run_statistics.async_forget(hass, entry.entry_id)
    professional.async_forget(hass, entry.entry_id)
    for subentry in entry.subentries:
        await _async_forget(hass, subentry)


async def _async_load(hass: HomeAssistant, entry: HomeGymConfigEntry, store: JournalStore) -> Journal:
    """Return the journal; one that cannot be read is left alone, and a repair issue says what to do."""
    try:
        journal = await store.async_load()
    except (JournalUnreadableError, JournalTooNewError) as error:
        key = "journal_too_new" if isinstance(error, JournalTooNewError) else "journal_unreadable"
        placeholders = {"runner": entry.title, "path": str(store.path), "error": str(error)}
        ir.async_create_issue(
            hass,
            DOMAIN,
            _journal_issue_id(entry),
            is_fixable=False,
            severity=ir.IssueSeverity.CRITICAL,
            translation_key=key,
            translation_placeholders=placeholders,
        )
        raise ConfigEntryError(
            translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
        ) from error
    ir.async_delete_issue(hass, DOMAIN, _journal_issue_id(entry))
    return journal


def _journal_issue_id(entry: HomeGymConfigEntry) -> str:
    return f"journal_{entry.entry_id}"


async def _async_begin(hass: HomeAssistant, entry: HomeGymConfigEntry, phrases: Phrases) -> None:
    """Watch the sources, and do what became due while Home Assistant was down."""
    coordinator = entry.runtime_data
    await coordinator.async_look()
    for subentry in entry.get_subentries_of_type(SUBENTRY_SOURCE):
        config = SourceConfig(
            subentry_id=subentry.subentry_id,
            runner=entry.title,
            data=subentry.data,
            phrases=phrases,
            delivered=coordinator.runner.journal.deliveries,
            report=coordinator.async_report_symptoms,
        )
        watch = next(watch for field, watch in SOURCES.items() if field in subentry.data)
        entry.async_on_unload(await watch(hass, config, coordinator.async_deliver))
    await coordinator.importer.async_resume()


async def _async_follow_home(
    hass: HomeAssistant, entry: HomeGymConfigEntry, event: Event[Mapping[str, object]]
) -> None:
    """Set the runner up anew after a change of the home; Home Assistant tells of its own start in the same way."""
    if event.data.keys() & OF_THE_HOME:
        hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_reload(hass: HomeAssistant, entry: HomeGymConfigEntry, *, known: Iterable[str]) -> None:
    """Set the runner up anew after a change of its entry, and forget the sources and pairs that went."""
    for subentry in set(known) - entry.subentries.keys():
        await _async_forget(hass, subentry)
    hass.config_entries.async_schedule_reload(entry.entry_id)


async def _async_forget(hass: HomeAssistant, subentry: str) -> None:
    """Remove what a source or a pair left behind."""
    await Ledger(hass, subentry).async_remove()
    run_statistics.async_forget(hass, subentry)
    fittings.async_forget(hass, subentry)
    issues = (entity.gone_issue_id, folder.unreadable_issue_id, worn_out.issue_id)
    for issue in (issue_id(subentry) for issue_id in issues):
        ir.async_delete_issue(hass, DOMAIN, issue)
