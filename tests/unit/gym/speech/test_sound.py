from io import BytesIO
import subprocess
from typing import Any
import wave

from hypothesis import given, strategies as st
from mutagen.mp3 import MP3
import pytest

from custom_components.home_gym.gym.speech.sound import length_of


def wav(seconds: float, *, rate: int = 8000, width: int = 2, channels: int = 1) -> bytes:
    """Return a silence written by the module `wave`."""
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(bytes(round(seconds * rate) * width * channels))
    return file.getvalue()


@pytest.mark.parametrize(
    ("sound", "seconds"),
    [
        (wav(1), 1),
        (wav(2.5, rate=22_050), 2.5),
        (wav(0.5, rate=48_000, width=3, channels=2), 0.5),
        (wav(0), 0),
        # a chunk of odd length before the sound, which is padded
        (wav(1)[:36] + b"LIST\x03\0\0\0abc\0" + wav(1)[36:], 1),
        # streamed: the header was written before anybody knew the size
        (wav(1)[:40] + b"\xff\xff\xff\xff" + wav(1)[44:], 1),
        (wav(1)[:40] + bytes(4) + wav(1)[44:], 1),
        # cut off in the middle
        (wav(1)[: 44 + 8000], 0.5),
    ],
)
def test_length_of_wav(sound: bytes, seconds: float) -> None:
    assert length_of(sound) == pytest.approx(seconds)


@pytest.mark.parametrize(
    "sound",
    [
        b"",
        b"RIFF",
        b"sound",
        wav(1)[:36],
        # no chunk that tells the rate, one that is too short, one that tells of none
        wav(1)[:12] + wav(1)[36:],
        wav(1)[:12] + b"fmt \x02\0\0\0\x01\0" + wav(1)[36:],
        wav(1)[:28] + bytes(4) + wav(1)[32:],
        # a tag without a sound, and half a tag
        b"ID3\x04\0\0\0\0\0\x05abcde",
        b"ID3\x04",
        b"OggS" + bytes(100),
    ],
)
def test_other_bytes_have_no_length(sound: bytes) -> None:
    assert length_of(sound) is None


def frames(second: int, third: int, size: int, number: int) -> bytes:
    """Return frames with these bytes in their headers."""
    return (bytes([0xFF, second, third, 0xC4]) + bytes(size - 4)) * number


@pytest.mark.parametrize(
    ("sound", "seconds"),
    [
        # MPEG 1, 128 kbit/s, 44.1 kHz: 144 * 128000 // 44100 = 417 bytes, 418 with padding
        (frames(0xFB, 0x90, 417, 100), 100 * 1152 / 44_100),
        (frames(0xFB, 0x92, 418, 100), 100 * 1152 / 44_100),
        # MPEG 1, 32 kbit/s, 48 kHz: 144 * 32000 // 48000 = 96 bytes
        (frames(0xFA, 0x14, 96, 10), 10 * 1152 / 48_000),
        # MPEG 2, 64 kbit/s, 24 kHz: 72 * 64000 // 24000 = 192 bytes
        (frames(0xF3, 0x84, 192, 50), 50 * 576 / 24_000),
        # MPEG 2.5, 8 kbit/s, 8 kHz: 72 * 8000 // 8000 = 72 bytes
        (frames(0xE3, 0x18, 72, 10), 10 * 576 / 8_000),
        # a changing bitrate, and a tag at the end
        (frames(0xF3, 0x84, 192, 10) + frames(0xF3, 0x44, 96, 10) + b"TAG" + bytes(125), 20 * 576 / 24_000),
        # a tag before, of 1 * 128 + 2 bytes
        (b"ID3\x04\0\0\0\0\x01\x02" + bytes(130) + frames(0xF3, 0x84, 192, 50), 50 * 576 / 24_000),
    ],
)
def test_length_of_mp3(sound: bytes, seconds: float) -> None:
    assert length_of(sound) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("second", "third"),
    [
        (0xEB, 0x84),  # a version that is reserved
        (0xFD, 0x84),  # layer II
        (0xF3, 0x04),  # a bitrate of its own
        (0xF3, 0xF4),  # no bitrate
        (0xF3, 0x8C),  # no sampling rate
        (0x73, 0x84),  # no header
    ],
)
def test_invalid_frame_has_no_length(second: int, third: int) -> None:
    assert length_of(frames(second, third, 192, 10)) is None


@pytest.mark.parametrize("options", [["-b:a", "48k"], ["-q:a", "0"], ["-q:a", "0", "-ar", "22050"]])
def test_length_agrees_with_encoder_and_other_reader(options: list[str]) -> None:
    command = ["ffmpeg", "-loglevel", "error", "-f", "wav", "-i", "pipe:0", *options, "-f", "mp3", "pipe:1"]
    sound = subprocess.run(command, input=wav(3, rate=16_000), capture_output=True, check=True).stdout
    reader: Any = MP3
    length = length_of(sound)
    # An encoder adds a frame or two at either end, and one that tells of the others.
    assert length == pytest.approx(reader(BytesIO(sound)).info.length, abs=0.2)
    assert length == pytest.approx(3, abs=0.2)


@given(st.binary(max_size=300), st.sampled_from([b"", b"RIFF0000WAVE", b"ID3", b"\xff\xf3\x84\xc4", wav(0)[:40]]))
def test_arbitrary_bytes_have_length_or_none(sound: bytes, beginning: bytes) -> None:
    length = length_of(beginning + sound)
    assert length is None or length >= 0
