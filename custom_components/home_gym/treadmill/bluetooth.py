"""The Bluetooth connection to one treadmill, through the adapter or proxy with the best reception.

`gym.treadmill.connection` decides about connecting and disconnecting; `gym.treadmill.ftms` decodes the data.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from bleak import BleakClient
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.exc import BleakError
import bleak_retry_connector

from homeassistant.components.bluetooth import (
    BluetoothCallbackMatcher,
    BluetoothChange,
    BluetoothScanningMode,
    BluetoothServiceInfoBleak,
    async_clear_advertisement_history,
    async_register_callback,
    async_track_unavailable,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from ..deadline import Deadline
from ..gym.treadmill.beside import HEART_RATE_UUID, RUNNING_SPEED_UUID, decode_heart_rate, decode_running_speed
from ..gym.treadmill.connection import ConnectionPolicy, State
from ..gym.treadmill.ftms import TREADMILL_DATA_UUID, TreadmillData, TreadmillDataMerger, decode_treadmill_data
from ..gym.treadmill.quirks import Quirk, quirks_of
from ..gym.treadmill.signal import BeltSignal
from ..ha.setup import async_when_setup

# Seconds for a clean disconnect; an unload waits no longer.
DISCONNECT_WITHIN = 5
# The policy makes further attempts, with pauses in which a phone can connect.
ATTEMPTS = 2

type Decode = Callable[[bytes], TreadmillData]

# Services that a treadmill may have beside its own, with what decodes them.
BESIDE: Mapping[str, Decode] = {RUNNING_SPEED_UUID: decode_running_speed, HEART_RATE_UUID: decode_heart_rate}


class BluetoothTreadmill:
    """Bluetooth client of one treadmill, connected during a run.

    `on_data` is called with the corrected figures of each record and its time of arrival, `on_gone` with the time of
    each end of a connection, lost or closed. Both are called in the event loop. Without Bluetooth in Home Assistant,
    nothing happens until it is set up.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        address: str,
        on_data: Callable[[TreadmillData, datetime], None],
        on_gone: Callable[[datetime], None],
        *,
        quirks: Collection[Quirk] = (),
    ) -> None:
        """Prepare for the treadmill with this address; its name may show more quirks."""
        self._hass = hass
        self._address = address.upper()
        self._on_data = on_data
        self._on_gone = on_gone
        self._policy = ConnectionPolicy()
        self._merger = TreadmillDataMerger()
        self._signal = BeltSignal(quirks)
        self._always_has_speed = False
        self._client: BleakClient | None = None
        self._task: asyncio.Task[None] | None = None
        self._ends: list[CALLBACK_TYPE] = []
        self._deadline = Deadline(hass, self._async_handle_time)
        self._is_stopped = False
        self._is_missed = False
        self._has_complained = False

    @property
    def is_connected(self) -> bool:
        """Whether the treadmill is connected and sends notifications."""
        return self._client is not None and self._policy.state is State.CONNECTED

    async def async_start(self) -> None:
        """Listen for the treadmill's advertisements, now or when Bluetooth is set up."""
        async_when_setup(self._hass, "bluetooth", self._async_listen)

    async def async_stop(self) -> None:
        """Disconnect within seconds, in any state; neither callback is called afterwards."""
        self._is_stopped = True
        for end in self._ends:
            end()
        self._ends.clear()
        self._deadline.async_cancel()
        if self._task and not self._task.done():
            if self._policy.state is State.CONNECTING:
                self._task.cancel()
            await asyncio.wait([self._task], timeout=DISCONNECT_WITHIN)
        await self._async_disconnect()

    @callback
    def async_notice(self) -> None:
        """Connect at the next advertisement without the usual pause, after a sign that the belt was started."""
        self._policy.noticed()
        self._async_set_timer()

    async def _async_listen(self, _hass: HomeAssistant, _component: str) -> None:
        if self._is_stopped:
            return
        self._ends.append(async_track_unavailable(self._hass, self._async_handle_unavailable, self._address))
        matcher = BluetoothCallbackMatcher(address=self._address, connectable=True)
        mode = BluetoothScanningMode.PASSIVE
        self._ends.append(async_register_callback(self._hass, self._async_handle_advertisement, matcher, mode))

    @callback
    def _async_handle_unavailable(self, _service_info: BluetoothServiceInfoBleak) -> None:
        """Expect a runner at the treadmill's return, since it was probably switched on."""
        self.async_notice()

    @callback
    def _async_handle_advertisement(self, service_info: BluetoothServiceInfoBleak, _change: BluetoothChange) -> None:
        if self._policy.advertised():
            connect = self._async_connect(service_info)
            self._task = self._hass.async_create_background_task(connect, f"connect treadmill {self._address}")

    async def _async_connect(self, service_info: BluetoothServiceInfoBleak) -> None:
        self._merger = TreadmillDataMerger()
        quirks = quirks_of(service_info.name)
        self._signal.learn(quirks - {Quirk.IN_MILES})
        self._always_has_speed = Quirk.ALWAYS_HAS_SPEED in quirks
        try:
            client = self._client = await bleak_retry_connector.establish_connection(
                # Looked up at the last moment, since the Bluetooth integration replaces the class during its setup.
                bleak_retry_connector.BleakClientWithServiceCache,
                service_info.device,
                service_info.name,
                disconnected_callback=self._async_handle_disconnect,
                max_attempts=ATTEMPTS,
            )
            await client.start_notify(TREADMILL_DATA_UUID, self._async_handle_notification)
        # Adapters and proxies are third-party code; any exception must leave room for the next attempt.
        except Exception as error:  # noqa: BLE001
            self._report_missed(error)
        else:
            self._policy.connected(dt_util.utcnow())
            self._report_back()
            await self._async_listen_beside(client)
        finally:
            if not self.is_connected:
                await self._async_disconnect()
                self._policy.failed(dt_util.utcnow())
            self._async_set_timer()

    @callback
    def _async_handle_notification(self, _characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        if not self.is_connected:
            return
        try:
            part = decode_treadmill_data(bytes(data), always_has_speed=self._always_has_speed)
        except ValueError as error:
            self._complain(data, error)
            return
        record = self._merger.feed(part)
        if record is None:
            return
        now = dt_util.utcnow()
        corrected = self._signal.take(record, now)
        if corrected.is_moving:
            self._policy.moved(now)
        self._on_data(corrected, now)

    async def _async_listen_beside(self, client: BleakClient) -> None:
        """Listen to the steps and the heart rate of a treadmill that has services for them."""
        for uuid, decode in BESIDE.items():
            if client.services.get_characteristic(uuid) is None:
                continue
            try:
                await client.start_notify(uuid, partial(self._handle_beside, decode))
            # Third-party code again; the treadmill's own data are what counts.
            except Exception as error:  # noqa: BLE001
                LOGGER.debug("The treadmill %s does not send %s: %r", self._address, uuid, error)

    @callback
    def _handle_beside(self, decode: Decode, _characteristic: BleakGATTCharacteristic, data: bytearray) -> None:
        if not self.is_connected:
            return
        try:
            figures = decode(bytes(data))
        except ValueError as error:
            self._complain(data, error)
            return
        self._on_data(figures, dt_util.utcnow())

    @callback
    def _async_handle_disconnect(self, client: BleakClient) -> None:
        """Record a lost connection; losses while connecting and intended disconnects are handled elsewhere."""
        if client is not self._client or not self.is_connected:
            return
        self._client = None
        now = dt_util.utcnow()
        self._policy.lost(now)
        self._report_missed(BleakError("connection lost"))
        self._async_set_timer()
        self._on_gone(now)

    async def _async_disconnect(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            async with asyncio.timeout(DISCONNECT_WITHIN):
                await client.disconnect()
        except bleak_retry_connector.BLEAK_RETRY_EXCEPTIONS as error:
            LOGGER.debug("The treadmill %s did not disconnect cleanly: %r", self._address, error)

    @callback
    def _async_handle_time(self, now: datetime) -> None:
        """Disconnect, or listen again; records since the timer was set may have postponed either."""
        was_connected = self.is_connected
        self._policy.tick(now)
        if was_connected and not self.is_connected:
            goodbye = self._async_disconnect()
            self._task = self._hass.async_create_background_task(goodbye, f"let go of treadmill {self._address}")
            self._on_gone(now)
        self._async_set_timer()

    @callback
    def _async_set_timer(self) -> None:
        """Wait for the policy's deadline, or for an advertisement."""
        self._deadline.async_set(None if self._is_stopped else self._policy.deadline)
        if self._is_stopped or self._policy.deadline:
            return
        if self._policy.state is State.LISTENING and self._ends:
            # Without this, an advertisement identical to the previous one is not reported.
            async_clear_advertisement_history(self._hass, self._address)

    def _report_missed(self, reason: Exception) -> None:
        if not self._is_missed:
            unexpected = None if isinstance(reason, bleak_retry_connector.BLEAK_RETRY_EXCEPTIONS) else reason
            LOGGER.info("The treadmill %s can't be heard: %r", self._address, reason, exc_info=unexpected)
        self._is_missed = True

    def _report_back(self) -> None:
        if self._is_missed:
            LOGGER.info("The treadmill %s is heard again", self._address)
        self._is_missed = False

    def _complain(self, data: bytearray, error: ValueError) -> None:
        if not self._has_complained:
            LOGGER.warning("The treadmill %s sent %s, which can't be read: %s", self._address, data.hex(), error)
        self._has_complained = True
