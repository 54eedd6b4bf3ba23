"""Every path through the screens of a speaker, in a home with a voice, a player, a satellite and a phone."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from homeassistant.components.assist_pipeline import async_update_pipeline
from homeassistant.components.assist_pipeline.pipeline import async_get_pipeline
from homeassistant.components.media_player.const import MediaPlayerEntityFeature as Feature
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, entity_registry as er
from tests.support.integration.runner_entry import ENTRY_ID, SetUp
from tests.support.integration.shoe import suggested

from ...support.integration.voice_home import VoiceHome

HELLO = "Hello, Alex. This is your coach. You'll hear from me after your runs."


@pytest.fixture
async def home(hass: HomeAssistant, clock: FrozenDateTimeFactory, set_up: SetUp, entry: MockConfigEntry) -> VoiceHome:
    """Return the home of a runner without speakers."""
    home = VoiceHome(hass, clock)
    await home.move_in()
    await set_up(entry)
    return home


async def choose(hass: HomeAssistant, kind: str) -> Any:
    """Open the screen for a new speaker of a kind."""
    menu = await hass.config_entries.subentries.async_init((ENTRY_ID, "speaker"), context={"source": SOURCE_USER})
    assert menu["type"] is FlowResultType.MENU
    assert menu["menu_options"] == ["satellite", "media_player", "notify_action", "notify"]
    form = await hass.config_entries.subentries.async_configure(menu["flow_id"], {"next_step_id": kind})
    assert form["type"] is FlowResultType.FORM
    return form


async def submit(hass: HomeAssistant, form: Any, values: dict[str, Any]) -> Any:
    """Submit a screen, and return the next."""
    result = await hass.config_entries.subentries.async_configure(form["flow_id"], values)
    await hass.async_block_till_done()
    return result


async def fill_in(hass: HomeAssistant, form: Any, values: dict[str, Any]) -> Any:
    """Submit a screen, and answer that the line after it was heard."""
    result = await submit(hass, form, values)
    return await answer(hass, result, "heard") if result.get("step_id") == "did_you_hear" else result


async def answer(hass: HomeAssistant, menu: Any, choice: str) -> Any:
    """Choose from a menu, and return the next screen."""
    return await submit(hass, menu, {"next_step_id": choice})


def shown_in(form: Any) -> dict[str, Any]:
    """Return a form's suggested values."""
    return {field: value for field, value in suggested(form).items() if value is not None}


async def test_volume_follows_the_answers(hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry) -> None:
    menu = await submit(hass, await choose(hass, "media_player"), home.on_player())
    assert menu["menu_options"] == ["heard", "too_quiet", "too_loud", "unheard"]
    assert menu["description_placeholders"] == {"speaker": "Gym speaker"}
    for choice in ("too_quiet", "too_quiet", "too_loud"):
        await home.wait(10)
        menu = await answer(hass, menu, choice)
    await home.wait(10)
    made = await answer(hass, menu, "heard")

    # From 50 % up by 15 twice and down once.
    assert made["data"]["volume"] == 65
    louder = [call for call in home.player.calls if call[0] == "volume" and call[1] != 0.3]
    assert louder == [("volume", 0.65), ("volume", 0.8), ("volume", 0.65)]
    assert home.player.said == [HELLO] * 4


@pytest.mark.parametrize(("first", "choice", "then"), [(95, "too_quiet", 100), (10, "too_loud", 1)])
async def test_volume_stays_within_its_bounds(
    hass: HomeAssistant, home: VoiceHome, first: int, choice: str, then: int
) -> None:
    menu = await submit(hass, await choose(hass, "media_player"), home.on_player(volume=first))
    await home.wait(10)
    made = await answer(hass, await answer(hass, menu, choice), "heard")
    assert made["data"]["volume"] == then


async def test_fault_is_shown_with_the_remedies(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.fault = HomeAssistantError("no connection")
    menu = await submit(hass, await choose(hass, "media_player"), home.on_player())
    remedies = await answer(hass, menu, "unheard")
    assert remedies["menu_options"] == ["did_you_hear", "change", "heard"]
    assert remedies["description_placeholders"] == {"speaker": "Gym speaker", "fault": "no connection"}

    home.player.fault = None
    await home.wait(10)
    menu = await answer(hass, remedies, "did_you_hear")
    assert home.player.said == [HELLO]
    assert (await answer(hass, menu, "unheard"))["description_placeholders"]["fault"] == ""


async def test_another_speaker_is_chosen_after_silence(hass: HomeAssistant, home: VoiceHome) -> None:
    menu = await submit(hass, await choose(hass, "satellite"), home.on_satellite(chime=False))
    # A satellite without a media player beside it has no volume of its own.
    assert menu["menu_options"] == ["heard", "unheard"]
    form = await answer(hass, await answer(hass, menu, "unheard"), "change")
    assert shown_in(form) == home.on_satellite(chime=False)
    made = await fill_in(hass, form, home.on_satellite(chime=True, satellite=home.asker.entity_id))
    assert made["title"] == "Gym"
    assert home.asker.said == [(HELLO, True)]


async def test_the_only_player_and_the_preferred_voice_are_suggested(hass: HomeAssistant, home: VoiceHome) -> None:
    assert shown_in(await choose(hass, "media_player")) == home.on_player()
    # Two satellites leave the choice to the user.
    assert shown_in(await choose(hass, "satellite")) == {}
    hass.states.async_set("media_player.other", "idle", {"supported_features": Feature.PLAY_MEDIA})
    hass.states.async_set("tts.other", "unknown")
    await async_update_pipeline(hass, async_get_pipeline(hass), tts_engine=home.engine.entity_id, tts_language="en")
    assert shown_in(await choose(hass, "media_player")) == {"tts_engine": home.engine.entity_id}


@pytest.mark.parametrize(
    ("platform", "error"),
    [
        ("samsungtv", "player_is_television"),
        ("denonavr", "player_is_receiver"),
        ("spotify", "player_is_library"),
        ("alexa_devices", "echo_without_notify"),
        ("alexa_media", "alexa_media_without_action"),
        ("unknown_to_us", "player_is_mute"),
    ],
)
async def test_player_that_can_not_speak_is_refused(
    hass: HomeAssistant, home: VoiceHome, platform: str, error: str
) -> None:
    player = er.async_get(hass).async_get_or_create("media_player", platform, "one").entity_id
    features = Feature.VOLUME_SET if error == "player_is_mute" else Feature.PLAY_MEDIA
    hass.states.async_set(player, "idle", {"supported_features": features})
    form = await fill_in(hass, await choose(hass, "media_player"), home.on_player(media_player=player))
    assert form["errors"] == {"media_player": error}


async def test_echo_needs_no_voice(hass: HomeAssistant, home: VoiceHome) -> None:
    echo = er.async_get(hass).async_get_or_create("media_player", "alexa_media", "one").entity_id
    hass.states.async_set(echo, "idle", {"supported_features": Feature.PLAY_MEDIA})
    spoken = async_mock_service(hass, "notify", "alexa_media")
    made = await fill_in(hass, await choose(hass, "media_player"), {"media_player": echo})
    assert "tts_engine" not in made["data"]
    assert [call.data["message"] for call in spoken] == [HELLO]

    form = await fill_in(hass, await choose(hass, "media_player"), {"media_player": home.player.entity_id})
    assert form["errors"] == {"tts_engine": "voice_missing"}


@pytest.mark.parametrize("is_spoken", [True, False])
async def test_notify_action_is_added(
    hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry, is_spoken: bool
) -> None:
    calls = async_mock_service(hass, "notify", "google_assistant_sdk")
    form = await choose(hass, "notify_action")
    chosen = {"notify_action": "google_assistant_sdk", "rooms": ["gym"], "is_spoken": is_spoken}
    made = await fill_in(hass, form, chosen)
    assert made["data"] == chosen
    assert made["title"] == "google_assistant_sdk"
    prompts = entry.runtime_data.runner.settings.prompts
    assert (bool(prompts.speakers), bool(prompts.phones)) == (is_spoken, not is_spoken)
    assert [call.data for call in calls] == ([{"message": HELLO, "target": ["gym"]}] if is_spoken else [])


async def test_button_of_a_speaker_says_hello(hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry) -> None:
    await fill_in(hass, await choose(hass, "media_player"), home.on_player())
    await fill_in(hass, await choose(hass, "notify"), {"notify": home.phone.entity_id})
    [button] = [state for state in hass.states.async_all("button") if state.entity_id.endswith("say_hello")]
    assert button.name == "Gym speaker Say hello"
    await home.wait(10)
    home.player.said.clear()
    await hass.services.async_call("button", "press", {"entity_id": button.entity_id}, blocking=True)
    assert home.player.said == [HELLO]


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    """Return an entity's reference, which survives a change of its entity id."""
    found = er.async_get(hass).async_get(entity_id)
    assert found
    return found.id


async def test_media_player_is_added(hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry) -> None:
    sensor = next(iter(home.sensors.values())).entity_id
    room = ar.async_get(hass).async_create("Gym").id
    form = await choose(hass, "media_player")
    made = await fill_in(hass, form, home.on_player(volume=60, area=room, presence=sensor))

    assert made["title"] == "Gym speaker"
    stored = {
        "media_player": registry_id(hass, home.player.entity_id),
        "tts_engine": registry_id(hass, home.engine.entity_id),
        "volume": 60,
        "area": room,
        "presence": registry_id(hass, sensor),
    }
    assert made["data"] == stored
    [speaker] = entry.get_subentries_of_type("speaker")
    assert entry.runtime_data.runner.settings.prompts.speakers == (speaker.subentry_id,)
    # The voice was checked without any sound in the home, and then with one.
    assert [text for text, _, _ in home.engine.asked] == ["Alex", HELLO]
    assert home.player.calls == [("volume", 0.6), ("say", HELLO)]

    er.async_get(hass).async_update_entity(home.player.entity_id, new_entity_id="media_player.renamed")
    await hass.async_block_till_done()
    form = await entry.start_subentry_reconfigure_flow(hass, speaker.subentry_id)
    assert shown_in(form) == home.on_player(volume=60, area=room, presence=sensor, media_player="media_player.renamed")
    done = await fill_in(hass, form, home.on_player(media_player="media_player.unknown"))

    assert done["reason"] == "reconfigure_successful"
    changed = entry.subentries[speaker.subentry_id]
    assert changed.title == "media_player.unknown"
    assert changed.data == {"media_player": "media_player.unknown", "tts_engine": stored["tts_engine"]}


async def test_satellite_is_added(hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry) -> None:
    form = await choose(hass, "satellite")
    made = await fill_in(hass, form, home.on_satellite(chime=False))

    assert made["title"] == "Hall"
    assert made["data"] == {"satellite": registry_id(hass, home.satellite.entity_id), "chime": False}
    assert home.satellite.said == [(HELLO, False)]
    [satellite] = entry.get_subentries_of_type("speaker")
    form = await entry.start_subentry_reconfigure_flow(hass, satellite.subentry_id)
    assert form["step_id"] == "satellite"
    assert shown_in(form) == home.on_satellite(chime=False)


async def test_satellites_are_asked_before_players(
    hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry
) -> None:
    for kind, values in (
        ("notify", {"notify": home.phone.entity_id}),
        ("media_player", home.on_player()),
        ("satellite", home.on_satellite(chime=True)),
    ):
        await fill_in(hass, await choose(hass, kind), values)

    ids = {title: subentry_id for subentry_id, subentry in entry.subentries.items() if (title := subentry.title)}
    prompts = entry.runtime_data.runner.settings.prompts
    assert prompts.speakers == (ids["Hall"], ids["Gym speaker"])
    assert prompts.phones == (ids["Phone"],)


async def test_phone_is_added(hass: HomeAssistant, home: VoiceHome, entry: MockConfigEntry) -> None:
    hass.states.async_set("notify.phone_of_old", "unknown")
    form = await choose(hass, "notify")
    await fill_in(hass, form, {"notify": "notify.phone_of_old"})

    [phone] = entry.get_subentries_of_type("speaker")
    assert phone.title == "notify.phone_of_old"
    assert entry.runtime_data.runner.settings.prompts.phones == (phone.subentry_id,)
    form = await entry.start_subentry_reconfigure_flow(hass, phone.subentry_id)
    assert form["step_id"] == "notify"
    assert shown_in(form) == {"notify": "notify.phone_of_old", "shows_routine": True, "shows_treadmill": False}


@pytest.mark.parametrize(
    ("fault", "sound"),
    [
        (HomeAssistantError("no key"), b"sound"),
        (RuntimeError("an engine's own fault"), b"sound"),
        (None, b""),
        (None, None),
    ],
)
async def test_a_voice_that_makes_no_sound(
    hass: HomeAssistant, home: VoiceHome, fault: Exception | None, sound: bytes | None
) -> None:
    good, home.engine.sound, home.engine.fault = home.engine.sound, sound, fault
    form = await fill_in(hass, await choose(hass, "media_player"), home.on_player(volume=60))
    assert form["errors"] == {"tts_engine": "voice_silent"}
    assert shown_in(form) == home.on_player(volume=60)

    home.engine.sound, home.engine.fault = good, None
    made = await fill_in(hass, form, home.on_player(volume=60))
    assert made["type"] is FlowResultType.CREATE_ENTRY


async def test_a_voice_that_is_gone(hass: HomeAssistant, home: VoiceHome) -> None:
    form = await fill_in(hass, await choose(hass, "media_player"), home.on_player(tts_engine="tts.gone"))
    assert form["errors"] == {"tts_engine": "voice_silent"}


async def test_a_volume_that_can_not_be_set(hass: HomeAssistant, home: VoiceHome) -> None:
    home.player.change(supported_features=Feature.PLAY_MEDIA)
    form = await fill_in(hass, await choose(hass, "media_player"), home.on_player(volume=60))
    assert form["errors"] == {"volume": "volume_fixed"}
    made = await fill_in(hass, form, home.on_player())
    assert made["type"] is FlowResultType.CREATE_ENTRY


async def test_a_player_that_is_not_there_just_now(hass: HomeAssistant, home: VoiceHome) -> None:
    """Its volume feature is unknown."""
    values = home.on_player(media_player="media_player.away", volume=60)
    made = await fill_in(hass, await choose(hass, "media_player"), values)
    assert made["data"]["volume"] == 60


@pytest.mark.parametrize("volume", [0, 101, "loud"])
async def test_a_volume_that_is_none(hass: HomeAssistant, home: VoiceHome, volume: object) -> None:
    form = await choose(hass, "media_player")
    with pytest.raises(InvalidData):
        await fill_in(hass, form, home.on_player(volume=volume))


async def test_a_voice_assistant_that_is_mute(hass: HomeAssistant, home: VoiceHome) -> None:
    """An assistant without an engine uses any of the home's."""
    pipeline = async_get_pipeline(hass)
    await async_update_pipeline(hass, pipeline, tts_engine="tts.gone", tts_language="en", tts_voice="nova")
    form = await fill_in(hass, await choose(hass, "satellite"), home.on_satellite(chime=True))
    assert form["errors"] == {"satellite": "pipeline_mute"}

    home.engine.fault = HomeAssistantError("no key")
    await async_update_pipeline(hass, pipeline, tts_engine=home.engine.entity_id, tts_language="en", tts_voice="nova")
    form = await fill_in(hass, form, home.on_satellite(chime=True))
    assert form["errors"] == {"satellite": "pipeline_mute"}

    home.engine.fault = None
    await async_update_pipeline(hass, pipeline, tts_engine=None, tts_language=None, tts_voice=None)
    made = await fill_in(hass, form, home.on_satellite(chime=True))
    assert made["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        ("preferred", []),
        ("Loud", [("Alex", "de-AT", "nova")]),
        # renamed since
        ("Quiet", []),
    ],
)
async def test_the_voice_of_the_assistant_that_a_satellite_chose(
    hass: HomeAssistant, home: VoiceHome, chosen: str, asked: list[Any]
) -> None:
    """The preferred assistant has a removed voice."""
    store = hass.data["assist_pipeline"].pipeline_store
    plain = async_get_pipeline(hass).to_json()
    del plain["id"]
    voice = {"tts_engine": home.engine.entity_id, "tts_language": "de-AT", "tts_voice": "nova"}
    await store.async_create_item(plain | voice | {"name": "Loud"})
    await async_update_pipeline(hass, async_get_pipeline(hass), tts_engine="tts.gone")
    home.satellite._attr_pipeline_entity_id = "select.hall_assistant"
    hass.states.async_set("select.hall_assistant", chosen)

    result = await fill_in(hass, await choose(hass, "satellite"), home.on_satellite(chime=True))

    assert [(text, language, options["voice"]) for text, language, options in home.engine.asked][:1] == asked
    assert result["type"] is (FlowResultType.CREATE_ENTRY if asked else FlowResultType.FORM)


@pytest.mark.parametrize("state", ["unavailable", None])
async def test_a_satellite_that_is_switched_off(hass: HomeAssistant, home: VoiceHome, state: str | None) -> None:
    form = await choose(hass, "satellite")
    if state:
        home.satellite._attr_available = False
        home.satellite.async_write_ha_state()
    else:
        hass.states.async_remove(home.satellite.entity_id)
    form = await fill_in(hass, form, home.on_satellite(chime=True))
    assert form["errors"] == {"satellite": "satellite_unavailable"}


async def test_a_satellite_without_an_integration(hass: HomeAssistant, home: VoiceHome) -> None:
    hass.states.async_set("assist_satellite.nobodys", "idle")
    form = await choose(hass, "satellite")
    form = await fill_in(hass, form, {"satellite": "assist_satellite.nobodys", "chime": True})
    assert form["errors"] == {"satellite": "pipeline_mute"}
