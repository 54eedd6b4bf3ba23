"""Words of illness: noted in the runner's rooms, and elsewhere only after "is that you?"."""

from collections.abc import Callable

import pytest

from custom_components.home_gym.gym import verbs
from homeassistant.components.conversation import agent_manager
from homeassistant.core import Context, HomeAssistant
from tests.support.integration import assist
from tests.support.integration.assist import Say, runner, speaker_in, speech_of
from tests.support.integration.runner_entry import ENTRY_ID, SetUp

pytestmark = pytest.mark.usefixtures("clock")
lines, say, satellite = assist.lines, assist.say, assist.satellite

IS_THAT_YOU = "Alex, is that you?"
RESTS = "Rest well. Tell me when you train again."


@pytest.mark.usefixtures("lines")
async def test_illness_from_another_room_is_confirmed_first(
    hass: HomeAssistant, set_up: SetUp, say: Say, satellite: Callable[[str], tuple[str, str]]
) -> None:
    gym, _ = satellite("Gym")
    kitchen, _ = satellite("Kitchen")
    entry = runner("Alex", ENTRY_ID, speaker_in("gym", "A1"))
    coordinator = await set_up(entry)

    def is_resting() -> bool:
        return any(rest.end is None for rest in coordinator.runner.journal.rests.values())

    for device, sentence, reply, answers, rests in (
        (gym, "I'm ill", None, RESTS, True),
        (kitchen, "I'm ill", "no", "All right, I noted nothing.", False),
        (kitchen, "I am sick", "yes", RESTS, True),
        (kitchen, "I have the flu", "I don't know", "All right, I noted nothing.", False),
        # Without words of illness nobody is asked, and a chat has no room.
        (kitchen, "I am resting", None, RESTS, True),
        (None, "I'm ill", None, RESTS, True),
    ):
        first = await say(sentence, device_id=device)
        if reply is None:
            assert first == answers, sentence
        else:
            assert first == IS_THAT_YOU, sentence
            assert not is_resting(), sentence
            assert await say(reply, device_id=device) == answers, sentence
        assert is_resting() is rests, sentence
        if rests:
            await coordinator.async_apply(verbs.undo_last())


@pytest.mark.usefixtures("lines")
async def test_illness_soon_after_back_pain_is_no_report_before_runner_confirms(
    hass: HomeAssistant, set_up: SetUp, say: Say, satellite: Callable[[str], tuple[str, str]]
) -> None:
    satellite("Gym")
    kitchen, _ = satellite("Kitchen")
    coordinator = await set_up(runner("Alex", ENTRY_ID, speaker_in("gym", "A1")))
    await coordinator.async_apply(verbs.report_pain(4))
    reports = len(coordinator.runner.journal.pains)
    assert await say("I have the flu", device_id=kitchen) == IS_THAT_YOU
    assert len(coordinator.runner.journal.pains) == reports
    answer = await say("yes", device_id=kitchen)
    assert "You reported back pain lately" in answer
    assert len(coordinator.runner.journal.pains) == reports + 1


async def test_illness_from_another_account_is_confirmed_first(hass: HomeAssistant, set_up: SetUp, say: Say) -> None:
    """A chat has no room."""
    own, other = [await hass.auth.async_create_user(name, group_ids=["system-admin"]) for name in ("Alex", "Billie")]
    hass.states.async_set("person.alex", "home", {"user_id": own.id})
    entry = runner("Alex", ENTRY_ID)
    object.__setattr__(entry, "data", {"name": "Alex", "person": "person.alex"})
    coordinator = await set_up(entry)
    for user, expected in ((other.id, IS_THAT_YOU), (own.id, RESTS)):
        result = await agent_manager.async_converse(hass, "I'm ill", None, context=Context(user_id=user), language="en")
        await hass.async_block_till_done()
        assert speech_of(result.as_dict()) == expected
    assert len(coordinator.runner.journal.rests) == 1
