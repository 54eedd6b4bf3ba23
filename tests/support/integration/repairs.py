"""A treadmill with stored sessions."""

from datetime import datetime, timedelta
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.home_gym.const import DOMAIN
from custom_components.home_gym.gym.treadmill.codecs import BELT_LOG, BELT_MEMORY
from custom_components.home_gym.gym.treadmill.log import BeltLog, BeltRecord
from custom_components.home_gym.gym.treadmill.memory import BeltMemory
from custom_components.home_gym.gym.treadmill.session import BeltSession, BeltState, Phase
from custom_components.home_gym.gym.treadmill.speed_model import Sample
from custom_components.home_gym.storage.files import files_of
from homeassistant.core import HomeAssistant
from tests.support.integration.stored import first_form, write_json

TREADMILL = "01TREADMILL"
PLUG = "sensor.plug_power"


def session(start: datetime, minutes: float = 30) -> BeltSession:
    """Return a session that was a run from its start to its end."""
    end = start + timedelta(minutes=minutes)
    phase = Phase(state=BeltState.RUNNING, start=start, end=end)
    return BeltSession(start=start, end=end, phases=(phase,), levels=(500.0,) * round(minutes * 4))


async def keep(hass: HomeAssistant, treadmill: str, *records: BeltRecord, **samples: tuple[Sample, ...]) -> None:
    """Store sessions, and runners' samples by their ids, for a treadmill that is set up later."""
    log = BeltLog(records={record.id: record for record in records}, samples=samples)
    data = {"belt": BELT_MEMORY.write(BeltMemory()), "log": BELT_LOG.write(log)}
    write_json(files_of(hass, treadmill), first_form(treadmill, data))


def treadmill_entry(*runners: str, **data: Any) -> MockConfigEntry:
    """Return the entry of a treadmill on a plug that asks for the runner of each session."""
    levels = {"standby": 1, "stop": 40, "start": 80, "run": 300, "start_hold": 5, "stop_hold": 20, "run_hold": 10}
    limits = {"patience": 300, "longest": 240}
    data = {"power": PLUG, "runners": list(runners), "claim": "ask", **levels, **limits, **data}
    return MockConfigEntry(domain=DOMAIN, title="Treadmill", entry_id=TREADMILL, data=data)
