"""A treadmill's smart plug without hardware: a template sensor on an input number."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from .flows import Flow
from .home import Home

AWAKE = 8


@dataclass(frozen=True)
class Plug:
    """The plug's power sensor and its switch, and the number behind its power."""

    home: Home
    power: str
    switch: str
    number: str

    @classmethod
    async def plug_in(cls, home: Home) -> Self:
        """Set it up as its owner would, at zero watts."""
        made = await home.api.command("input_number/create", name="Plug", min=0, max=3000, step=0.1, initial=0)
        number = f"input_number.{made['id']}"
        power = await _template(
            home,
            "sensor",
            state=f"{{{{ states('{number}') }}}}",
            device_class="power",
            unit_of_measurement="W",
            state_class="measurement",
        )
        return cls(home=home, power=power, switch=await add_switch(home, "Plug switch"), number=number)

    async def draw(self, watts: float) -> None:
        """Set the power from now on."""
        await self.home.act("input_number.set_value", {"entity_id": self.number, "value": round(watts, 1)})

    async def replay(self, trace: Iterable[float], *, every: float = 1) -> None:
        """Set one power after the other, in real time."""
        loop = asyncio.get_running_loop()
        at = loop.time()
        for watts in trace:
            await self.draw(watts)
            at += every
            await asyncio.sleep(max(0.0, at - loop.time()))


async def add_switch(home: Home, name: str) -> str:
    """Add a switch without an effect, and turn it on."""
    switch = await _template(home, "switch", name=name, turn_on=[], turn_off=[])
    await home.act("switch.turn_on", {"entity_id": switch})
    return switch


async def _template(home: Home, kind: str, name: str = "Plug power", **fields: object) -> str:
    """Add a template helper, and return its entity's id."""
    menu = await Flow.config(home.api, "template")
    entry = await (await menu.choose(kind)).finish(name=name, **fields)
    [entity_id] = await home.entity_ids(entry["entry_id"], f"{kind}.")
    return entity_id
