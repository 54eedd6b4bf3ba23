"""Saying in a repair whose the sessions on a treadmill were."""

from datetime import datetime, timedelta

from custom_components.home_gym.gym.belt import BeltMemory, BeltSession, BeltState, Phase
from custom_components.home_gym.gym.belt_log import BeltLog, BeltRecord
from custom_components.home_gym.treadmill.store import TreadmillStore
from homeassistant.core import HomeAssistant


def session(start: datetime, minutes: float = 30) -> BeltSession:
    """Return a session that was a run from its start to its end."""
    end = start + timedelta(minutes=minutes)
    phase = Phase(state=BeltState.RUNNING, start=start, end=end)
    return BeltSession(start=start, end=end, phases=(phase,), levels=(500.0,) * round(minutes * 4))


async def keep(hass: HomeAssistant, treadmill: str, *records: BeltRecord) -> None:
    """Have a treadmill that will be set up remember sessions."""
    log = BeltLog(records={record.id: record for record in records})
    await TreadmillStore(hass, treadmill).async_save(BeltMemory(), log)
