"""Applications at services, for the sign-ins there: Polar's alone."""

from homeassistant.components.application_credentials import ClientCredential
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2Implementation

from .sources.services.polar_accesslink.sign_in import PolarSignIn

REDIRECT_URL = "https://my.home-assistant.io/redirect/oauth"
APPLICATIONS_URL = "https://admin.polaraccesslink.com"


async def async_get_auth_implementation(
    hass: HomeAssistant, auth_domain: str, credential: ClientCredential
) -> AbstractOAuth2Implementation:
    """Return the sign-in of an application."""
    return PolarSignIn(hass, auth_domain, credential)


async def async_get_description_placeholders(hass: HomeAssistant) -> dict[str, str]:
    """Return the addresses in the text beside the id and the secret."""
    return {"applications_url": APPLICATIONS_URL, "redirect_url": REDIRECT_URL}
