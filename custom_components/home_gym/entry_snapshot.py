"""The shoes and options of a runner's entry as JSON, for exports and for the files of removed runners."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from .const import SUBENTRY_SHOE
from .options.coach import CALENDAR, SPEAKERS

# They point to entities and speakers of one home.
OF_ONE_HOME = frozenset({CALENDAR.key, SPEAKERS.key})


@callback
def snapshot_of(entry: ConfigEntry[Any]) -> dict[str, Any]:
    """Return the name, shoes and options of a runner as JSON values."""
    return {
        "name": entry.title,
        "options": {key: value for key, value in entry.options.items() if key not in OF_ONE_HOME},
        "shoes": [
            {"id": shoe.subentry_id, "name": shoe.title, "data": dict(shoe.data)}
            for shoe in entry.get_subentries_of_type(SUBENTRY_SHOE)
        ],
    }


def check_snapshot(snapshot: object) -> None:
    """Raise ValueError for anything but a snapshot."""
    if not isinstance(snapshot, Mapping) or not isinstance(snapshot.get("options"), Mapping):
        raise ValueError("entry: the options are missing")  # noqa: TRY004  # a file's content, not a type of ours
    shoes = snapshot.get("shoes")
    if not isinstance(shoes, list):
        raise ValueError("entry: the shoes are missing")  # noqa: TRY004
    for shoe in shoes:
        texts = isinstance(shoe, Mapping) and all(isinstance(shoe.get(key), str) for key in ("id", "name"))
        if not texts or not isinstance(shoe.get("data"), Mapping):
            raise ValueError("entry: a pair of shoes is incomplete")


@callback
def async_restore(
    hass: HomeAssistant, entry: ConfigEntry[Any], snapshot: Mapping[str, Any], *, with_options: bool
) -> None:
    """Add the missing shoes of a snapshot under their own ids, and its options beside those already chosen."""
    for shoe in snapshot["shoes"]:
        if shoe["id"] not in entry.subentries:
            subentry = ConfigSubentry(
                data=MappingProxyType(dict(shoe["data"])),
                subentry_id=shoe["id"],
                subentry_type=SUBENTRY_SHOE,
                title=shoe["name"],
                unique_id=None,
            )
            hass.config_entries.async_add_subentry(entry, subentry)
    if with_options and snapshot["options"].keys() - entry.options.keys():
        hass.config_entries.async_update_entry(entry, options={**snapshot["options"], **entry.options})
