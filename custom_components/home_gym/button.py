"""Buttons to log habits, to undo the last entry, to hear a speaker, and to claim treadmill sessions."""

from collections.abc import Iterable
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coach.hello import async_say_hello
from .const import SUBENTRY_SPEAKER
from .coordinator import HomeGymCoordinator
from .data import HomeGymConfigEntry, RunnerData
from .entity import RunnerEntity, SubentryEntity
from .errors import translated_errors
from .guarded_entity import GuardedEntity
from .gym import verbs
from .gym.habits.habit import Habit
from .gym.treadmill.log import GUEST
from .ha.entities import ButtonDeviceClass, ButtonEntity, ButtonEntityDescription
from .options.speaker import is_written
from .permissions import Right
from .subentry_entities import async_keep_to_subentries
from .treadmill.coordinator import TreadmillConfigEntry, TreadmillCoordinator
from .treadmill.entity import TreadmillEntity

PARALLEL_UPDATES = 0

CLAIM_GUEST = ButtonEntityDescription(key="claim_guest")
UNDO_LAST = ButtonEntityDescription(key="undo_last")
# Pickers of speakers go by the device class.
SAY_HELLO = ButtonEntityDescription(
    key="say_hello", device_class=ButtonDeviceClass.IDENTIFY, entity_category=EntityCategory.CONFIG
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: HomeGymConfigEntry | TreadmillConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a button for each habit and speaker, and one to undo; for a treadmill, one for each runner and for guests."""
    if isinstance(entry.runtime_data, TreadmillCoordinator):
        treadmill = entry.runtime_data
        claims = [ClaimButton(treadmill, runner, name) for runner, name in treadmill.runners.items()]
        async_add_entities([*claims, GuestButton(treadmill, CLAIM_GUEST)])
        return
    coordinator = entry.runtime_data.coordinator
    async_add_entities(LogButton(coordinator, habit) for habit in Habit)
    async_add_entities([UndoButton(coordinator, UNDO_LAST)])
    gym = entry.runtime_data
    async_keep_to_subentries(
        gym,
        async_add_entities,
        lambda speaker: [] if is_written(speaker.data) else [HelloButton(gym, speaker)],
        kind=SUBENTRY_SPEAKER,
        platform=Platform.BUTTON,
    )


class LogButton(GuardedEntity, RunnerEntity, ButtonEntity):
    """Button to log a habit as done now."""

    def __init__(self, coordinator: HomeGymCoordinator, habit: Habit) -> None:
        """Log one habit."""
        super().__init__(coordinator, ButtonEntityDescription(key=f"log_{habit}"))
        self._habit = habit

    @override
    async def async_press(self) -> None:
        """Log the habit."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        await self.coordinator.async_apply(verbs.log_session(self._habit))


class ClaimButton(GuardedEntity, TreadmillEntity, ButtonEntity):
    """Button to claim a treadmill's session for a runner."""

    def __init__(self, coordinator: TreadmillCoordinator, runner: str, name: str) -> None:
        """Claim for one runner."""
        super().__init__(coordinator, ButtonEntityDescription(key=f"claim_{runner}", translation_key="claim"))
        self._attr_translation_placeholders = {"runner": name}
        self._runner = runner

    @property
    @override
    def available(self) -> bool:
        """Return whether the runner still uses the treadmill."""
        return self._runner in self.coordinator.runners

    @override
    async def async_press(self) -> None:
        """Claim the session."""
        await self.async_require(Right.ACT, *_entries_of(self.hass, [self._runner]))
        await self.coordinator.async_claim(self._runner)


class GuestButton(GuardedEntity, TreadmillEntity, ButtonEntity):
    """Button to assign a treadmill's session to a guest, without a journal."""

    @override
    async def async_press(self) -> None:
        """Discard the session; the right to act on one of the treadmill's runners is enough."""
        await self.async_require(Right.ACT, *_entries_of(self.hass, self.coordinator.runners))
        await self.coordinator.async_claim(GUEST)


class UndoButton(GuardedEntity, RunnerEntity, ButtonEntity):
    """Button to undo the last entry."""

    @override
    async def async_press(self) -> None:
        """Undo the last entry."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        with translated_errors(self.coordinator.config_entry.title):
            await self.coordinator.async_apply(verbs.undo_last())


class HelloButton(GuardedEntity, SubentryEntity, ButtonEntity):
    """Button to hear a speaker."""

    def __init__(self, gym: RunnerData, speaker: ConfigSubentry) -> None:
        """Greet a runner on a speaker."""
        super().__init__(gym.coordinator, SAY_HELLO, speaker)
        self._gym = gym

    @override
    async def async_press(self) -> None:
        """Greet the runner."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        await async_say_hello(self.hass, self._gym, self.coordinator.config_entry.subentries[self.subentry].data)


def _entries_of(hass: HomeAssistant, runners: Iterable[str]) -> list[ConfigEntry[Any]]:
    """Return the config entries of runners."""
    return [entry for runner in runners if (entry := hass.config_entries.async_get_entry(runner))]
