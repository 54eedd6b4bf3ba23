"""The guided routine on the lock screen: exercise, side, progress, a countdown on the device, and buttons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event as BusEvent, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..component import OnUnload
from ..const import CONF_SHOWS_ROUTINE, DOMAIN, LOGGER
from ..data import RunnerData
from ..gym.back.advice import RedFlagError
from ..gym.back.back import NotCoachedError
from ..gym.events import Event
from ..gym.routines.player import Player, PlayerState
from ..gym.routines.player_events import (
    PauseReason,
    PlayerEvent,
    RoutineFinished,
    RoutinePaused,
    RoutineResumed,
    RoutineStopped,
    StepStarted,
)
from ..gym.routines.view import routine_view
from ..gym.speech.phrases import line
from ..speech.live_updates import LivePhone, LiveUpdate, async_end_live, async_show_live, live_phones
from ..speech.phones import async_listen_for_answers

PAUSE, RESUME, NEXT, STOP = "pause", "resume", "next", "stop"
COMMANDS: dict[str, Callable[[Player, datetime], list[PlayerEvent]]] = {
    PAUSE: Player.pause,
    NEXT: Player.next,
    STOP: Player.stop,
}
ICON = "mdi:yoga"


class RoutineOnPhones:
    """Shows a runner's routine on phones, with one push a step at most, and ends that with the routine.

    After a restart the routine is paused, and shown again once it goes on.
    """

    def __init__(self, hass: HomeAssistant, gym: RunnerData) -> None:
        """Show the routines of a runner."""
        self._hass = hass
        self._gym = gym
        # A tag of a live update has letters, digits, hyphens and underscores only.
        self._tag = f"{DOMAIN}_routine_{gym.entry.entry_id}"
        self._prefix = f"{DOMAIN}_routine/{gym.entry.entry_id}/"
        self._shown: list[LivePhone] = []
        self._is_showing = self._is_changed = False

    @callback
    def async_start(self, on_unload: OnUnload) -> None:
        """Start, and register the end."""
        on_unload(self._gym.coordinator.async_listen(self._async_handle_event))
        on_unload(
            async_listen_for_answers(
                self._hass, self._prefix, self._async_handle_answer, runners=lambda: [self._gym.entry]
            )
        )
        on_unload(self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_handle_stop))
        on_unload(self._async_end)
        if self._gym.routines.player:
            # After a power cut, phones still count down.
            self._shown = self._phones()
            entry = self._gym.entry
            entry.async_create_background_task(self._hass, self._async_end(), f"{entry.title}: routine off phones")

    @callback
    def _async_handle_event(self, event: Event) -> None:
        if isinstance(event, RoutinePaused) and event.reason is PauseReason.RESTART:
            return
        if isinstance(event, StepStarted | RoutinePaused | RoutineResumed | RoutineFinished | RoutineStopped):
            self._is_changed = True
            if not self._is_showing:
                self._is_showing = True
                entry = self._gym.entry
                entry.async_create_background_task(
                    self._hass, self._async_follow(), f"{entry.title}: routine on phones", eager_start=False
                )

    async def _async_follow(self) -> None:
        """Show the present state, and the one after it if it changed meanwhile: a slow phone misses steps."""
        try:
            while self._is_changed:
                self._is_changed = False
                update = self._update()
                if update is None:
                    await self._async_end()
                else:
                    await self._async_show(update)
        finally:
            self._is_showing = False

    async def _async_show(self, update: LiveUpdate) -> None:
        is_first = not self._shown
        guide = self._gym.routines.player.speaker if self._gym.routines.player else None
        phones = self._shown or self._phones()
        self._shown = phones
        for phone in phones:
            is_guide = phone.speaker == guide
            if phone.is_live or is_first or is_guide:
                shown = update if is_guide else replace(update, detail="")
                await async_show_live(self._hass, phone, self._tag, shown)

    async def _async_end(self) -> None:
        shown, self._shown = self._shown, []
        for phone in shown:
            await async_end_live(self._hass, phone, self._tag)

    async def _async_handle_stop(self, _event: BusEvent) -> None:
        await self._async_end()

    def _phones(self) -> list[LivePhone]:
        return list(live_phones(self._hass, self._gym.entry, CONF_SHOWS_ROUTINE, default=True))

    def _update(self) -> LiveUpdate | None:
        """Return the live update of the present step, None without a routine."""
        player, phrases = self._gym.routines.player, self._gym.phrases
        view = routine_view(player, phrases)
        if player is None or view.step is None:
            return None
        side = f" · {line(phrases, f'report.side.{view.step.side}')}" if view.step.side else ""
        is_running = view.state is PlayerState.RUNNING
        buttons = (PAUSE, NEXT, STOP) if is_running else (RESUME, NEXT, STOP)
        place = line(phrases, "live.step", number=player.number, steps=player.steps)
        return LiveUpdate(
            title=f"{view.step.title}{side}",
            message=f"{view.title} · {place if is_running else line(phrases, 'live.paused')}",
            icon=ICON,
            number=player.number,
            total=player.steps,
            ends=player.ends,
            buttons={f"{self._prefix}{button}": line(phrases, f"live.{button}") for button in buttons},
            detail=view.step.cue or "" if is_running else "",
        )

    async def _async_handle_answer(self, answer: str) -> None:
        routines = self._gym.routines
        try:
            if answer == RESUME:
                await routines.async_resume()
            elif command := COMMANDS.get(answer):
                await routines.async_command(command)
        except (HomeAssistantError, RedFlagError, NotCoachedError) as error:
            LOGGER.warning("A button of %s's routine changed nothing: %r", self._gym.entry.title, error)
