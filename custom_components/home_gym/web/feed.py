"""Feed of one card with a runner's document: the whole document at first, then its changes."""

from collections.abc import Callable

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange, ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, SUBENTRY_SHOE, SUBENTRY_SOURCE, SUBENTRY_SPEAKER
from ..data import RunnerData
from ..experiment_words import experiment_in_words
from ..gym.back.emergency import emergency_number
from ..gym.habits.habit import Habit
from ..gym.routines.view import offers, own_offers, routine_view
from ..gym.runs.form import verdict_of
from ..gym.shoes.fitting import fitting_hints
from ..gym.speech.phrases import Phrases
from ..gym.summary import Summary
from ..gym.treadmill.ftms import TreadmillData
from ..gym.views.card_texts import card_texts
from ..gym.views.dashboard import dashboard_of
from ..gym.views.patches import Document, document_of, patch_between
from ..languages import formats_of
from ..options.coach import CORE_GOAL
from ..permissions import async_track_rights
from ..treadmill.coordinator import TreadmillCoordinator
from .coach_line import coach_line
from .documents import FeedState, LiveParts, LiveTreadmill, RunnerOffers, RunnerStatus, ServerMessage, SetUp

type Send = Callable[[ServerMessage], None]


class Feed:
    """Follows a runner through changes, reloads and removal.

    During a reload the last known document stays, with a `state` that says so. A user who loses permission gets the
    state `unauthorized`, and nothing after it.
    """

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, phrases: Phrases, send: Send, *, may_see: Callable[[], bool]
    ) -> None:
        """Feed the document of an entry's runner, in the words of these phrases, while the user may see that runner."""
        self._hass = hass
        self._entry = entry
        self._phrases = phrases
        self._send = send
        self._may_see = may_see
        self._shown: Document = {}
        # The document sent last, and the summary in it.
        self._known: Document = {}
        self._summary: Summary | None = None
        self._listening: list[CALLBACK_TYPE] = []
        self._is_pending = False
        self._end: CALLBACK_TYPE | None = async_dispatcher_connect(
            hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._handle_entry
        )

    @callback
    def async_start(self) -> None:
        """Send the whole document."""
        self._listen()
        self._shown = self._document()
        self._send({"whole": self._shown, "now": dt_util.utcnow().isoformat()})

    @callback
    def async_stop(self) -> None:
        """Stop following."""
        if self._end:
            self._end()
            self._end = None
        self._forget()

    @callback
    def _handle_entry(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        """Follow a loaded, reloaded or removed runner or treadmill."""
        if entry.domain != DOMAIN:
            return
        if entry is self._entry and change is ConfigEntryChange.REMOVED:
            self._handle_removal()
        elif not self._refuse_without_right():
            self._listen()
            self._publish_soon()

    def _handle_removal(self) -> None:
        self._forget()
        self._send_changes({**self._shown, "state": FeedState.REMOVED.value})

    def _listen(self) -> None:
        """Listen to the runner and the treadmills loaded now."""
        self._forget()
        self._listening = [async_track_rights(self._hass, self._entry, self._publish_soon)]
        if gym := self._gym():
            self._listening += [
                gym.coordinator.async_add_listener(self._publish_soon),
                gym.routines.async_listen(self._publish_soon),
                *(treadmill.async_add_listener(self._publish_soon) for treadmill in self._treadmills()),
            ]

    def _forget(self) -> None:
        for end in self._listening:
            end()
        self._listening = []

    @callback
    def _publish_soon(self) -> None:
        """Schedule one publication for all changes of the same event loop iteration."""
        if not self._is_pending:
            self._is_pending = True
            self._hass.loop.call_soon(self._publish)

    @callback
    def _publish(self) -> None:
        self._is_pending = False
        if self._end and self._shown.get("state") != FeedState.REMOVED and not self._refuse_without_right():
            self._send_changes(self._document())

    def _refuse_without_right(self) -> bool:
        """End the feed of a user without the right to see the runner, and return whether it ended."""
        if self._may_see():
            return False
        self.async_stop()
        self._send({"whole": {"state": FeedState.UNAUTHORIZED.value}, "now": dt_util.utcnow().isoformat()})
        return True

    def _send_changes(self, document: Document) -> None:
        patch = patch_between(self._shown, document)
        self._shown = document
        if patch:
            self._send({"patch": patch, "now": dt_util.utcnow().isoformat()})

    def _document(self) -> Document:
        gym = self._gym()
        if gym is None:
            return {**self._shown, **self._status(FeedState.NOT_LOADED)}
        # A routine's step or a treadmill's speed may arrive during a change of the runner that is not on disk yet.
        if self._summary is not gym.coordinator.data:
            self._summary = gym.coordinator.data
            self._known = self._of_runner(gym, self._summary)
        live = LiveParts(
            routine=routine_view(gym.routines.player, self._phrases),
            treadmills={
                treadmill.config_entry.entry_id: self._treadmill(treadmill, gym) for treadmill in self._treadmills()
            },
        )
        return {**self._status(FeedState.READY), **self._known, **document_of(live)}

    def _status(self, state: FeedState) -> Document:
        return document_of(RunnerStatus(name=self._entry.title, state=state))

    def _of_runner(self, gym: RunnerData, summary: Summary) -> Document:
        now, runner = dt_util.utcnow(), gym.runner
        progress = {habit: runner.progress(habit, now) for habit in Habit}
        today = runner.settings.calendar.day_of(now)
        fitting = {hint for shoe in runner.settings.shoes for hint in fitting_hints(shoe, today)}
        offered = RunnerOffers(
            currency=self._hass.config.currency,
            emergency_number=emergency_number(self._hass.config.country),
            routines=offers(progress, runner.settings.level, gym.routines.speech),
            own_routines=own_offers(runner.settings.routines),
            unrated=runner.manual_entries.unrated(now),
            experiment_end=self._experiment_end(summary),
            texts=card_texts(summary, self._phrases, fitting=sorted(fitting)),
            coach=coach_line(self._hass, gym, self._phrases, now),
            set_up=self._set_up(),
        )
        return {**document_of(dashboard_of(runner, summary, now)), **document_of(offered)}

    def _experiment_end(self, summary: Summary) -> str | None:
        if summary.experiment is None:
            return None
        return experiment_in_words(self._phrases, formats_of(self._hass, self._phrases), summary.experiment) or None

    def _set_up(self) -> SetUp:
        kinds = {subentry.subentry_type for subentry in self._entry.subentries.values()}
        return SetUp(
            source=SUBENTRY_SOURCE in kinds or bool(self._treadmills()),
            speaker=SUBENTRY_SPEAKER in kinds,
            shoes=SUBENTRY_SHOE in kinds,
            goals=CORE_GOAL.key in self._entry.options,
        )

    def _gym(self) -> RunnerData | None:
        if self._entry.state is not ConfigEntryState.LOADED:
            return None
        gym: RunnerData = self._entry.runtime_data
        return gym

    def _treadmills(self) -> list[TreadmillCoordinator]:
        """Return the runner's loaded treadmills."""
        loaded = self._hass.config_entries.async_loaded_entries(DOMAIN)
        found = [entry.runtime_data for entry in loaded if isinstance(entry.runtime_data, TreadmillCoordinator)]
        return [treadmill for treadmill in found if self._entry.entry_id in treadmill.runners]

    def _treadmill(self, treadmill: TreadmillCoordinator, gym: RunnerData) -> LiveTreadmill:
        claim, distance = treadmill.log.open, treadmill.distance
        live = treadmill.live or TreadmillData()
        is_runner = claim is not None and claim.runner == self._entry.entry_id
        is_run = claim is not None and claim.has_run and claim.runs_until is None
        return LiveTreadmill(
            name=treadmill.config_entry.title,
            in_use=treadmill.data.in_use,
            available=treadmill.data.available,
            since=treadmill.belt.session,
            runner=(claim.runner or None) if claim else None,
            speed=round(live.speed, 2) if live.speed is not None else None,
            distance=round(distance, 1) if distance is not None else None,
            incline=live.inclination,
            cadence=live.cadence,
            heart_rate=live.heart_rate,
            cadence_verdict=verdict_of(live.cadence or None, gym.runner.band) if is_runner and is_run else None,
        )
