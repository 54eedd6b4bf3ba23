"""Metronome: an audible beat to run to, one click for each step, written as a WAV.

Each click begins on the sample nearest to its own time, so that no rounding adds up: over a minute the beat is exact to
less than a sample, 0.06 ms.
"""

from array import array
from io import BytesIO
from math import exp, pi, sin
import wave

RATE = 16_000
LOUDNESS = 12_000
# A click is a tone that fades; the left foot's is a little higher than the right foot's.
CLICK = 0.03
FADES_IN = 0.006
TONES = (1320.0, 990.0)

SLOWEST, QUICKEST = 120, 220
MAX_BEAT_SECONDS = 600


def beats(cadence: float, seconds: int) -> bytes:
    """Return a WAV of one channel, with a click for each step of a cadence in steps a minute of both feet.

    Raises ValueError for a cadence outside of 120 to 220, and for more than ten minutes.
    """
    if not SLOWEST <= cadence <= QUICKEST:
        raise ValueError(f"a cadence from {SLOWEST} to {QUICKEST} was expected, not {cadence}")
    if not 1 <= seconds <= MAX_BEAT_SECONDS:
        raise ValueError(f"from 1 to {MAX_BEAT_SECONDS} seconds were expected, not {seconds}")
    clicks = [_click(tone) for tone in TONES]
    samples = array("h", bytes(2 * RATE * seconds))
    for beat in range(int(cadence * seconds / 60)):
        start = round(beat * 60 / cadence * RATE)
        click = clicks[beat % len(clicks)]
        samples[start : start + len(click)] = click[: len(samples) - start]
    file = BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(samples.itemsize)
        written.setframerate(RATE)
        written.writeframes(samples)
    return file.getvalue()


def _click(tone: float) -> array[int]:
    times = (number / RATE for number in range(round(CLICK * RATE)))
    return array("h", (round(LOUDNESS * exp(-time / FADES_IN) * sin(2 * pi * tone * time)) for time in times))
