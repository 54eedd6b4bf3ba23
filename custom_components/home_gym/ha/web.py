"""Pages and files of Home Assistant's web server, and scripts for its frontend."""

from homeassistant.components.frontend import (
    add_extra_js_url,  # loads the cards on every dashboard; the documented way is a resource that the user adds
)
from homeassistant.components.http.auth import (
    async_sign_path,  # documented, but the component does not export it
)
from homeassistant.components.http.const import (
    KEY_HASS_USER,  # the user behind a request
)
from homeassistant.components.http.server import (
    StaticPathConfig,  # documented in the developer blog, but not exported to type checkers
)

__all__ = ["KEY_HASS_USER", "StaticPathConfig", "add_extra_js_url", "async_sign_path"]
