"""Beat of a cadence, measured by its onsets in the sound."""

from io import BytesIO
import wave

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.speech.metronome import beats
from custom_components.home_gym.gym.speech.sound import length_of
from tests.support.profiles import examples

AUDIBLE = 300
# Samples of silence that separate two clicks; even 220 a minute leaves more.
PAUSE = 1000


def onsets(sound: bytes) -> tuple[list[float], float]:
    """Return the beginning of each click, and the length of the sound, in seconds."""
    with wave.open(BytesIO(sound)) as heard:
        assert (heard.getnchannels(), heard.getsampwidth()) == (1, 2)
        rate, count = heard.getframerate(), heard.getnframes()
        samples = memoryview(heard.readframes(count)).cast("h")
    begins, last = [], -PAUSE
    for number, sample in enumerate(samples):
        if abs(sample) > AUDIBLE:
            if number - last >= PAUSE:
                begins.append(number / rate)
            last = number
    return begins, count / rate


@examples(15)
@given(st.floats(120, 220), st.integers(5, 30))
def test_beat_is_exact(cadence: float, seconds: int) -> None:
    """The mean beat may be off by half a beat a minute, and every click must be at its place."""
    begins, length = onsets(beats(cadence, seconds))
    assert length == seconds
    measured = 60 * (len(begins) - 1) / (begins[-1] - begins[0])
    assert measured == pytest.approx(cadence, abs=0.5)
    for number, begin in enumerate(begins):
        assert begin == pytest.approx(number * 60 / cadence, abs=0.001)


def test_minute_of_172_steps() -> None:
    sound = beats(172, 60)
    assert len(onsets(sound)[0]) == 172
    assert length_of(sound) == 60


def test_sound_ends_within_last_click() -> None:
    """A cadence of 180.1 has no room for a sixteenth click in five seconds, and the sound is not lengthened for it."""
    assert length_of(beats(180.1, 5)) == 5


@pytest.mark.parametrize(("cadence", "seconds"), [(119, 60), (221, 60), (float("nan"), 60), (170, 0), (170, 601)])
def test_impossible_cadence_is_refused(cadence: float, seconds: int) -> None:
    with pytest.raises(ValueError, match="expected"):
        beats(cadence, seconds)
