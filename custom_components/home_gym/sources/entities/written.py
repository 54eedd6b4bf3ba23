"""Jobs that a source has at its service: pairs of activities, and runs that only the treadmill recorded.

Nothing is learned back: no activity shows its gear, and the watcher leaves out the runs that were created here.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.util import dt as dt_util

from ...const import CONF_CREATES_RUNS, CONF_GEAR, CONF_UPLOADS_RUNS, CONF_WRITES_GEAR
from ...gym.integrations.model import Preset
from ...gym.recordings.fit.writer import recording_of
from ...gym.runs.run import Run
from ...gym.speech.phrases import Phrases, line
from ...gym.unseen_runs import CreatedRun
from ...gym.worn import gear_to_assign
from ...options.source import CREATES_RUNS, UPLOADS_RUNS, WRITES_GEAR
from .. import RunnerAccess, SourceConfig
from .action_writer import ActionWriter, Job, Written
from .recording_ledger import RecordingLedger

REPEATED_AFTER = timedelta(minutes=30)
"""Before a failed run is created again: it may have been created all the same, and then the account shows it."""


async def async_write(
    hass: HomeAssistant, config: SourceConfig, preset: Preset, ledger: RecordingLedger, is_shown: Callable[[str], bool]
) -> list[CALLBACK_TYPE]:
    """Write the jobs that a source wants, from the day it does, and return the functions to stop.

    `is_shown` returns whether the account shows an activity, by its id here.
    """
    access, actions = config.access, preset.writing
    if access is None or actions is None:
        return []
    kinds = []
    now = dt_util.utcnow()
    before = ledger.gear_since, ledger.created_since
    ledger.gear_since = ledger.created_since = None
    if config.data.get(CONF_WRITES_GEAR, WRITES_GEAR.default):
        ledger.gear_since = before[0] or now
        find = partial(_pairs, preset, config.data[CONF_GEAR], access, ledger, is_shown)
        kinds.append(Written(service=preset.service, action=actions.assign_gear, find=find))
    if config.data.get(CONF_UPLOADS_RUNS, UPLOADS_RUNS.default):
        ledger.created_since = before[1] or now
        uploads = partial(_runs, access, ledger, _uploaded)
        kinds.append(Written(service=preset.service, action=actions.upload_run, find=uploads))
    elif config.data.get(CONF_CREATES_RUNS, CREATES_RUNS.default):
        ledger.created_since = before[1] or now
        runs = partial(_runs, access, ledger, partial(_created, hass, config.phrases))
        kinds.append(Written(service=preset.service, action=actions.create_run, find=runs))
    if before != (ledger.gear_since, ledger.created_since):
        await ledger.async_save()
    writers = [ActionWriter(hass, config, access, ledger, kind) for kind in kinds]
    for writer in writers:
        writer.async_start()
    return [writer.async_end for writer in writers]


def _pairs(
    preset: Preset,
    links: Mapping[str, str],
    access: RunnerAccess,
    ledger: RecordingLedger,
    is_shown: Callable[[str], bool],
) -> Iterator[Job]:
    """Yield a job for each activity without the pair that was worn in it."""
    for worn in access.worn(ledger.gear_since or dt_util.utcnow()):
        own_id = preset.own_id_of(worn.activity)
        if own_id is None or not is_shown(worn.activity.id):
            continue
        if gear := gear_to_assign(worn, links, ledger.gear.get(own_id)):
            fields = {"activity_id": int(own_id), "gear_uuid": gear.removeprefix(f"{preset.service}:")}
            yield Job(key=(own_id, gear), fields=fields, note=partial(ledger.note_gear, own_id, gear))


type Request = Callable[[Run, CreatedRun], tuple[Mapping[str, Any], bytes | None]]
"""Returns the fields for a run at the service, and its file, None without any."""


def _runs(access: RunnerAccess, ledger: RecordingLedger, request: Request) -> Iterator[Job]:
    """Yield a job for each run that only the treadmill recorded."""
    now = dt_util.utcnow()
    for run in access.unseen(ledger.created_since or now):
        known = ledger.created_of(run)
        if known and (known.is_done or now - known.asked < REPEATED_AFTER):
            continue
        created = known or CreatedRun.of(run, now)
        fields, file = request(run, created)
        key = "run", created.start.isoformat()
        note = partial(ledger.note_created, created)
        yield Job(key=key, fields=fields, note=note, is_noted_first=True, file=file)


def _created(
    hass: HomeAssistant, phrases: Phrases, _run: Run, created: CreatedRun
) -> tuple[Mapping[str, Any], bytes | None]:
    fields = {
        "activity_name": line(phrases, "created.treadmill_run"),
        "activity_type": "running",
        "start_datetime": dt_util.as_local(created.start).strftime("%Y-%m-%dT%H:%M:%S.000"),
        "time_zone": hass.config.time_zone,
        "duration_min": created.minutes,
        "distance_km": created.kilometres,
    }
    return fields, None


def _uploaded(run: Run, _created: CreatedRun) -> tuple[Mapping[str, Any], bytes | None]:
    return {}, recording_of(run, dt_util.as_local(run.end).utcoffset() or timedelta(0))
