"""The connection to a treadmill, over virtual controllers and Home Assistant's own Bluetooth.

Time passes by firing due timers, never by stopping the clock, which the radio needs.
"""

import asyncio
from collections.abc import AsyncIterator

import pytest

from custom_components.home_gym.gym.treadmill.ftms import TreadmillData
from custom_components.home_gym.treadmill import bluetooth
from custom_components.home_gym.treadmill.bluetooth import BluetoothTreadmill
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from tests.rig.peripheral import TREADMILL, Air, SoftwarePhone, SoftwareProxy, SoftwareTreadmill
from tests.support.integration.radio import Heard, pass_until, settled, until

# Records of speed and total distance: flags 0x0004, hundredths of km/h, metres.
RUNS = bytes.fromhex("0400 E803 0A0000")
RUNS_ON = bytes.fromhex("0400 E803 0D0000")
STANDS = bytes.fromhex("0400 0000 0D0000")
MISSED, BACK, UNREADABLE = "can't be heard", "is heard again", "can't be read"


@pytest.fixture
async def treadmill(hass: HomeAssistant, proxy: SoftwareProxy, heard: Heard) -> AsyncIterator[BluetoothTreadmill]:
    """Return the connection, not yet started."""
    treadmill = BluetoothTreadmill(hass, TREADMILL, heard.take, heard.gone.append)
    yield treadmill
    proxy.answers.set()
    await treadmill.async_stop()


@pytest.fixture
async def connected(treadmill: BluetoothTreadmill, machine: SoftwareTreadmill) -> BluetoothTreadmill:
    """Return the established connection."""
    await treadmill.async_start()
    await until(lambda: treadmill.is_connected)
    return treadmill


async def test_data_flows_once_the_treadmill_advertises(
    treadmill: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard, proxy: SoftwareProxy
) -> None:
    await machine.hide()
    proxy.forget()
    await treadmill.async_start()
    await settled()
    assert proxy.attempts == 0
    await machine.advertise()
    await until(lambda: treadmill.is_connected)
    before = dt_util.utcnow()
    await machine.say(RUNS)
    await machine.say(RUNS_ON)
    await until(lambda: len(heard.records) == 2)
    # 0x03E8 = 1000 hundredths of a kilometre an hour, of which 360 are a metre a second; 0x0A and 0x0D metres.
    assert [data for data, _ in heard.records] == [
        TreadmillData(speed=1000 / 360, total_distance=10),
        TreadmillData(speed=1000 / 360, total_distance=13),
    ]
    assert before <= heard.records[0][1] <= heard.records[1][1] <= dt_util.utcnow()
    assert heard.gone == []


async def test_a_treadmill_that_was_seen_before_is_connected_at_the_start(
    hass: HomeAssistant, machine: SoftwareTreadmill, proxy: SoftwareProxy, heard: Heard
) -> None:
    await settled()
    treadmill = BluetoothTreadmill(hass, TREADMILL.lower(), heard.take, heard.gone.append)
    await treadmill.async_start()
    await until(lambda: treadmill.is_connected)
    await treadmill.async_stop()


async def test_a_record_in_two_notifications_is_one(
    connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard
) -> None:
    await machine.say(bytes.fromhex("0504 0A0000 5B00"))  # more data; distance and time
    await machine.say(bytes.fromhex("0000 E803"))  # the rest: speed
    await until(lambda: heard.records)
    assert [data for data, _ in heard.records] == [TreadmillData(speed=1000 / 360, total_distance=10, elapsed_time=91)]


async def test_record_cut_by_small_notification_is_read_partly(
    connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard, proxy: SoftwareProxy
) -> None:
    await connected.async_stop()
    await until(lambda: not machine.is_taken)
    proxy.mtu = 23
    other = BluetoothTreadmill(connected._hass, TREADMILL, heard.take, heard.gone.append)
    await other.async_start()
    await until(lambda: other.is_connected)
    # Flags 0x1F9E promise 33 bytes; a notification within an ATT_MTU of 23 has 20.
    await machine.say(bytes.fromhex("9E1F E803 8403 E80300 0F00 0000 6400 0000 2A00 FFFF FF 96 64 5B00 0000 0000 0000"))
    await until(lambda: heard.records)
    data, _ = heard.records[0]
    assert (data.total_distance, data.inclination, data.total_energy) == (1000, 1.5, 42 * 4184)
    assert (data.heart_rate, data.elapsed_time) == (None, None)
    await other.async_stop()


async def test_a_belt_that_stops_is_let_go_and_a_phone_can_have_it(
    hass: HomeAssistant,
    connected: BluetoothTreadmill,
    machine: SoftwareTreadmill,
    proxy: SoftwareProxy,
    heard: Heard,
    air: Air,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await machine.say(RUNS)
    await machine.say(STANDS)
    await until(lambda: len(heard.records) == 2)
    pass_until(hass, 59)
    assert heard.gone == []
    pass_until(hass, 60.5)
    assert len(heard.gone) == 1
    assert not connected.is_connected
    await until(lambda: not machine.is_taken)
    await settled()
    await machine.advertise(is_available=False)
    await settled()
    assert proxy.attempts == 1

    phone = SoftwarePhone()
    await phone.connect(air)
    pass_until(hass, 125)
    await settled()
    assert proxy.attempts == 1

    await phone.disconnect()
    await until(lambda: connected.is_connected)
    assert len(heard.gone) == 1
    assert MISSED not in caplog.text
    assert BACK not in caplog.text


async def test_pause_ends_early_on_notice(
    hass: HomeAssistant, connected: BluetoothTreadmill, machine: SoftwareTreadmill
) -> None:
    pass_until(hass, 61)
    await until(lambda: not machine.is_taken)
    await settled()
    assert not connected.is_connected
    connected.async_notice()
    await until(lambda: connected.is_connected)


async def test_a_treadmill_that_is_switched_on_again_is_a_reason(
    hass: HomeAssistant, connected: BluetoothTreadmill, machine: SoftwareTreadmill, proxy: SoftwareProxy
) -> None:
    pass_until(hass, 61)
    await until(lambda: not machine.is_taken)
    await settled()
    await machine.hide()
    proxy.forget()
    await settled()
    assert proxy.attempts == 1
    await machine.advertise()
    await until(lambda: connected.is_connected)


async def test_a_phone_that_is_quicker_is_left_alone_for_a_while(
    hass: HomeAssistant,
    treadmill: BluetoothTreadmill,
    machine: SoftwareTreadmill,
    proxy: SoftwareProxy,
    heard: Heard,
    air: Air,
    caplog: pytest.LogCaptureFixture,
) -> None:
    proxy.answers.clear()
    await treadmill.async_start()
    await until(lambda: proxy.attempts)
    phone = SoftwarePhone()
    await phone.connect(air)
    proxy.answers.set()
    await until(lambda: MISSED in caplog.text)
    tried = proxy.attempts
    await phone.disconnect()
    await settled()
    assert proxy.attempts == tried
    assert not treadmill.is_connected
    pass_until(hass, 61)
    await until(lambda: treadmill.is_connected)
    assert caplog.text.count(MISSED) == 1
    assert caplog.text.count(BACK) == 1
    assert heard.gone == []


async def test_connection_lost_during_run_is_restored(
    connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    for times in (1, 2):
        await machine.say(RUNS)
        await until(lambda: len(heard.records) == 2 * times - 1)  # noqa: B023
        await machine.drop()
        await until(lambda: len(heard.gone) == times)  # noqa: B023
        await until(lambda: connected.is_connected)
        await machine.say(RUNS_ON)
        await until(lambda: len(heard.records) == 2 * times)  # noqa: B023
    assert heard.distances == [10, 13, 10, 13]
    assert caplog.text.count(MISSED) == 2
    assert caplog.text.count(BACK) == 2


async def test_connection_lost_before_run_pauses(
    hass: HomeAssistant, connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard, proxy: SoftwareProxy
) -> None:
    await machine.drop()
    await until(lambda: heard.gone)
    await settled()
    assert proxy.attempts == 1
    pass_until(hass, 61)
    await until(lambda: connected.is_connected)


async def test_half_a_record_is_forgotten_with_its_connection(
    connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard
) -> None:
    await machine.say(RUNS)
    await machine.say(bytes.fromhex("0104 5B00"))  # more data; a time
    await until(lambda: heard.records)
    await machine.drop()
    await until(lambda: heard.gone)
    await until(lambda: connected.is_connected)
    await machine.say(RUNS_ON)
    await until(lambda: len(heard.records) == 2)
    assert heard.records[1][0].elapsed_time is None


@pytest.mark.parametrize(
    ("fault", "is_traced"),
    [(RuntimeError("another's bug"), True), (OSError("no bus"), True), (TimeoutError("too far away"), False)],
)
async def test_failed_connection_is_tried_again(
    hass: HomeAssistant,
    treadmill: BluetoothTreadmill,
    machine: SoftwareTreadmill,
    proxy: SoftwareProxy,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    is_traced: bool,
) -> None:
    proxy.fault = fault
    await treadmill.async_start()
    await until(lambda: MISSED in caplog.text)
    assert str(fault) in caplog.text
    assert ("Traceback" in caplog.text) is is_traced
    tried = proxy.attempts
    await settled()
    assert proxy.attempts == tried
    pass_until(hass, 61)
    await until(lambda: proxy.attempts == 2 * tried)
    proxy.fault = None
    await settled()
    pass_until(hass, 61)
    await settled()
    assert not treadmill.is_connected
    pass_until(hass, 121)
    await until(lambda: treadmill.is_connected)
    assert caplog.text.count(MISSED) == 1


async def test_a_bike_is_left_alone(
    treadmill: BluetoothTreadmill, air: Air, proxy: SoftwareProxy, caplog: pytest.LogCaptureFixture
) -> None:
    bike = SoftwareTreadmill(characteristic=0x2AD2)
    await bike.start(air)
    await treadmill.async_start()
    await until(lambda: MISSED in caplog.text)
    await until(lambda: not bike.is_taken)
    await settled()
    assert not treadmill.is_connected
    assert proxy.attempts == 1
    await bike.stop()


async def test_unreadable_record_is_ignored_and_logged_once(
    connected: BluetoothTreadmill, machine: SoftwareTreadmill, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    for notification in (b"\x04", bytes.fromhex("0400 E803 0A"), RUNS):
        await machine.say(notification)
    await until(lambda: heard.records)
    assert heard.distances == [10]
    assert caplog.text.count(UNREADABLE) == 1
    assert "sent 04, which" in caplog.text


async def test_unloading_disconnects_and_ends_callbacks(
    hass: HomeAssistant,
    connected: BluetoothTreadmill,
    machine: SoftwareTreadmill,
    heard: Heard,
    proxy: SoftwareProxy,
) -> None:
    await machine.say(RUNS)
    await until(lambda: heard.records)
    await connected.async_stop()
    await until(lambda: not machine.is_taken)
    await settled()
    pass_until(hass, 3600)
    await settled()
    assert (len(heard.records), heard.gone, proxy.attempts) == (1, [], 1)
    assert not connected.is_connected


async def test_unloading_while_connecting(
    hass: HomeAssistant, treadmill: BluetoothTreadmill, machine: SoftwareTreadmill, proxy: SoftwareProxy, heard: Heard
) -> None:
    proxy.answers.clear()
    await treadmill.async_start()
    await until(lambda: proxy.attempts)
    async with asyncio.timeout(bluetooth.DISCONNECT_WITHIN - 1):
        await treadmill.async_stop()
    assert not treadmill._deadline.is_set
    proxy.answers.set()
    pass_until(hass, 3600)
    await settled()
    assert not machine.is_taken
    assert (proxy.attempts, heard.gone) == (1, [])


@pytest.mark.parametrize("let_go_before", [False, True])
async def test_unloading_waits_for_no_goodbye(
    hass: HomeAssistant,
    connected: BluetoothTreadmill,
    machine: SoftwareTreadmill,
    proxy: SoftwareProxy,
    heard: Heard,
    monkeypatch: pytest.MonkeyPatch,
    let_go_before: bool,
) -> None:
    proxy.answers.clear()
    if let_go_before:
        monkeypatch.setattr(bluetooth, "DISCONNECT_WITHIN", 3600)
        pass_until(hass, 61)
        assert not connected.is_connected
    monkeypatch.setattr(bluetooth, "DISCONNECT_WITHIN", 0.2)
    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        tasks.create_task(connected.async_stop())
        tasks.create_task(machine.say(RUNS))
    assert heard.records == []


async def test_unloading_before_the_treadmill_was_seen(
    treadmill: BluetoothTreadmill, machine: SoftwareTreadmill, proxy: SoftwareProxy
) -> None:
    await machine.hide()
    proxy.forget()
    await treadmill.async_start()
    await treadmill.async_stop()
    await machine.advertise()
    await settled()
    assert not treadmill.is_connected
    assert proxy.attempts == 0


@pytest.mark.parametrize("is_stopped", [False, True])
async def test_without_bluetooth_nothing_happens_until_there_is_some(
    hass: HomeAssistant,
    mock_bluetooth: None,
    air: Air,
    machine: SoftwareTreadmill,
    heard: Heard,
    is_stopped: bool,
) -> None:
    treadmill = BluetoothTreadmill(hass, TREADMILL, heard.take, heard.gone.append)
    await treadmill.async_start()
    treadmill.async_notice()
    if is_stopped:
        await treadmill.async_stop()
    assert await async_setup_component(hass, "bluetooth", {})
    await hass.async_block_till_done()
    proxy = SoftwareProxy()
    await proxy.start(hass, air)
    if is_stopped:
        await settled()
    else:
        await until(lambda: treadmill.is_connected)
    assert treadmill.is_connected is not is_stopped
    await treadmill.async_stop()
    proxy.stop()
