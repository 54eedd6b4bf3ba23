"""Duration of WAV and MP3 sounds, the formats of text-to-speech engines.

Figures of MP3 are those of ISO/IEC 11172-3 and 13818-3, layer III; half of a half sampling rate is the usual extension
called MPEG 2.5.

mutagen takes the length of a WAV from its header, which a streaming engine fills with 0 or the largest number, and
estimates an MP3 with a changing bitrate and without a table by its first frames.
"""

from dataclasses import dataclass
from struct import unpack_from

# The sizes of an MP3 frame's parts, by whether it is of MPEG 1.
BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLES = {True: 1152, False: 576}
SAMPLE_RATES = (44_100, 48_000, 32_000)
# By the version's two bits; one is reserved.
RATE_DIVISORS = {3: 1, 2: 2, 0: 4}
LAYER_III = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A piece of an MP3: its bytes with the header, and its length in seconds."""

    size: int
    seconds: float


def length_of(sound: bytes) -> float | None:
    """Return the length of a WAV or MP3 in seconds, or None for other bytes."""
    if sound[:4] == b"RIFF" and sound[8:12] == b"WAVE":
        return _wav(sound)
    return _mp3(sound)


def _wav(sound: bytes) -> float | None:
    bytes_per_second = 0
    position = 12
    while position + 8 <= len(sound):
        name, size = unpack_from("<4sI", sound, position)
        position += 8
        rest = len(sound) - position
        if name == b"fmt " and rest >= 12:
            (bytes_per_second,) = unpack_from("<I", sound, position + 8)
        if name == b"data":
            # The size of a streamed sound is unknown when its header is written.
            size = size if 0 < size < rest else rest
            return size / bytes_per_second if bytes_per_second else None
        # Chunks begin at even positions.
        position += size + size % 2
    return None


def _mp3(sound: bytes) -> float | None:
    position = _end_of_tag(sound)
    seconds = 0.0
    while frame := _frame_at(sound, position):
        seconds += frame.seconds
        position += frame.size
    return seconds or None


def _end_of_tag(sound: bytes) -> int:
    """Return the position of the sound after an ID3 tag; the tag's size has seven bits a byte."""
    if sound[:3] != b"ID3" or len(sound) < 10:
        return 0
    size = 0
    for seven_bits in sound[6:10]:
        size = size << 7 | seven_bits
    return 10 + size


def _frame_at(sound: bytes, position: int) -> _Frame | None:
    header = sound[position : position + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, sample_rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version not in RATE_DIVISORS or layer != LAYER_III or bitrate in {0, 15} or sample_rate == 3:
        return None
    is_first_version = version == 3
    samples = SAMPLES[is_first_version]
    per_second = SAMPLE_RATES[sample_rate] // RATE_DIVISORS[version]
    size = samples // 8 * BITRATES[is_first_version][bitrate] * 1000 // per_second + padding
    return _Frame(size=size, seconds=samples / per_second)
