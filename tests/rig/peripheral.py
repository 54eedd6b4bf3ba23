"""A treadmill, a phone and a Bluetooth proxy in software.

They use virtual controllers: their advertisements, connections, subscriptions and notifications go through a real host
stack with GATT over ATT, and Home Assistant receives them through a remote scanner, as from a proxy in the next room.
"""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast, override

from bleak.args import SizedBuffer
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient, NotifyCallback
from bleak.backends.descriptor import BleakGATTDescriptor
from bleak.backends.device import BLEDevice
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bumble.controller import Controller
from bumble.core import UUID, AdvertisingData
from bumble.device import Advertisement, Connection, Device, Peer
from bumble.gatt import Characteristic, Service
from bumble.gatt_client import CharacteristicProxy
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport.common import AsyncPipeSink
from habluetooth import get_manager

from homeassistant.components import bluetooth
from homeassistant.core import CALLBACK_TYPE, HomeAssistant

TREADMILL = "F0:F1:F2:F3:F4:F5"
PROXY = "C0:C1:C2:C3:C4:C5"
PHONE = "D0:D1:D2:D3:D4:D5"
# Milliseconds, the shortest allowed interval, to keep tests fast.
ADVERTISING_INTERVAL = 20
# Seconds without an advertisement after which the proxy gives up.
CONNECT_WITHIN = 3
MTU = 247


class Air:
    """The air shared by all radios of a test."""

    def __init__(self) -> None:
        """Start silent."""
        self._link = LocalLink()  # type: ignore[no-untyped-call]
        self._devices: list[Device] = []

    async def device(self, name: str, address: str) -> Device:
        """Return a device that is switched on."""
        controller = Controller(name, link=self._link)
        device = Device(name=name, address=Address(address), host=Host(controller, AsyncPipeSink(controller)))
        self._devices.append(device)
        await device.power_on()
        return device

    async def quieten(self) -> None:
        """Switch everything off."""
        for device in self._devices:
            await device.power_off()


class SoftwareTreadmill:
    """A treadmill for one client, as most are: it advertises only without a connection."""

    def __init__(
        self, characteristic: int = 0x2ACD, *, name: str = "Treadmill", beside: Mapping[int, int] | None = None
    ) -> None:
        """Serve the Fitness Machine Service, with the Treadmill Data characteristic by default.

        `beside` maps further services to the one characteristic of each.
        """
        self.connections = 0
        self.name = name
        self._data = _notifying(characteristic)
        self._beside = {service: _notifying(own) for service, own in (beside or {}).items()}
        self._connection: Connection | None = None
        self._device: Device | None = None
        self._is_on = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_taken(self) -> bool:
        """Whether a client is connected."""
        return self._connection is not None

    def is_subscribed(self, service: int) -> bool:
        """Return whether the client listens to a service beside the treadmill's own."""
        assert self._device
        handle = self._beside[service].handle
        return any(handle in handles for handles in self._device.gatt_server.subscribers.values())

    async def start(self, air: Air) -> None:
        """Switch on, and advertise."""
        self._device = await air.device("Treadmill", TREADMILL)
        self._device.add_service(Service(UUID.from_16_bits(0x1826), [self._data]))
        for service, own in self._beside.items():
            self._device.add_service(Service(UUID.from_16_bits(service), [own]))
        self._device.on(Device.EVENT_CONNECTION, self._take)
        self._is_on = True
        await self.advertise()

    async def stop(self) -> None:
        """Switch off."""
        self._is_on = False
        if self._task:
            await self._task
        await self.hide()

    async def advertise(self, *, is_available: bool = True) -> None:
        """Advertise as a treadmill that is available or not."""
        assert self._device
        advertising_data = AdvertisingData(
            [
                (AdvertisingData.COMPLETE_LOCAL_NAME, self.name.encode()),
                (AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, bytes.fromhex("2618")),
                (AdvertisingData.SERVICE_DATA_16_BIT_UUID, bytes.fromhex("2618") + bytes([is_available, 1, 0])),
            ]
        )
        await self._device.start_advertising(
            advertising_data=bytes(advertising_data),
            advertising_interval_min=ADVERTISING_INTERVAL,
            advertising_interval_max=ADVERTISING_INTERVAL,
        )

    async def hide(self) -> None:
        """Stop advertising."""
        assert self._device
        await self._device.stop_advertising()

    async def say(self, data: bytes, *, by: int | None = None) -> None:
        """Notify subscribers of the treadmill's data, or of a service beside it."""
        assert self._device
        await self._device.notify_subscribers(self._data if by is None else self._beside[by], data)

    async def drop(self) -> None:
        """Lose the client, and advertise again."""
        assert self._connection
        await self._connection.disconnect()

    def _take(self, connection: Connection) -> None:
        self.connections += 1
        self._connection = connection
        connection.on(Connection.EVENT_DISCONNECTION, self._release)

    def _release(self, _reason: int) -> None:
        self._connection = None
        if self._is_on:
            self._task = asyncio.get_running_loop().create_task(self.advertise())


def _notifying(uuid: int) -> Characteristic[bytes]:
    """Return a characteristic that only notifies."""
    return Characteristic(UUID.from_16_bits(uuid), Characteristic.Properties.NOTIFY, Characteristic.READABLE, b"")


class SoftwarePhone:
    """Another client of the treadmill's one connection."""

    def __init__(self) -> None:
        """Start disconnected."""
        self._connection: Connection | None = None

    async def connect(self, air: Air) -> None:
        """Take the connection."""
        device = await air.device("Phone", PHONE)
        self._connection = await device.connect_le(Address(TREADMILL))

    async def disconnect(self) -> None:
        """Give it back."""
        assert self._connection
        await self._connection.disconnect()


class SoftwareProxy:
    """A remote scanner of Home Assistant that can also connect."""

    def __init__(self, mtu: int = MTU) -> None:
        """Ask for this ATT_MTU: notifications have 3 bytes less."""
        self.mtu = mtu
        self.attempts = 0
        self.fault: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()
        self.device: Device
        self.hears = asyncio.Event()
        self._scanner: bluetooth.BaseHaRemoteScanner
        self._ends: list[CALLBACK_TYPE] = []

    async def start(self, hass: HomeAssistant, air: Air) -> None:
        """Scan, and pass advertisements on to Home Assistant."""
        client = cast(type[BaseBleakClient], partial(SoftwareClient, proxy=self))
        connector = bluetooth.HaBluetoothConnector(client=client, source=PROXY, can_connect=lambda: True)
        self._scanner = bluetooth.BaseHaRemoteScanner(PROXY, "Proxy", connector, connectable=True)
        self._ends = [self._scanner.async_setup(), bluetooth.async_register_scanner(hass, self._scanner)]
        self.device = await air.device("Proxy", PROXY)
        self.device.on(Device.EVENT_ADVERTISEMENT, self._hear)
        await self.device.start_scanning(active=False)

    def forget(self) -> None:
        """Forget all advertisements, as Home Assistant does some minutes after the last one."""
        self._scanner._previous_service_info.clear()
        manager = get_manager()
        assert manager._cancel_unavailable_tracking
        manager._cancel_unavailable_tracking.cancel()
        manager._async_check_unavailable()

    def stop(self) -> None:
        """Stop scanning."""
        self.device.remove_listener(Device.EVENT_ADVERTISEMENT, self._hear)
        for end in reversed(self._ends):
            end()

    def _hear(self, advertisement: Advertisement) -> None:
        self.hears.set()
        data = advertisement.data
        name = data.get(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
        uuids = data.get(AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS) or []
        services = data.get_all(AdvertisingData.Type.SERVICE_DATA_16_BIT_UUID)
        self._scanner._async_on_advertisement(
            advertisement.address.to_string(with_type_qualifier=False),
            -60,
            name,
            [_long(uuid) for uuid in uuids],
            {_long(uuid): value for uuid, value in services},
            {},
            None,
            {},
            bluetooth.MONOTONIC_TIME(),
        )


def _long(uuid: UUID) -> str:
    return uuid.to_hex_str("-").lower() if len(uuid.uuid_bytes) == 16 else f"0000{uuid.to_hex_str().lower()}{_BASE}"


_BASE = "-0000-1000-8000-00805f9b34fb"


class SoftwareClient(BaseBleakClient):
    """The part of a connection's interface used here."""

    def __init__(self, address_or_ble_device: BLEDevice | str, *, proxy: SoftwareProxy, **options: Any) -> None:
        """Connect through a proxy."""
        super().__init__(address_or_ble_device, **options)
        self._proxy = proxy
        self._connection: Connection | None = None

    @property
    @override
    def mtu_size(self) -> int:
        return self._connection.att_mtu if self._connection else 23

    @property
    @override
    def is_connected(self) -> bool:
        return self._connection is not None

    @override
    async def connect(self, pair: bool, **kwargs: Any) -> None:
        self._proxy.attempts += 1
        await self._proxy.answers.wait()
        if self._proxy.fault:
            raise self._proxy.fault
        self._proxy.hears.clear()
        async with asyncio.timeout(CONNECT_WITHIN):
            await self._proxy.hears.wait()
        self._connection = await self._proxy.device.connect_le(Address(self.address))
        self._connection.on(Connection.EVENT_DISCONNECTION, self._release)
        peer = Peer(self._connection)
        await peer.request_mtu(self._proxy.mtu)
        self.services = await _services_of(peer)

    @override
    async def disconnect(self) -> None:
        await self._proxy.answers.wait()
        if self._connection:
            await self._connection.disconnect()

    @override
    async def start_notify(
        self, characteristic: BleakGATTCharacteristic, callback: NotifyCallback, **kwargs: Any
    ) -> None:
        proxy: CharacteristicProxy[bytes] = characteristic.obj
        await proxy.subscribe(_as_bytearray(callback))

    def _release(self, _reason: int) -> None:
        self._connection = None
        if self._disconnected_callback:
            self._disconnected_callback()

    @override
    async def pair(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError

    @override
    async def unpair(self) -> None:
        raise NotImplementedError

    @override
    async def read_gatt_char(
        self, characteristic: BleakGATTCharacteristic, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        raise NotImplementedError

    @override
    async def read_gatt_descriptor(
        self, descriptor: BleakGATTDescriptor, *, use_cached: bool = False, **kwargs: Any
    ) -> bytearray:
        raise NotImplementedError

    @override
    async def write_gatt_char(self, characteristic: BleakGATTCharacteristic, data: SizedBuffer, response: bool) -> None:
        raise NotImplementedError

    @override
    async def write_gatt_descriptor(self, descriptor: BleakGATTDescriptor, data: SizedBuffer) -> None:
        raise NotImplementedError

    @override
    async def stop_notify(self, characteristic: BleakGATTCharacteristic) -> None:
        raise NotImplementedError


def _as_bytearray(callback: NotifyCallback) -> Callable[[bytes], None]:
    return lambda value: callback(bytearray(value))


async def _services_of(peer: Peer) -> BleakGATTServiceCollection:
    """Return the peripheral's services, as discovered over the air."""
    found = BleakGATTServiceCollection()
    for service in await peer.discover_services():
        ours = BleakGATTService(service, service.handle, _long(service.uuid))
        found.add_service(ours)
        for characteristic in await service.discover_characteristics():
            uuid = _long(characteristic.uuid)
            found.add_characteristic(
                BleakGATTCharacteristic(characteristic, characteristic.handle, uuid, ["notify"], lambda: 20, ours)
            )
    return found
