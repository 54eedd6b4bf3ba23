"""Home Assistant in a process of its own, set up and controlled like by a user's browser."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path
import sys
from types import TracebackType
from typing import Any, Self

from .api import Api, Json
from .configuration import prepare
from .flows import ENTRIES, Flow, settled
from .process import LOOPBACK, PATIENCE, Program, RigError, free_port, wait_for

# The library that sets one program's clock; its elapsed time is unaffected.
CLOCKWORK = "/usr/lib/*/faketime/libfaketimeMT.so.1"


class Home:
    """A home with Home Assistant in it, and its owner."""

    username = "demo"
    password = "demo-of-home-gym"

    def __init__(
        self, folder: Path, port: int | None = None, *, time_zone: str = "UTC", all_entities: bool = True
    ) -> None:
        """Choose a configuration folder and a port; with `all_entities` none of a new runner's is disabled."""
        self.folder = folder
        self.port = port or free_port()
        self.url = f"http://{LOOPBACK}:{self.port}"
        self.time_zone = time_zone
        self.all_entities = all_entities
        # The language from the next start on.
        self.language = "en"
        self.api = Api(self.url)
        self.program = Program(
            "Home Assistant",
            # Without the working directory, whose package would hide the components of the configuration folder.
            [sys.executable, "-P", "-m", "homeassistant", "--config", str(folder), "--skip-pip"],
            folder.parent / f"{folder.name}.log",
        )
        self._clock = folder.parent / f"{folder.name}.clock"

    async def __aenter__(self) -> Self:
        """Start Home Assistant."""
        try:
            await self.start()
        except BaseException:
            await self.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop Home Assistant."""
        await self.program.stop()
        await self.api.close()

    async def start(self, timeout: float = 600, *, ahead: timedelta = timedelta(0)) -> None:
        """Start Home Assistant, log in (creating the owner the first time), and wait until all is set up.

        Its clock may be ahead, as if it started later.
        """
        prepare(
            self.folder,
            self.port,
            time_zone=self.time_zone,
            language=self.language,
            all_entities=self.all_entities,
        )
        self.program.env = _environment(self._clock) if ahead else _environment()
        self._set_clock(ahead)
        await self.program.start()
        await self.program.wait_until(self.api.is_up, "Home Assistant to answer", timeout)
        if await self.api.needs_onboarding():
            await self.api.onboard("Alex", self.username, self.password)
        else:
            await self.api.login(self.username, self.password)
        await self.program.wait_until(self._is_running, "Home Assistant to finish its start", timeout)
        await settled(self.api)

    @classmethod
    @asynccontextmanager
    async def visit(cls, folder: Path, port: int) -> AsyncIterator[Self]:
        """Log in to a home of another process, which will stop it."""
        home = cls(folder, port)
        try:
            await home.api.login(home.username, home.password)
            yield home
        finally:
            await home.api.close()

    async def stop(self) -> None:
        """Stop Home Assistant as a user would."""
        await self.program.stop()

    async def kill(self) -> None:
        """Kill Home Assistant as a power cut would."""
        await self.program.kill()

    async def put_clock(self, ahead: timedelta) -> None:
        """Set the clock of a running home that was started with one ahead, and wait until it takes effect.

        Timers due meanwhile don't fire: a component waiting for an instant reads the clock again at the next change.
        """
        self._set_clock(ahead)

        async def goes_by_it() -> bool:
            try:
                told = await self.api.post("/api/template", {"template": "{{ utcnow().timestamp() }}"})
            except RigError:  # a login lasts for half an hour
                await self.api.login(self.username, self.password)
                return False
            return float(told) > (datetime.now(UTC) + ahead).timestamp() - 5

        await wait_for(goes_by_it, f"a clock that is {ahead} ahead", every=0.2)

    def _set_clock(self, ahead: timedelta) -> None:
        """Write the clock's offset, atomically."""
        new = self._clock.with_suffix(".new")
        new.write_text(f"+{ahead.total_seconds():.0f}s\n")
        new.replace(self._clock)

    # Setup

    async def add(self, domain: str, **values: Any) -> Json:
        """Add an integration with a single setup screen, and return its entry."""
        flow = await (await Flow.config(self.api, domain)).send(**values)
        # A new runner is complete with a name alone.
        return await flow.finish(next_step_id="finish") if flow.type == "menu" else flow.result

    async def entries(self, domain: str) -> list[Json]:
        """Return the config entries of an integration."""
        found: list[Json] = await self.api.get(f"{ENTRIES}/entry?domain={domain}")
        return found

    async def subentries(self, entry_id: str) -> list[Json]:
        """Return an entry's subentries."""
        found: list[Json] = await self.api.command("config_entries/subentries/list", entry_id=entry_id)
        return found

    async def remove_subentry(self, entry_id: str, subentry_id: str) -> None:
        """Delete a subentry, as its menu does, and wait until its entry is set up without it."""
        await self.api.command("config_entries/subentries/delete", entry_id=entry_id, subentry_id=subentry_id)
        await settled(self.api)

    async def entity_id(self, domain: str, unique_id: str, platform: str = "home_gym") -> str:
        """Return the id of an entity by its unique id, once it is registered."""

        async def find() -> str | None:
            entities = await self.api.command("config/entity_registry/list")
            return next(
                (
                    entity["entity_id"]
                    for entity in entities
                    if entity["platform"] == platform
                    and entity["unique_id"] == unique_id
                    and entity["entity_id"].startswith(f"{domain}.")
                ),
                None,
            )

        return await wait_for(find, f"{domain} {unique_id} of {platform}", every=0.2)

    async def entity_ids(self, entry_id: str, domain: str = "") -> list[str]:
        """Return the ids of an entry's entities, of one domain or of all."""
        entities = await self.api.command("config/entity_registry/list")
        return [
            entity["entity_id"]
            for entity in entities
            if entity["config_entry_id"] == entry_id and entity["entity_id"].startswith(domain)
        ]

    # States and actions

    async def state(self, entity_id: str) -> Json:
        """Return an entity's state, with its attributes."""
        found: Json = await self.api.get(f"/api/states/{entity_id}")
        return found

    async def wait_for_state(self, entity_id: str, wanted: str, *, timeout: float = PATIENCE) -> Json:
        """Wait until an entity has a state."""

        async def find() -> Json | None:
            with suppress(RigError):
                state = await self.state(entity_id)
                return state if state["state"] == wanted else None
            return None

        return await wait_for(find, f"{entity_id} to be {wanted}", timeout=timeout, every=0.1)

    async def act(self, action: str, data: Mapping[str, Any], **target: Any) -> None:
        """Perform an action, such as `tts.speak`, on a target."""
        domain, name = action.split(".")
        await self.api.post(f"/api/services/{domain}/{name}", {**data, **target})

    async def ask(self, action: str, data: Mapping[str, Any]) -> Json:
        """Perform an action with a response, and return it."""
        domain, name = action.split(".")
        answer = await self.api.post(f"/api/services/{domain}/{name}?return_response", data)
        response: Json = answer["service_response"]
        return response

    async def speak(self, language: str) -> None:
        """Change the home's language, as its owner would."""
        self.language = language
        await self.api.command("config/core/update", language=language)
        await settled(self.api)

    async def speak_with(self, tts_entity: str, language: str = "en") -> None:
        """Give the preferred assistant a voice, so that announcements work without the internet."""
        await self._change_assistant(tts_engine=tts_entity, tts_language=language, tts_voice=None)

    async def hear_with(self, stt_entity: str, language: str = "en") -> None:
        """Give the preferred assistant a speech-to-text engine."""
        await self._change_assistant(stt_engine=stt_entity, stt_language=language)

    async def _change_assistant(self, **changes: str | None) -> None:
        """Change the preferred assistant."""
        listing = await self.api.command("assist_pipeline/pipeline/list")
        pipeline = next(p for p in listing["pipelines"] if p["id"] == listing["preferred_pipeline"])
        kept = {key: value for key, value in pipeline.items() if key != "id"}
        await self.api.command("assist_pipeline/pipeline/update", pipeline_id=pipeline["id"], **kept | changes)

    @property
    def log(self) -> str:
        """Home Assistant's log so far."""
        return self.program.log.read_text(errors="replace")

    async def _is_running(self) -> bool:
        """Return whether all integrations are set up."""
        return bool((await self.api.get("/api/config"))["state"] == "RUNNING")


def _environment(clock: Path | None = None) -> dict[str, str]:
    """Return the environment without a test runner's variables, and with a clock set by a file."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV_"))}
    # Compiled files are kept for the next start, since compiling is most of a start.
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    kept |= {"PYTHONUNBUFFERED": "1"}
    if clock is None:
        return kept
    clockwork = next(Path("/").glob(CLOCKWORK.removeprefix("/")), None)
    if clockwork is None:
        raise RigError("libfaketime is missing: run scripts/setup")
    kept |= {"LD_PRELOAD": str(clockwork), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_CACHE_DURATION": "1"}
    # With its workaround for old C libraries, threads never wait for each other, and a start takes ten times as long.
    kept |= {"FAKETIME_FORCE_MONOTONIC_FIX": "0"}
    return kept | {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
