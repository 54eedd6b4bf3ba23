"""The clock of one runner's guided routine; `gym.routines` decides about the steps.

A routine keeps to the clock, so its events are published at once. Its position is saved alongside, and the session is
in the journal before the routine's end is published.
"""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import partial

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, CoreState, Event as BusEvent, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..component import OnUnload
from ..const import DOMAIN, LOGGER
from ..coordinator import HomeGymCoordinator
from ..deadline import Deadline
from ..entry_changes import EntryChanges
from ..gym import verbs
from ..gym.events import Event, PainReported, is_red_flag
from ..gym.exercises.level import Length, Level
from ..gym.habits.habit import Habit
from ..gym.routines.after_pain import eased
from ..gym.routines.choice import routine_for
from ..gym.routines.own_adaptation import adapted_own
from ..gym.routines.player import Player, PlayerState
from ..gym.routines.player_events import (
    Countdown,
    HalfWay,
    PauseReason,
    PlayerEvent,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStopped,
    SideSwitched,
    Speak,
)
from ..gym.routines.routine import Routine, Step
from ..gym.routines.speech_lengths import SpeechLengths
from ..gym.speech.phrases import Phrases, line
from ..speech.phones import Notification, async_clear, async_notify_phones
from .speakers import free_speaker, loudspeaker_of
from .voice import RoutineVoice
from .wall_clock import WallClock

# Events without a change of the routine's state, so that each step and each rest changes it once.
PASSING = (Countdown, HalfWay, SideSwitched, Speak)
ENDING = (RoutineFinished, RoutinePaused, RoutineStopped)

# Tag of the message on phones that nobody hears a routine.
UNHEARD = f"{DOMAIN}_unheard"

type Command = Callable[[Player, datetime], list[PlayerEvent]]


class RoutineClock:
    """Player of one runner's guided routines, one at a time."""

    def __init__(
        self,
        hass: HomeAssistant,
        coordinator: HomeGymCoordinator,
        phrases: Phrases,
        busy_speakers: Callable[[], Collection[str]],
    ) -> None:
        """Restore a routine interrupted by a restart, paused.

        `busy_speakers` returns the entities in use by other runners' routines.
        """
        self._hass = hass
        self._coordinator = coordinator
        self._phrases = phrases
        self.speech = SpeechLengths(phrases)
        self._busy_speakers = busy_speakers
        self._listeners: list[CALLBACK_TYPE] = []
        self._deadline = Deadline(hass, self._async_handle_time)
        self._voice: RoutineVoice | None = None
        self._utterances: Counter[str | None] = Counter()
        self._is_left = False
        # Whether the phones show that nobody hears the routine.
        self._is_unheard = False
        self._clock = WallClock()
        memory = coordinator.runner.journal.routine
        self.player = Player(memory.routine, memory) if memory else None

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        is_reload = self._hass.state is CoreState.running

        async def restore(_hass: HomeAssistant) -> None:
            await self._async_restore(is_reload=is_reload)

        if self.player:
            on_unload(async_at_started(self._hass, restore))
        on_unload(self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_close))
        on_unload(self._async_close)
        on_unload(self._coordinator.async_listen(self._async_handle_event))
        changes: EntryChanges = self._coordinator.config_entry.runtime_data.changes
        on_unload(changes.async_listen(self._async_follow_speaker))

    async def _async_follow_speaker(self) -> None:
        """Pause a routine on a removed speaker, and go on with a changed one as it is now."""
        if self.player is None or not self.is_running or self.player.speaker is None:
            return
        if self.player.speaker not in self._coordinator.config_entry.subentries:
            self._async_settle_later(self._do(partial(Player.pause, reason=PauseReason.SPEAKER)))
        elif self._voice:
            self._use_voice(self.player.speaker)

    @callback
    def _async_handle_event(self, event: Event) -> None:
        """Silence the routine at once in an emergency, and pause it after any report of pain."""
        if self.player and isinstance(event, PainReported) and event.report.source is None:
            self._async_settle_later(self._do(Player.hold_for_pain), is_changed=True)
        if is_red_flag(event) and self.player:
            if self._voice:
                self._voice.async_silence()
            self._voice = None
            self._async_settle_later(self._do(Player.stop))

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a listener with each change of the routine, and return its removal."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def guided(
        self,
        habit: Habit,
        *,
        length: Length = Length.SHORT,
        level: Level | None = None,
        within: timedelta | None = None,
    ) -> Routine:
        """Return the routine of a habit with the runner's progress, at the runner's level unless one is given.

        Raises ValueError as `routine_for` does, and the errors of `Runner.require_coached`.
        """
        runner = self._coordinator.runner
        runner.require_coached(habit, dt_util.utcnow())
        return routine_for(
            habit,
            length=length,
            level=level or runner.settings.level,
            minutes=within / timedelta(minutes=1) if within else None,
            progress=runner.progress(habit, dt_util.utcnow()),
            speech=self.speech,
        )

    def own(self, name: str) -> Routine:
        """Return the runner's own routine of a name, without steps that the limits exclude.

        Raises ServiceValidationError for an unknown one, the errors of `Runner.require_state_for`, or NothingLeftError.
        """
        if routine := self._coordinator.runner.settings.routine(name):
            self._require_coached(routine)
            habit = routine.habit or Habit.STRETCH
            return adapted_own(routine, self._coordinator.runner.progress(habit, dt_util.utcnow()))
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_routine",
            translation_placeholders={"routine": name, "runner": self._coordinator.config_entry.title},
        )

    @property
    def speaker(self) -> ConfigSubentry | None:
        """The speaker of the present routine, or of the latest one; None without an audible one."""
        return self._voice.speaker if self._voice else None

    @property
    def is_running(self) -> bool:
        """Whether a routine is running, and not paused."""
        return self.player is not None and self.player.state is PlayerState.RUNNING

    @property
    def busy_speaker(self) -> str | None:
        """The entity in use by the running routine."""
        if self.player is None or not self.is_running or self.player.speaker is None:
            return None
        speaker = self._coordinator.config_entry.subentries.get(self.player.speaker)
        return loudspeaker_of(self._hass, speaker) if speaker else None

    def utterances_on(self, entity_id: str) -> int:
        """Return the number of utterances on an entity so far; a higher one after a command means an audible answer."""
        return self._utterances[entity_id]

    async def async_begin(self, routine: Routine, *, speaker: str | None = None, asked_on: str | None = None) -> None:
        """Start a routine in place of a paused one.

        `speaker` is the id or the name of one of the runner's speakers; without it the routine is spoken on `asked_on`,
        the entity that asked, or else near the runner. Raises RedFlagError beside an emergency, NotCoachedError for a
        habit that the back speaks against, and ServiceValidationError during another routine, and for a speaker that is
        unknown or in use by another runner.
        """
        self._require_coached(routine)
        if self.is_running:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="routine_running",
                translation_placeholders={"runner": self._coordinator.config_entry.title},
            )
        busy = self._busy_speakers()
        channel = free_speaker(self._coordinator, speaker, busy=busy, habit=routine.habit, asked_on=asked_on)
        stopped = self._do(Player.stop) if self.player else []
        self.player = Player(routine, speaker=channel)
        self._use_voice(channel)
        silently = [event for event in stopped if not isinstance(event, Speak)]
        await self._async_settle([*silently, *self._do(Player.start)])

    def _require_coached(self, routine: Routine) -> None:
        runner = self._coordinator.runner
        runner.require_no_red_flag()
        if routine.habit:
            # The exercises of a routine are chosen by the limits when it is made.
            runner.require_state_for(routine.habit, dt_util.utcnow())

    async def async_resume(self) -> None:
        """Resume the paused routine, after pain in its easier form.

        Raises ServiceValidationError without one, or with its speaker in use.
        """
        player = self._require_player()
        self._require_coached(player.routine)
        if player.state is PlayerState.PAUSED:
            known = player.speaker in self._coordinator.config_entry.subentries
            player.speaker = free_speaker(
                self._coordinator,
                player.speaker if known else None,
                busy=self._busy_speakers(),
                habit=player.routine.habit,
            )
            self._use_voice(player.speaker)
        await self.async_command(partial(Player.resume_eased, steps=self._steps_after_pain(player)))

    def _steps_after_pain(self, player: Player) -> tuple[Step, ...]:
        """Return the easier steps ahead of a routine that pain paused, none for any other."""
        if player.hurt is None:
            return ()
        habit = player.routine.habit or Habit.STRETCH
        return eased(player.ahead, player.hurt, self._coordinator.runner.progress(habit, dt_util.utcnow()))

    async def async_command(self, command: Command) -> None:
        """Pass a command to the player; raises ServiceValidationError without a routine."""
        self._require_player()
        await self._async_settle(self._do(command), is_changed=True)

    def _require_player(self) -> Player:
        if self.player is None:
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key="no_routine",
                translation_placeholders={"runner": self._coordinator.config_entry.title},
            )
        return self.player

    async def _async_restore(self, *, is_reload: bool) -> None:
        """Announce a restored routine as paused, once, and only if the runner is home and speech is allowed now."""
        if self.player is None:
            return
        now = dt_util.utcnow()
        is_awake = self._coordinator.runner.silence.may_speak_from(now) == now
        if is_awake and self._coordinator.home:
            self._use_voice(self.player.speaker)
        await self._async_settle(self._do(partial(Player.restored, is_restart=not is_reload)))

    async def _async_handle_time(self, _now: datetime) -> None:
        await self._async_settle(self._do(Player.tick))

    async def _async_close(self, _event: BusEvent | None = None) -> None:
        """Stop the clock and save the position; the next start restores the routine, paused."""
        self._is_left = True
        await self._async_settle(self._do(Player.tick), is_changed=True)

    @callback
    def _async_handle_silence(self) -> None:
        """Pause a routine after its speaker failed, and say so on the runner's phones."""
        self._is_unheard = True
        self._async_settle_later(self._do(partial(Player.pause, reason=PauseReason.SPEAKER)))
        entry = self._coordinator.config_entry
        notice = Notification(
            title=line(self._phrases, "prompt.title"), message=line(self._phrases, "player.unheard"), tag=UNHEARD
        )
        entry.async_create_background_task(
            self._hass, async_notify_phones(self._hass, entry, notice), f"{entry.title}: unheard routine"
        )

    @callback
    def _async_settle_later(self, events: list[PlayerEvent], *, is_changed: bool = False) -> None:
        entry = self._coordinator.config_entry
        entry.async_create_task(
            self._hass, self._async_settle(events, is_changed=is_changed), f"{entry.title}: routine"
        )

    async def _async_settle(self, events: list[PlayerEvent], *, is_changed: bool = False) -> None:
        """Publish the events of a change, save the position, and set the timer.

        `is_changed` publishes the state even without an event, since a command may change it silently.
        """
        player = self.player
        if player is None:
            return
        self._async_set_timer()
        if self._voice and self._voice.async_say([event for event in events if isinstance(event, Speak)]):
            self._utterances[loudspeaker_of(self._hass, self._voice.speaker)] += 1
        memory = player.memory()
        if memory is None:
            self.player = None
        is_new = is_changed or any(not isinstance(event, PASSING) for event in events)
        if is_new:
            self._coordinator.runner.journal.routine = memory
            for listener in tuple(self._listeners):
                listener()
        for event in events:
            if isinstance(event, RoutineFinished | RoutineStopped):
                await self._async_log(event)
            if self._is_unheard and isinstance(event, RoutineResumed | RoutineFinished | RoutineStopped):
                self._is_unheard = False
                entry = self._coordinator.config_entry
                entry.async_create_background_task(
                    self._hass, async_clear(self._hass, entry, UNHEARD), f"{entry.title}: heard again"
                )
            self._coordinator.async_fire(event)
        if is_new:
            await self._async_save_position()
        if any(isinstance(event, ENDING) for event in events):
            # Prompts held during the routine may be due now.
            await self._coordinator.async_tick()

    async def _async_log(self, event: RoutineFinished | RoutineStopped) -> None:
        """Log a session for a routine, if enough of it was done."""
        if event.routine.habit is None or not event.counts:
            return
        try:
            await self._coordinator.async_apply(
                verbs.log_session(event.routine.habit, duration=event.seconds_done, practice=event.practice)
            )
        except HomeAssistantError as error:
            title = self._coordinator.config_entry.title
            LOGGER.warning("A session of %s that %s finished was not saved: %s", event.routine.habit, title, error)

    async def _async_save_position(self) -> None:
        """Save the position; after a failure the routine continues."""
        try:
            await self._coordinator.async_save()
        except HomeAssistantError as error:
            LOGGER.warning("The position in the routine of %s was not saved: %s", self._coordinator.name, error)

    @callback
    def _async_set_timer(self) -> None:
        if self.player and not self._is_left and (due := self.player.deadline()):
            self._deadline.async_set_in(max(timedelta(0), due - dt_util.utcnow()))
        else:
            self._deadline.async_cancel()

    def _do(self, command: Command) -> list[PlayerEvent]:
        """Apply a command to the player now, after adjusting it to a changed clock."""
        now, set_by = self._clock.read()
        if self.player is None:
            return []
        followed = [*self.player.tick(now - set_by), *self.player.shift(set_by)] if set_by else []
        return [*followed, *command(self.player, now)]

    def _use_voice(self, speaker: str | None) -> None:
        """Use a speaker from now on; a voice still speaking there is reused, so that two never speak at once."""
        subentry = self._coordinator.config_entry.subentries.get(speaker) if speaker else None
        if subentry is None:
            self._voice = None
        elif self._voice and self._voice.speaker is subentry:
            self._voice.async_forget_failures()
        else:
            self._voice = RoutineVoice(
                self._hass, self._coordinator, self._phrases, subentry, self._async_handle_silence
            )
