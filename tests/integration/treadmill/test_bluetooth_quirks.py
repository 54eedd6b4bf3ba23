"""Treadmills that deviate from the Fitness Machine Service, each with its own frames over virtual controllers."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from custom_components.home_gym.gym.treadmill.quirks import Quirk
from custom_components.home_gym.treadmill import bluetooth
from custom_components.home_gym.treadmill.bluetooth import BluetoothTreadmill
from custom_components.home_gym.treadmill.odometer import Odometer
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.rig.peripheral import TREADMILL, Air, SoftwareProxy, SoftwareTreadmill
from tests.support.integration.radio import Heard, until

RUNNING_SPEED, HEART_RATE = 0x1814, 0x180D
MILE = 1.609344

type Link = Callable[..., AbstractAsyncContextManager[SoftwareTreadmill]]


@pytest.fixture
def link(hass: HomeAssistant, proxy: SoftwareProxy, air: Air, heard: Heard) -> Link:
    """Return a context with a connected treadmill of a name, quirks chosen by its user, and services beside its own."""

    @asynccontextmanager
    async def linked(
        name: str = "Treadmill", quirks: Sequence[Quirk] = (), beside: dict[int, int] | None = None
    ) -> AsyncIterator[SoftwareTreadmill]:
        machine = SoftwareTreadmill(name=name, beside=beside)
        await machine.start(air)
        treadmill = BluetoothTreadmill(hass, TREADMILL, heard.take, heard.gone.append, quirks=quirks)
        await treadmill.async_start()
        await until(lambda: treadmill.is_connected)
        yield machine
        await treadmill.async_stop()
        await machine.stop()

    return linked


@pytest.fixture
def a_second_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a second pass between two records, as on a treadmill."""
    start, seconds = dt_util.utcnow(), count()
    clock = SimpleNamespace(utcnow=lambda: start + timedelta(seconds=next(seconds)))
    monkeypatch.setattr(bluetooth, "dt_util", clock)


async def said(machine: SoftwareTreadmill, heard: Heard, *frames: str) -> list[TreadmillData]:
    """Send frames, and return the records made of them."""
    before = len(heard.records)
    for frame in frames:
        await machine.say(bytes.fromhex(frame))
        number = before + frames.index(frame) + 1
        await until(lambda: len(heard.records) >= number)  # noqa: B023
    return [data for data, _ in heard.records[before:]]


async def test_speed_beside_a_set_bit_0(link: Link, heard: Heard) -> None:
    async with link("PH4-0815") as machine:
        # 8 km/h, 100 m, and the time; then the same record cut at twenty bytes, and at rest.
        found = await said(
            machine,
            heard,
            "8504 2003 640000 0A00 5802 0A 3C00",
            "9F1F 2003 8403 640000 0F00 0000 6400 0000 2A00 FF",
            "8504 0000 640000 0A00 5802 0A 3D00",
        )
    assert [data.speed for data in found] == [pytest.approx(8 / 3.6), pytest.approx(8 / 3.6), 0]
    # Not 6,553,600 metres.
    assert [data.total_distance for data in found] == [100, 100, 100]


async def test_speed_of_zero_with_growing_distance(link: Link, heard: Heard, a_second_each: None) -> None:
    async with link() as machine:
        found = await said(machine, heard, *(f"0400 0000 {metres:02X}0000" for metres in range(0, 18, 3)))
    assert [data.speed for data in found] == [0, 0, 3, 3, 3, 3]
    assert [data.is_moving for data in found] == [False, False, True, True, True, True]


async def test_miles_sent_as_kilometres(link: Link, heard: Heard, a_second_each: None) -> None:
    async with link(quirks=[Quirk.IN_MILES]) as machine:
        # Five miles an hour as 5.00 km/h, four times.
        found = await said(machine, heard, *(f"0400 F401 {metres:02X}0000" for metres in range(4)))
    speed = 5 * MILE / 3.6
    assert [data.speed for data in found] == [pytest.approx(speed)] * 4
    assert found[-1].total_distance == pytest.approx(3 * speed)


async def test_jump_and_restart_of_the_odometer(link: Link, heard: Heard, a_second_each: None) -> None:
    odometer = Odometer()
    async with link() as machine:
        # Three metres each second; a leap to 6,553,600 m, and a machine that ends its session in a pause.
        frames = [f"0400 3804 {metres:02X}0000" for metres in (0, 3, 6)]
        frames += ["0400 3804 000064", "0400 3804 0C0000", "0400 0000 0F0000"]
        frames += [f"0400 3804 {metres:02X}0000" for metres in (1, 4, 7)]
        found = await said(machine, heard, *frames)
    for data, at in heard.records:
        assert data.total_distance is not None
        odometer.note(data.total_distance, at)
    assert len(found) == 9
    # 6 m before the leap, 3 m after it, and 6 m after the pause.
    assert odometer.between(heard.records[0][1], heard.records[-1][1]) == 15


async def test_belt_without_runner(link: Link, heard: Heard, a_second_each: None) -> None:
    async with link("Mobvoi TMP") as machine:
        # 10.8 km/h; the clock stays at 60 s.
        await said(machine, heard, "0004 3804 3C00")
        found = [(await said(machine, heard, "0004 3804 3C00"))[0].speed for _ in range(3)]
        runs = await said(machine, heard, "0004 3804 3D00")
    assert found == [pytest.approx(3), pytest.approx(3), 0]
    assert runs[0].speed == pytest.approx(3)


async def test_impossible_speed_is_unknown(link: Link, heard: Heard) -> None:
    async with link() as machine:
        found = await said(machine, heard, "0000 0E0F", "0000 3804")  # 38.54 and 10.8 km/h
    assert [data.speed for data in found] == [None, pytest.approx(3)]


async def test_steps_and_heart_rate_beside_the_belt(link: Link, heard: Heard, caplog: pytest.LogCaptureFixture) -> None:
    async with link(beside={RUNNING_SPEED: 0x2A53, HEART_RATE: 0x2A37}) as machine:
        await until(lambda: machine.is_subscribed(RUNNING_SPEED) and machine.is_subscribed(HEART_RATE))
        await said(machine, heard, "0000 3804")
        await machine.say(bytes.fromhex("04 0003 54"), by=RUNNING_SPEED)  # 84 strides of one foot
        await until(lambda: len(heard.records) == 2)
        await machine.say(bytes.fromhex("00 98"), by=HEART_RATE)
        await until(lambda: len(heard.records) == 3)
        await machine.say(b"\x04", by=RUNNING_SPEED)
        await until(lambda: "can't be read" in caplog.text)
    assert [data for data, _ in heard.records[1:]] == [TreadmillData(cadence=168), TreadmillData(heart_rate=152)]
