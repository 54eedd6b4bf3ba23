"""A runner in a real home: set up through the screens, and observed through entities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from .flows import Flow, asking
from .home import Home
from .process import LOOPBACK, wait_for
from .speaker import Speaker
from .voice import Voice

# Prompts around a run.
RUN_PROMPTS = ("warm_up", "foam_roll", "stretch")
METRES_PER = {"km": 1000, "mi": 1609.344}
UNKNOWN = {"unknown", "unavailable"}


@dataclass(frozen=True)
class Athlete:
    """A runner with one pair of shoes, a speaker and a folder for recordings."""

    home: Home
    entry_id: str
    shoe_id: str
    folder: Path

    @classmethod
    async def move_in(
        cls, home: Home, voice: Voice, speaker: Speaker, folder: Path, *, prompts: Sequence[str] = RUN_PROMPTS
    ) -> Self:
        """Set up a runner with prompts at any hour: the warm-up, the roll and the stretch right after, unless given."""
        wyoming = await home.add("wyoming", host=LOOPBACK, port=voice.port)
        mpd = await home.add("mpd", host=LOOPBACK, port=speaker.port)
        [engine] = await home.entity_ids(wyoming["entry_id"], "tts.")
        [player] = await home.entity_ids(mpd["entry_id"], "media_player.")
        alex = await cls.join(home, "Alex", folder, prompts, "media_player", media_player=player, tts_engine=engine)
        # Setting up the speaker said hello, which is no line of the coach.
        await speaker.wait_for_silence()
        voice.spoken.clear()
        return alex

    @classmethod
    async def join(
        cls, home: Home, name: str, folder: Path, prompts: Sequence[str], kind: str, **speaker: str | bool
    ) -> Self:
        """Set up a runner with prompts at any hour, on a speaker of a kind, each right after the one before."""
        entry_id = await Flow.new_runner(home.api, name)
        options = await Flow.options(home.api, entry_id)
        sections = asking(prompts)
        sections["stretch"]["stretch_offset"] = 0
        await (await options.choose("settings")).finish(quiet_start="00:00:00", quiet_end="00:00:00", **sections)
        yesterday = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
        shoe = await Flow.subentry(home.api, entry_id, "shoe")
        await shoe.finish(name="Daily trainers", first_used=yesterday, initial_distance=100)
        menu = await Flow.subentry(home.api, entry_id, "speaker")
        await (await menu.choose(kind)).finish_speaker(**speaker)
        kinds = await Flow.subentry(home.api, entry_id, "source")
        await (await kinds.choose("folder")).finish(folder=str(folder))
        [shoe_id] = [s["subentry_id"] for s in await home.subentries(entry_id) if s["subentry_type"] == "shoe"]
        return cls(home=home, entry_id=entry_id, shoe_id=shoe_id, folder=folder)

    async def log(self, habit: str) -> None:
        """Log a habit as done, so that the next prompt need not wait for an answer."""
        await self.home.act("home_gym.log_session", {"config_entry_id": self.entry_id, "habit": habit})

    async def decline(self, habit: str) -> None:
        """Decline a prompt, and with it the others of the same outing."""
        answer = {"config_entry_id": self.entry_id, "habit": habit}
        await self.home.act("home_gym.dismiss_prompt", answer)

    async def shoe_metres(self) -> float:
        """Return the pair's distance in metres."""
        return await self._metres(f"{self.entry_id}_{self.shoe_id}_distance")

    async def wait_for_run(self, distance: float) -> None:
        """Wait until the last run has a distance in metres."""

        async def is_shown() -> bool:
            return abs(await self._metres(f"{self.entry_id}_last_run_distance") - distance) < 0.01

        await wait_for(is_shown, f"a run of {distance} m", every=0.2)

    async def _metres(self, unique_id: str) -> float:
        """Return a sensor's distance in metres, converted from its displayed unit, as soon as it has one."""
        entity_id = await self.home.entity_id("sensor", unique_id)

        async def shown() -> dict[str, Any] | None:
            state = await self.home.state(entity_id)
            return None if state["state"] in UNKNOWN else state

        state = await wait_for(shown, f"{entity_id} to show a distance", every=0.1)
        return float(state["state"]) * METRES_PER[state["attributes"]["unit_of_measurement"]]
