"""Setup of the demo's runner through Home Assistant's own screens, without changes to an existing one."""

from datetime import UTC, date, datetime, timedelta
from math import sin

from tests.rig import LOOPBACK, Flow, Home, wait_for

from .house import House, Place

BLUE, GREEN = (47, 91, 183), (46, 140, 110)


async def set_up(house: House, place: Place) -> tuple[str, str]:
    """Set up everything missing, and return the ids of the runner's entry and of the speaker."""
    home = house.home
    engine = await _only_entity(home, "wyoming", "tts.", port=house.voice.port)
    player = await _only_entity(home, "mpd", "media_player.", port=house.speaker.port)
    await home.speak_with(engine)
    if entries := await home.entries("home_gym"):
        return str(entries[0]["entry_id"]), player
    runner = str((await home.add("home_gym", name="Alex"))["entry_id"])
    await _give_shoes(home, runner)
    # At any hour and soon, since the user is waiting for the prompt, without any by time of day before it.
    options = await (await Flow.options(home.api, runner)).choose("settings")
    await options.finish(
        quiet_start="00:00:00",
        quiet_end="00:00:00",
        stretch={"stretch_offset": 1},
        core={"ask": False},
        check_in={"ask": "never"},
    )
    speaker = await (await Flow.subentry(home.api, runner, "speaker")).choose("media_player")
    await speaker.finish_speaker(media_player=player, tts_engine=engine)
    await (await (await Flow.subentry(home.api, runner, "source")).choose("folder")).finish(
        folder=str(place.recordings)
    )
    await _wait_for_history(home, runner)
    await _tell_of_pain(home, runner)
    return runner, player


async def _tell_of_pain(home: Home, runner: str) -> None:
    """Report a back that hurt in autumn and improves, on some days a week."""
    now = datetime.now(UTC)
    for days in range(2, 110, 3):
        score = max(0, round(days / 30 + 1.4 * sin(days / 8)))
        felt = (now - timedelta(days=days)).isoformat()
        await home.act("home_gym.log_pain", {"config_entry_id": runner, "score": score, "time": felt})


async def _wait_for_history(home: Home, runner: str) -> None:
    """Wait for the past recordings in the journal."""
    last_run = await home.entity_id("sensor", f"{runner}_last_run")

    async def is_known() -> bool:
        return (await home.state(last_run))["state"] not in ("unknown", "unavailable")

    await wait_for(is_known, "the recordings of the past to be read", timeout=120)


async def _only_entity(home: Home, domain: str, entity_domain: str, port: int) -> str:
    """Return the entity id of an integration, set up now if it was missing."""
    entries = await home.entries(domain) or [await home.add(domain, host=LOOPBACK, port=port)]
    [entity_id] = await home.entity_ids(entries[0]["entry_id"], entity_domain)
    return entity_id


async def _give_shoes(home: Home, runner: str) -> None:
    """Add two pairs: a worn one and a nearly new one."""
    today = date.today()  # noqa: DTZ011
    pairs = (("Daily trainers", 20, 385, BLUE), ("New trainers", 3, 0, GREEN))
    for name, weeks, before, color in pairs:
        flow = await Flow.subentry(home.api, runner, "shoe")
        first_used = (today - timedelta(weeks=weeks)).isoformat()
        await flow.finish(name=name, first_used=first_used, initial_distance=before, color=list(color))
