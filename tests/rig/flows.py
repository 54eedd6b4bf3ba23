"""Config flow screens: opened, filled in and submitted, like in the frontend."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from .api import Api, Json
from .process import RigError, wait_for

ENTRIES = "/api/config/config_entries"
# States of an entry during a reload, in their order.
BETWEEN_TWO = {"unload_in_progress", "not_loaded", "setup_in_progress"}
# Last screens: an entry was created or changed.
LAST = {"create_entry", "abort"}

ASKED = ("warm_up", "cool_down", "foam_roll", "stretch", "core", "shoes")


def asking(prompts: Collection[str]) -> dict[str, Json]:
    """Return the sections of a runner's options with these prompts, and no others."""
    nothing_else: dict[str, Json] = {"check_in": {"ask": "never"}, "review": {"ask": False}}
    sections: dict[str, Json] = {name: {"ask": name in prompts} for name in ASKED}
    sections["warm_up"]["form_check"] = "form_check" in prompts
    return sections | nothing_else


def _suggested(fields: Iterable[Json]) -> dict[str, Any]:
    found = {}
    for each in fields:
        value = (each.get("description") or {}).get("suggested_value", each.get("default"))
        if each.get("type") == "expandable":
            value = _suggested(each["schema"])
        if value is not None:
            found[each["name"]] = value
    return found


async def settled(api: Api, domain: str = "home_gym") -> None:
    """Wait until an integration's entries are loaded with the latest changes.

    A change reloads an entry; until that is over, its actions are refused. A second poll covers an entry that was
    waiting for its turn at the first.
    """
    looks = 0

    async def is_settled() -> bool:
        nonlocal looks
        entries = await api.get(f"{ENTRIES}/entry?domain={domain}")
        waits = [entry for entry in entries if entry["state"] in BETWEEN_TWO and not entry["disabled_by"]]
        looks = 0 if waits else looks + 1
        return looks == 2

    await wait_for(is_settled, f"{domain} to be set up again", every=0.1)


@dataclass
class Flow:
    """An open screen."""

    api: Api
    path: str
    screen: Json = field(default_factory=dict)

    @classmethod
    async def config(cls, api: Api, domain: str) -> Self:
        """Open "Add integration"."""
        return await cls(api, f"{ENTRIES}/flow")._open({"handler": domain, "show_advanced_options": False})

    @classmethod
    async def new_runner(cls, api: Api, name: str) -> str:
        """Add a runner without sources, speakers and shoes, and return the id of the entry."""
        screen = await cls.config(api, "home_gym")
        if screen.type == "menu":
            await screen.choose("runner")
        await screen.send(name=name)
        return str((await screen.finish(next_step_id="finish"))["entry_id"])

    @classmethod
    async def options(cls, api: Api, entry_id: str) -> Self:
        """Open an entry's "Configure"."""
        return await cls(api, f"{ENTRIES}/options/flow")._open({"handler": entry_id})

    @classmethod
    async def reconfigure(cls, api: Api, domain: str, entry_id: str) -> Self:
        """Open an entry's "Reconfigure"."""
        return await cls(api, f"{ENTRIES}/flow")._open({"handler": domain, "entry_id": entry_id})

    @classmethod
    async def subentry(cls, api: Api, entry_id: str, kind: str, subentry_id: str | None = None) -> Self:
        """Open "Add" for a subentry of a kind, or "Reconfigure" for one that is there."""
        body: Json = {"handler": [entry_id, kind]}
        if subentry_id:
            body["subentry_id"] = subentry_id
        return await cls(api, f"{ENTRIES}/subentries/flow")._open(body)

    @property
    def type(self) -> str:
        """The type of the screen: `form`, `menu`, `create_entry`, `abort`."""
        return str(self.screen["type"])

    @property
    def step(self) -> str:
        """The screen's step id."""
        return str(self.screen["step_id"])

    @property
    def errors(self) -> dict[str, str]:
        """The screen's errors."""
        return self.screen.get("errors") or {}

    @property
    def fields(self) -> list[str]:
        """The names of the screen's fields."""
        return [str(entry["name"]) for entry in self.screen.get("data_schema") or []]

    @property
    def suggested(self) -> dict[str, Any]:
        """The suggested values of the screen's fields."""
        return _suggested(self.screen.get("data_schema") or [])

    def _section_of(self, name: str) -> str | None:
        """Return the section with a field, None for one outside all sections."""
        for part in self.screen.get("data_schema") or []:
            if part.get("type") == "expandable" and any(field["name"] == name for field in part["schema"]):
                return str(part["name"])
        return None

    async def _open(self, body: Json) -> Self:
        """Open the first screen."""
        self.screen = await self.api.post(self.path, body)
        return self

    async def send(self, **values: Any) -> Self:
        """Fill in this screen, leave the rest as suggested, and submit it; a field of a section may stand alone.

        After the last screen the change has taken effect.
        """
        filled = self.suggested
        for name, value in values.items():
            section = self._section_of(name)
            part = filled if section is None else filled[section]
            part[name] = part[name] | value if isinstance(part.get(name), dict) else value
        self.screen = await self.api.post(f"{self.path}/{self.screen['flow_id']}", filled)
        if self.type in LAST:
            await settled(self.api)
        return self

    async def choose(self, option: str) -> Self:
        """Choose from a menu."""
        return await self.send(next_step_id=option)

    async def finish_speaker(self, **values: Any) -> Json:
        """Submit the form of a speaker, and answer that the line after it was heard."""
        await self.send(**values)
        if self.type == "menu" and self.step == "did_you_hear":
            return await self.finish(next_step_id="heard")
        return self.result

    async def finish(self, **values: Any) -> Json:
        """Submit the last screen and return its result; any other end is a failure."""
        await self.send(**values)
        return self.result

    @property
    def result(self) -> Json:
        """The new entry; any other end than one is a failure."""
        if self.type != "create_entry":
            raise RigError(f"got {self.screen}")
        made: Json = self.screen["result"] if isinstance(self.screen.get("result"), dict) else self.screen
        return made
