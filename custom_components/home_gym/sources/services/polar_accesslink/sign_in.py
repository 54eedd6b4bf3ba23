"""Sign-in at Polar by OAuth 2.

Polar takes the application's id and secret in the header alone, and gives a token for about a year without one to
refresh it: an expired or revoked token needs another sign-in.
"""

from typing import Any, override

from aiohttp import ClientError, ClientTimeout

from homeassistant.components.application_credentials import ClientCredential
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.config_entry_oauth2_flow import LocalOAuth2Implementation

from ..http import basic

AUTHORIZE_URL = "https://flow.polar.com/oauth2/authorization"
TOKEN_URL = "https://polarremote.com/v2/oauth2/token"  # noqa: S105, an address
USER = "x_user_id"
"""Key of the user's id beside the token."""

YEAR = 31_535_999
PATIENCE = ClientTimeout(total=25)


class PolarSignIn(LocalOAuth2Implementation):
    """An application at Polar, and the exchange of a code for a token."""

    def __init__(self, hass: HomeAssistant, auth_domain: str, credential: ClientCredential) -> None:
        """Use an application's id and secret."""
        super().__init__(hass, auth_domain, credential.client_id, credential.client_secret, AUTHORIZE_URL, TOKEN_URL)
        self._name = credential.name or credential.client_id

    @property
    @override
    def name(self) -> str:
        """Return the name of the application."""
        return self._name

    @override
    async def async_resolve_external_data(self, external_data: Any) -> dict[str, Any]:
        """Return the token for a code; raises ClientError."""
        form = {
            "grant_type": "authorization_code",
            "code": external_data["code"],
            "redirect_uri": external_data["state"]["redirect_uri"],
        }
        headers = {"Authorization": basic(self.client_id, self.client_secret)}
        session = async_get_clientsession(self.hass)
        async with session.post(
            self.token_url, data=form, headers=headers, timeout=PATIENCE, allow_redirects=False
        ) as response:
            if not response.ok:
                raise ClientError(f"status {response.status}")
            try:
                answer = await response.json()
            except ValueError as error:
                raise ClientError("no JSON") from error
        if not isinstance(answer, dict) or not isinstance(answer.get("access_token"), str) or not answer.get(USER):
            raise ClientError("no token")
        # An answer without it would be logged by Home Assistant, with the token.
        return {"expires_in": YEAR, **answer}
