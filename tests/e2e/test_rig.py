"""The rig itself, the base of all other end-to-end tests."""

from pathlib import Path
import time

from PIL import Image

from tests.rig import LOOPBACK, Browser, Home, Speaker, Voice


async def test_a_line_is_heard(home: Home, voice: Voice, speaker: Speaker) -> None:
    wyoming = await home.add("wyoming", host=LOOPBACK, port=voice.port)
    mpd = await home.add("mpd", host=LOOPBACK, port=speaker.port)
    [engine] = await home.entity_ids(wyoming["entry_id"], "tts.")
    [player] = await home.entity_ids(mpd["entry_id"], "media_player.")
    asked = time.time()

    await home.act(
        "tts.speak",
        {"media_player_entity_id": player, "message": "Well done, that was five kilometres."},
        entity_id=engine,
    )

    spoken = await voice.wait_for_line("five kilometres")
    sound = await speaker.wait_for_sound(after=asked, seconds=1.5)
    assert asked < spoken.at < sound.began
    assert sound.peak > 3000


async def test_the_assistant_gets_the_voice(home: Home) -> None:
    [entry] = await home.entries("wyoming")
    [engine] = await home.entity_ids(entry["entry_id"], "tts.")

    await home.speak_with(engine)

    listing = await home.api.command("assist_pipeline/pipeline/list")
    assert [pipeline["tts_engine"] for pipeline in listing["pipelines"]] == [engine]


async def test_the_browser_sees_the_overview(home: Home, browser: Browser, tmp_path: Path) -> None:
    page = await browser.open("/")
    await page.get_by_text("Welcome Alex").wait_for()

    picture = await browser.screenshot(page, tmp_path / "overview.png")

    with Image.open(picture) as image:
        assert image.size == (1280, 900)
        assert len(image.convert("RGB").getcolors(1280 * 900) or []) > 50


async def test_events_are_collected(home: Home) -> None:
    for number in range(20):
        async with home.api.events("state_changed") as changes:
            await home.api.post("/api/states/sensor.of_the_rig", {"state": str(number)})
        states = [change["data"]["new_state"] for change in changes]
        assert [state["state"] for state in states if state["entity_id"] == "sensor.of_the_rig"] == [str(number)]


async def test_home_survives_a_power_cut(home: Home) -> None:
    before = await home.entries("mpd")

    await home.kill()
    await home.start()

    assert [entry["entry_id"] for entry in await home.entries("mpd")] == [entry["entry_id"] for entry in before]


async def test_nothing_was_installed(home: Home) -> None:
    assert [line for line in home.log.splitlines() if "Attempting install" in line] == []
