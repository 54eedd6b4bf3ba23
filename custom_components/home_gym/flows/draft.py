"""Draft of a runner: a config entry with its subentries, before it is added."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigSubentry, ConfigSubentryDataWithId
from homeassistant.util.ulid import ulid_now

from ..const import CONF_GEAR, DOMAIN, ENTRY_VERSION


class RunnerDraft:
    """A runner during set-up."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        """Begin with a name and the data of the entry."""
        self._name = name
        self._data = dict(data)
        self._subentries: dict[str, ConfigSubentryDataWithId] = {}

    @property
    def entry(self) -> ConfigEntry:
        """The draft as an entry that isn't added."""
        return ConfigEntry(
            data=self._data,
            discovery_keys=MappingProxyType({}),
            domain=DOMAIN,
            minor_version=1,
            options={},
            source=SOURCE_USER,
            subentries_data=self.subentries,
            title=self._name,
            unique_id=None,
            version=ENTRY_VERSION,
        )

    @property
    def subentries(self) -> list[ConfigSubentryDataWithId]:
        """The subentries, in the order that they were added in."""
        return list(self._subentries.values())

    def of_type(self, kind: str) -> list[ConfigSubentry]:
        """Return the subentries of a type."""
        return list(self.entry.get_subentries_of_type(kind))

    def add(self, kind: str, title: str, data: Mapping[str, Any]) -> str:
        """Add a subentry, and return its id."""
        new = ulid_now()
        self._subentries[new] = ConfigSubentryDataWithId(
            data=dict(data), subentry_type=kind, title=title, unique_id=None, subentry_id=new
        )
        return new

    def link(self, source: str, gear: str, shoe: str) -> None:
        """Link a pair of a source to a pair here."""
        linked = self._subentries[source]
        gears = {**linked["data"].get(CONF_GEAR, {}), gear: shoe}
        linked["data"] = {**linked["data"], CONF_GEAR: gears}
