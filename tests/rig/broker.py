"""An MQTT broker for Home Assistant's `mqtt` integration, and qdomyos-zwift with a treadmill as its client."""

import asyncio
from collections.abc import Mapping
import json
import os
from pathlib import Path
import shutil
from types import TracebackType
from typing import Self

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from .process import LOOPBACK, Program, RigError, free_port, is_port_busy, wait_for

CONFIGURATION = """\
listener {port} {host}
allow_anonymous true
persistence false
"""
# Debian has it where only administrators look.
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"

NICKNAME = "default"
ADDRESS = "AA:BB:CC:DD:EE:FF"
# The sensors that qdomyos-zwift announces of a treadmill: topic, unit and device class.
SENSORS: Mapping[str, tuple[str, str, str, str]] = {
    "speed_current": ("Speed", "speed/current", "km/h", ""),
    "speed_avg": ("Average Speed", "speed/avg", "km/h", ""),
    "distance": ("Distance", "distance", "km", "distance"),
    "calories": ("Calories", "calories", "kcal", ""),
    "elapsed_time": ("Elapsed Time", "elapsed/minutes", "min", "duration"),
    "heart_current": ("Heart Rate", "heart/current", "bpm", ""),
    "watts_current": ("Power", "watts/current", "W", "power"),
    "elevation": ("Elevation Gain", "elevation", "m", ""),
    "treadmill_inclination": ("Inclination", "treadmill/inclination/current", "%", ""),
    "treadmill_cadence": ("Cadence", "treadmill/cadence/current", "spm", ""),
    "stride_length": ("Stride Length", "treadmill/stride_length", "cm", ""),
}


class Broker:
    """Mosquitto on this machine."""

    def __init__(self, folder: Path) -> None:
        """Choose a folder for its configuration."""
        self.port = free_port()
        self._folder = folder
        program = shutil.which("mosquitto", path=PATH) or "mosquitto"
        self._mosquitto = Program("Mosquitto", [program, "-c", str(folder / "broker.conf")], folder / "broker.log")

    async def __aenter__(self) -> Self:
        """Start it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "broker.conf").write_text(CONFIGURATION.format(port=self.port, host=LOOPBACK))
        await self._mosquitto.start()
        await self._mosquitto.wait_until(self._is_listening, "Mosquitto to listen", 15)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        await self._mosquitto.stop(5)

    async def _is_listening(self) -> bool:
        return is_port_busy(self.port)


class Qdomyos:
    """The messages of qdomyos-zwift with a treadmill: a retained discovery, and values as they change."""

    def __init__(self, port: int) -> None:
        """Connect to a broker on this machine."""
        self._client = Client(CallbackAPIVersion.VERSION2, client_id="qdomyos-zwift")
        self._client.will_set(f"QZ/{NICKNAME}/status", "offline", qos=1, retain=True)
        self._port = port
        self._sent: dict[str, str] = {}
        self.kilometres = 0.0

    async def __aenter__(self) -> Self:
        """Connect, and announce the treadmill."""
        self._client.connect(LOOPBACK, self._port)
        self._client.loop_start()
        await wait_for(self._client.is_connected, "qdomyos-zwift to be connected")
        self._publish(f"QZ/{NICKNAME}/status", "online", retain=True)
        for key, (name, topic, unit, device_class) in SENSORS.items():
            announced: dict[str, object] = {
                "name": name,
                "unique_id": f"qz_{NICKNAME}_{key}",
                "state_topic": f"QZ/{NICKNAME}/workout/{topic}",
                "device": {
                    "identifiers": [ADDRESS],
                    "name": f"QZ Fitness Device ({NICKNAME})",
                    "model": "Treadmill",
                    "manufacturer": "QDomyos-Zwift",
                },
                "unit_of_measurement": unit,
            }
            if device_class:
                announced["device_class"] = device_class
            self._publish(f"homeassistant/sensor/qz_{NICKNAME}_{key}/config", json.dumps(announced), retain=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    async def move(self, speed: float, seconds: float, *, every: float = 0.5, cadence: float = 0) -> None:
        """Move the belt at a speed in km/h for a while, in real time."""
        loop = asyncio.get_running_loop()
        began = at = loop.time()
        while at < began + seconds:
            self._say(speed, cadence)
            at += every
            await asyncio.sleep(max(0.0, at - loop.time()))
            self.kilometres += speed * every / 3600
        self._say(speed, cadence)

    def _say(self, speed: float, cadence: float) -> None:
        figures = {"speed_current": speed, "distance": self.kilometres, "treadmill_cadence": cadence}
        for key, figure in figures.items():
            topic = f"QZ/{NICKNAME}/workout/{SENSORS[key][1]}"
            # As the original: two decimals, not retained, and only what changed.
            if self._sent.get(topic) != f"{figure:.4f}":
                self._sent[topic] = f"{figure:.4f}"
                self._publish(topic, f"{figure:.2f}")

    def _publish(self, topic: str, payload: str, *, retain: bool = False) -> None:
        sent = self._client.publish(topic, payload, qos=1 if retain else 0, retain=retain)
        if sent.rc:
            raise RigError(f"MQTT refuses {topic}: {sent.rc}")
