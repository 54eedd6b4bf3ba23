"""FIT's checksum, against a bitwise reference."""

from hypothesis import given, strategies as st
import pytest

from custom_components.home_gym.gym.recordings.fit.crc import CHUNK, is_whole
from tests.builders.fit import crc16, fast_crc16
from tests.support.profiles import examples


def with_checksum(data: bytes) -> bytes:
    """Return bytes followed by their checksum, by the reference."""
    return data + crc16(data).to_bytes(2, "little")


@given(st.binary(max_size=300))
def test_bytes_with_their_checksum_are_whole(data: bytes) -> None:
    assert is_whole(with_checksum(data))


@given(st.binary(max_size=300), st.integers(min_value=0, max_value=0xFFFF))
def test_other_checksum_is_refused(data: bytes, checksum: int) -> None:
    """Bytes are whole if and only if the reference's checksum follows them."""
    assert is_whole(data + checksum.to_bytes(2, "little")) == (checksum == crc16(data))


@given(st.data())
@examples(20)
def test_single_flipped_bit_is_detected(data: st.DataObject) -> None:
    """Includes bytes of more than one chunk."""
    whole = bytearray(b"watch" * (CHUNK // 4))
    whole += fast_crc16(bytes(whole)).to_bytes(2, "little")
    assert is_whole(whole)
    bit = data.draw(st.integers(min_value=0, max_value=8 * len(whole) - 1))
    whole[bit // 8] ^= 1 << bit % 8
    assert not is_whole(whole)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_zeros_are_whole(size: int) -> None:
    """Zeros are divisible by any polynomial."""
    assert is_whole(bytes(size))
