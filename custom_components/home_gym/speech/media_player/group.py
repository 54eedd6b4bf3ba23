"""Groups of media players: each member is driven as its own platform asks for."""

import asyncio
from collections.abc import Callable, Sequence
from typing import override

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ...const import DOMAIN, LOGGER
from .driver import Driver, Refusal, Restore, Spoken, Timing, Traits, Utterance, VolumeOf

# From the driver that tells most about the end of a line to the one that tells least.
TIMINGS = (Timing.HEARD, Timing.STARTED, Timing.UNKNOWN)
VOLUMES = (VolumeOf.FIXED, VolumeOf.PLAYER, VolumeOf.LINE)


class GroupDriver(Driver):
    """Driver of Home Assistant's own groups: the group's action would hand one platform's fields to all of them."""

    def __init__(self, driver_of: Callable[[HomeAssistant, str], Driver]) -> None:
        """Find the members' drivers by a function."""
        self._driver_of = driver_of

    @override
    def traits(self, hass: HomeAssistant, player: str) -> Traits:
        """Return the abilities of all members together."""
        each = [self._driver_of(hass, member).traits(hass, member) for member in _members(hass, player)]
        return Traits(
            timing=max((traits.timing for traits in each), key=TIMINGS.index, default=Timing.STARTED),
            volume=max((traits.volume for traits in each), key=VOLUMES.index, default=VolumeOf.FIXED),
            takes_text=bool(each) and all(traits.takes_text for traits in each),
        )

    @override
    def refusal(self, hass: HomeAssistant, player: str) -> Refusal | None:
        """Return the first reason of a member that can't be driven."""
        reasons = (self._driver_of(hass, member).refusal(hass, member) for member in _members(hass, player))
        return next((reason for reason in reasons if reason), None)

    @override
    async def async_say(self, hass: HomeAssistant, player: str, utterance: Utterance) -> Spoken:
        """Speak on all members at once; one that fails is logged, unless all do."""
        members = _members(hass, player)
        calls = [self._driver_of(hass, member).async_say(hass, member, utterance) for member in members]
        results = await asyncio.gather(*calls, return_exceptions=True)
        spoken = [result for result in results if isinstance(result, Spoken)]
        failed = [error for error in results if isinstance(error, BaseException)]
        if not spoken:
            raise (
                failed[0]
                if failed
                else HomeAssistantError(
                    translation_domain=DOMAIN,
                    translation_key="speaker_unavailable",
                    translation_placeholders={"entity": player},
                )
            )
        for error in failed:
            LOGGER.warning("A member of %s didn't speak a line: %s", player, error)
        return Spoken(remaining=max(each.remaining for each in spoken), restore=_all([each.restore for each in spoken]))


def _members(hass: HomeAssistant, player: str) -> list[str]:
    """Return the available players of a group, and of the groups in it, each once."""
    found: dict[str, None] = {}
    seen, waiting = {player}, [player]
    while waiting:
        state = hass.states.get(waiting.pop(0))
        for member in state.attributes.get(ATTR_ENTITY_ID, ()) if state else ():
            inner = hass.states.get(member)
            if inner is None or inner.state == STATE_UNAVAILABLE or member in seen:
                continue
            seen.add(member)
            if ATTR_ENTITY_ID in inner.attributes:
                waiting.append(member)
            else:
                found[member] = None
    return list(found)


def _all(restores: Sequence[Restore]) -> Restore:
    async def restore() -> None:
        await asyncio.gather(*(each() for each in restores))

    return restore
