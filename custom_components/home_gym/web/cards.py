"""Registration of the cards on every dashboard, at a versioned address; their data comes by websocket."""

from hashlib import sha256
from pathlib import Path

from homeassistant.core import HomeAssistant

from ..const import DOMAIN
from ..ha.web import StaticPathConfig, add_extra_js_url
from ..issues.repair_issue import CARDS_MISSING

HERE = Path(__file__).parents[1]
FRONTEND = HERE / "frontend"
LOADER = "home-gym.js"
DRAWINGS = HERE / "drawings"


async def async_register_cards(hass: HomeAssistant) -> None:
    """Serve the cards; if they were never built, raise a repair issue and continue without them."""
    version = await hass.async_add_executor_job(_version)
    if version is None:
        CARDS_MISSING.async_raise(hass, None, {"path": str(FRONTEND)})
        return
    CARDS_MISSING.async_clear(hass, None)
    # Browsers cache the files for a month, so another content needs another address.
    address = f"/{DOMAIN}/{version}"
    await hass.http.async_register_static_paths(
        [
            StaticPathConfig(f"{address}/cards", str(FRONTEND)),
            StaticPathConfig(f"{address}/drawings", str(DRAWINGS)),
        ]
    )
    add_extra_js_url(hass, f"{address}/cards/{LOADER}")


def _version() -> str | None:
    """Return a hash of the cards and drawings, None for missing ones."""
    if not (FRONTEND / LOADER).is_file():
        return None
    digest = sha256()
    for file in (*sorted(FRONTEND.glob("*.js")), *sorted(DRAWINGS.iterdir())):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
