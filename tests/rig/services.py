"""Services of the internet in a home without internet: their addresses lead to servers on loopback.

The product has no setting for that, so an integration of the rig's own puts them in place before Home Gym starts.
"""

from collections.abc import Mapping
import json
from pathlib import Path

DOMAIN = "rig_services"

CODE = '''\
"""Addresses of services on loopback, and looks that follow within seconds."""

from datetime import timedelta
from importlib import import_module
import json
from pathlib import Path

BASE = "custom_components.home_gym"
VALUES = json.loads(Path(__file__).with_name("values.json").read_text())
# Home Assistant imports one integration after the other, but sets several up at once: two imports at a time may block.
MODULES = {module: import_module(f"{BASE}.{module}") for module in VALUES}


def setup(hass, config):
    """Put the addresses in place."""
    for module, values in VALUES.items():
        for name, value in values.items():
            length = timedelta(seconds=value) if name in ("USUALLY", "SOON", "SETTLED") else value
            setattr(MODULES[module], name, length)
    return True
'''


def lead_to(
    folder: Path,
    addresses: Mapping[str, str],
    *,
    every: float = 2,
    pause: float = 0.02,
    sign_ins: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Let the services of a configuration folder lead to other addresses, with a look every few seconds.

    The addresses are by service; `pause` is the time in seconds between two recordings, `sign_ins` are the addresses of
    sign-ins by service and name.
    """
    own = folder / "custom_components" / DOMAIN
    own.mkdir(parents=True, exist_ok=True)
    (own / "__init__.py").write_text(CODE)
    manifest = {"domain": DOMAIN, "name": "Services of the rig", "version": "1.0.0", "dependencies": []}
    (own / "manifest.json").write_text(json.dumps(manifest))
    values: dict[str, dict[str, str | float]] = {
        f"sources.services.{service}.client": {"BASE_URL": address} for service, address in addresses.items()
    }
    for service, named in (sign_ins or {}).items():
        values[f"sources.services.{service}.sign_in"] = dict(named)
    values["gym.integrations.looks"] = {"USUALLY": every, "SOON": every}
    values["sources.services.watcher"] = {"PAUSE": pause}
    values["sources.entities.action_writer"] = {"SETTLED": every}
    (own / "values.json").write_text(json.dumps(values))
