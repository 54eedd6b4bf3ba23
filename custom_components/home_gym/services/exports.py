"""Actions to export a runner to a file, to import such a file, and to erase removed runners at once."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
import os
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import voluptuous as vol

from homeassistant.const import CONF_NAME, CONF_PATH
from homeassistant.core import HomeAssistant, ServiceResponse, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util, slugify

from ..const import DOMAIN
from ..data import RunnerData
from ..entry_snapshot import async_restore, check_snapshot, snapshot_of
from ..gym import verbs
from ..gym.codec.json_values import expect
from ..gym.journal.codec import JournalError, from_plain, to_plain
from ..gym.journal.journal import Journal
from ..gym.runs.curve import Curve
from ..permissions import Right
from ..storage.deleted import erase_deleted
from ..storage.files import folder_of
from ..storage.row_file import IDS_WITH_DEVICES, MAJOR, MINOR, replace_durably
from .action import Action, HomeAction
from .imports import readable_path

FORMAT = "home_gym.runner"
FOLDER = f"{DOMAIN}_exports"


class Export(NamedTuple):
    """An exported runner: the snapshot of the entry, the journal, and the packed curves of its recordings."""

    entry: Mapping[str, Any]
    journal: Journal
    curves: Mapping[str, bytes]


async def _export_runner(gym: RunnerData, _data: Mapping[str, Any]) -> ServiceResponse:
    hass, now = gym.coordinator.hass, dt_util.now()
    # A copy holds still while it is written.
    journal = gym.runner.journal.copy()
    export = Export(
        entry=snapshot_of(gym.entry), journal=journal, curves=await gym.coordinator.store.async_curves(journal)
    )
    name = f"{slugify(gym.entry.title)}-{now:%Y%m%d-%H%M%S}.json"
    path = Path(hass.config.path(FOLDER, name))
    try:
        await hass.async_add_executor_job(_write, path, export, now)
    except OSError as error:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="export_not_written",
            translation_placeholders={"path": str(path), "error": str(error)},
        ) from error
    return {"path": str(path)}


async def _import_runner(gym: RunnerData, data: Mapping[str, Any]) -> ServiceResponse:
    """Add the facts of an exported runner; an empty journal also takes over choices, shoes and options."""
    hass = gym.coordinator.hass
    path = await readable_path(hass, data[CONF_PATH])
    try:
        export = await hass.async_add_executor_job(_read, path)
    except (OSError, ValueError, TypeError, JournalError) as error:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="export_unreadable",
            translation_placeholders={"path": str(path), "error": str(error)},
        ) from error
    was_empty = gym.runner.journal.is_empty
    for activity, curve in export.curves.items():
        export.journal.unsaved.note_curve(activity, curve)
    await gym.coordinator.async_apply(verbs.merge(export.journal))
    async_restore(hass, gym.entry, export.entry, with_options=was_empty)
    # Runs, shoes and habits are derived again from all facts.
    await hass.config_entries.async_reload(gym.entry.entry_id)
    return None


async def _erase_removed_runners(hass: HomeAssistant, data: Mapping[str, Any]) -> ServiceResponse:
    number = await hass.async_add_executor_job(erase_deleted, folder_of(hass), data.get(CONF_NAME))
    return {"erased": number}


async def _right_of_file(_gym: RunnerData, _data: Mapping[str, Any]) -> Right:
    """Return the right to export or import a whole runner."""
    return Right.ADMINISTER


EXPORT_ACTIONS: Mapping[str, Action] = {
    "export_runner": Action(fields={}, handler=_export_runner, answers=SupportsResponse.ONLY, right_of=_right_of_file),
    "import_runner": Action(
        fields={vol.Required(CONF_PATH): cv.string}, handler=_import_runner, right_of=_right_of_file
    ),
}
HOME_ACTIONS: Mapping[str, HomeAction] = {
    "erase_removed_runners": HomeAction(
        fields={vol.Optional(CONF_NAME): cv.string},
        handler=_erase_removed_runners,
        answers=SupportsResponse.OPTIONAL,
    ),
}


def _write(path: Path, export: Export, now: datetime) -> None:
    document = {
        "format": FORMAT,
        "major": MAJOR,
        "minor": MINOR,
        "exported": now.isoformat(),
        "entry": export.entry,
        "journal": to_plain(export.journal),
        "curves": {activity: b64encode(curve).decode() for activity, curve in export.curves.items()},
    }
    path.parent.mkdir(mode=0o700, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    with open(os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123  # a descriptor
        file.write(orjson.dumps(document, option=orjson.OPT_INDENT_2))
        file.flush()
        os.fsync(file.fileno())
    replace_durably(new, path)


def _read(path: Path) -> Export:
    document = orjson.loads(path.read_bytes())
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError("no export of a runner")
    if not isinstance(document.get("major"), int) or document["major"] > MAJOR:
        raise ValueError(f"version {document.get('major')!r:.40}")
    check_snapshot(document.get("entry"))
    curves = expect(dict, document.get("curves", {}))
    is_former = (document["major"], document.get("minor", 0)) < IDS_WITH_DEVICES
    return Export(
        entry=document["entry"],
        journal=from_plain(document.get("journal"), is_former=is_former),
        curves={activity: _curve(curve) for activity, curve in curves.items()},
    )


def _curve(text: object) -> bytes:
    """Return a packed curve from its text; raises ValueError for anything else."""
    packed = b64decode(text, validate=True) if isinstance(text, str) else b""
    Curve.unpacked(packed)
    return packed
