"""Three runners of one home, each prompted on another kind of speaker, and their replies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.rig import LOOPBACK, Athlete, Hearing, Home, Phone, Satellite, Speaker, Voice, wait_for

type Json = dict[str, Any]


@dataclass(frozen=True)
class Runners:
    """Alex on the satellite, Sam on the phone, and Kim on the speaker."""

    alex: Athlete
    sam: Athlete
    kim: Athlete
    satellite: str

    @property
    def all(self) -> list[Athlete]:
        """The three runners."""
        return [self.alex, self.sam, self.kim]

    @classmethod
    async def move_in(
        cls,
        home: Home,
        *,
        voice: Voice,
        satellite_voice: Voice,
        speaker: Speaker,
        hearing: Hearing,
        satellite: Satellite,
        phone: Phone,
        folder: Path,
    ) -> Self:
        """Set up all voices and speakers, and the three runners."""
        entities = [
            await _entity(home, "wyoming", port, domain)
            for port, domain in (
                (voice.port, "tts"),
                (satellite_voice.port, "tts"),
                (hearing.port, "stt"),
                (satellite.port, "assist_satellite"),
            )
        ]
        engine, engine_of_satellite, ears, satellite_entity = entities
        player = await _entity(home, "mpd", speaker.port, "media_player")
        await home.speak_with(engine_of_satellite)
        await home.hear_with(ears)
        gym = await home.api.command("config/area_registry/create", name="Gym")
        registered = await home.api.command("config/entity_registry/get", entity_id=satellite_entity)
        await home.api.command(
            "config/device_registry/update", device_id=registered["device_id"], area_id=gym["area_id"]
        )
        notifier = await phone.register(home)
        on_satellite = {"satellite": satellite_entity}
        on_player = {"media_player": player, "tts_engine": engine}
        runners = cls(
            alex=await Athlete.join(
                home, "Alex", folder / "alex", ["foam_roll", "stretch"], "satellite", **on_satellite
            ),
            sam=await Athlete.join(home, "Sam", folder / "sam", ["foam_roll", "stretch"], "notify", notify=notifier),
            kim=await Athlete.join(home, "Kim", folder / "kim", ["foam_roll"], "media_player", **on_player),
            satellite=satellite_entity,
        )
        for one in (voice, satellite_voice):
            one.spoken.clear()
        return runners


async def _entity(home: Home, integration: str, port: int, domain: str) -> str:
    entry = await home.add(integration, host=LOOPBACK, port=port)

    async def find() -> str | None:
        return next(iter(await home.entity_ids(entry["entry_id"], f"{domain}.")), None)

    return await wait_for(find, f"{domain} of {integration}", every=0.2)


async def journal_of(athlete: Athlete) -> Json:
    """Return a runner's journal."""
    return await athlete.home.ask("home_gym.get_journal", {"config_entry_id": athlete.entry_id})


async def prompt_of(athlete: Athlete, habit: str) -> str | None:
    """Return the state of a prompt."""
    journal = await journal_of(athlete)
    return next((prompt["state"] for prompt in journal["prompts"] if prompt["habit"] == habit), None)


async def sessions_of(athlete: Athlete, habit: str) -> list[Json]:
    """Return the sessions of a habit."""
    return [session for session in (await journal_of(athlete))["sessions"] if session["habit"] == habit]


async def wait_for_prompt(athlete: Athlete, habit: str, state: str) -> None:
    """Wait for a prompt's state."""

    async def is_so() -> bool:
        return await prompt_of(athlete, habit) == state

    await wait_for(is_so, f"{habit} to be {state}", every=0.3)


async def say(runners: Runners, hearing: Hearing, words: str) -> None:
    """Speak to the satellite after it has finished.

    A sentence while the previous answer is still being made is lost, and the satellite then waits forever.
    """
    await runners.alex.home.wait_for_state(runners.satellite, "idle")
    await hearing.hear(words)


async def routine_of(athlete: Athlete) -> str:
    """Return the entity of a runner's routine."""
    return await athlete.home.entity_id("sensor", f"{athlete.entry_id}_routine")


def spoken_since(voice: Voice, before: int, words: str) -> list[str]:
    """Return a voice's lines with some words in them, after a number of others."""
    return [line for line in voice.lines[before:] if words in line]
