"""The address that phones and services post to: `/api/home_gym/post/<secret>`.

Home Assistant answers a post to an unknown webhook with 200 and writes its id to the log. An address of our own tells
the sender the truth instead: 404 before Home Gym is there, 503 until the runner is, 200 when all is on disk. A webhook
of each source stays registered beside it, for senders with an older address and for Nabu Casa's cloud hooks.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from aiohttp.hdrs import ACCEPT_LANGUAGE, CACHE_CONTROL
from aiohttp.web import Request, Response
from jinja2 import Environment

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.helpers.network import NoURLAvailableError, get_url, is_cloud_connection
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.network import is_local

from ...const import CONF_LOCAL_ONLY, CONF_SECRET, CONF_WEBHOOK, DOMAIN, SUBENTRY_SOURCE
from ...gym.speech.phrases import line
from ...ha import webhook
from ...languages import async_phrases

type Handler = Callable[[Request], Awaitable[Response]]

PATH = f"/api/{DOMAIN}/post/"
PAGE_TEMPLATE = Path(__file__).with_name("page.html")
HANDLERS: HassKey[dict[str, Handler]] = HassKey(f"{DOMAIN}_posts")
HEADERS = {
    CACHE_CONTROL: "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


class PostView(HomeAssistantView):
    """View for posts; the secret in the path stands in for a login."""

    url = f"{PATH}{{secret}}"
    name = f"api:{DOMAIN}:post"
    requires_auth = False
    cors_allowed = True

    def __init__(self, hass: HomeAssistant, ask_to_repeat: Handler) -> None:
        """Accept posts of a home; `ask_to_repeat` answers for a runner that is not set up."""
        self._hass = hass
        self._ask_to_repeat = ask_to_repeat

    async def post(self, request: Request, secret: str) -> Response:
        """Answer a post."""
        if handler := self._hass.data.get(HANDLERS, {}).get(secret):
            return await handler(request)
        if _source_of(self._hass, secret) is not None:
            return await self._ask_to_repeat(request)
        return Response(status=HTTPStatus.NOT_FOUND)

    put = post

    async def get(self, request: Request, secret: str) -> Response:
        """Return a page for browsers about the purpose of the address."""
        source = _source_of(self._hass, secret)
        if source is None or (source[CONF_LOCAL_ONLY] and not is_from_home(self._hass, request)):
            return Response(status=HTTPStatus.NOT_FOUND)
        phrases = await async_phrases(self._hass, _preferred_language(request) or self._hass.config.language)
        words = {key: line(phrases, f"post_page.{key}") for key in ("title", "purpose", "secret")}
        page = await self._hass.async_add_executor_job(_page_of, {"language": line(phrases, "language"), **words})
        return Response(text=page, content_type="text/html", headers=HEADERS)


@callback
def async_register(hass: HomeAssistant, data: Mapping[str, Any], handler: Handler) -> None:
    """Answer posts to the addresses of a source by a handler, in place of any other."""

    async def handle(_hass: HomeAssistant, _webhook_id: str, request: Request) -> Response:
        return await handler(request)

    async_unregister(hass, data)
    if CONF_SECRET in data:
        hass.data.setdefault(HANDLERS, {})[data[CONF_SECRET]] = handler
    webhook.async_register(hass, DOMAIN, DOMAIN, data[CONF_WEBHOOK], handle)


@callback
def async_unregister(hass: HomeAssistant, data: Mapping[str, Any]) -> None:
    """Give up the addresses of a source."""
    hass.data.get(HANDLERS, {}).pop(data.get(CONF_SECRET, ""), None)
    webhook.async_unregister(hass, data[CONF_WEBHOOK])


def sources_of(entry: ConfigEntry[Any]) -> list[Mapping[str, Any]]:
    """Return the data of a runner's sources with an address."""
    sources = entry.get_subentries_of_type(SUBENTRY_SOURCE)
    return [source.data for source in sources if CONF_WEBHOOK in source.data]


def new_secret() -> str:
    """Return the secret of a new address: 256 random bits in 43 characters."""
    return token_urlsafe(32)


def url_of(hass: HomeAssistant, data: Mapping[str, Any]) -> str:
    """Return the address of a source, or its path if Home Assistant does not know its own URL."""
    path = f"{PATH}{data[CONF_SECRET]}" if CONF_SECRET in data else webhook.async_generate_path(data[CONF_WEBHOOK])
    from_anywhere = not data[CONF_LOCAL_ONLY]
    try:
        home = get_url(hass, allow_external=from_anywhere, prefer_external=from_anywhere)
    except NoURLAvailableError:
        return path
    return f"{home}{path}"


def is_from_home(hass: HomeAssistant, request: Request) -> bool:
    """Return whether a request comes from the local network.

    Home Assistant can check this for webhooks, but confirms posts from elsewhere, and logs the secret.
    """
    if is_cloud_connection(hass) or request.remote is None:
        return False
    try:
        return is_local(ip_address(request.remote))
    except ValueError:
        return False


def _source_of(hass: HomeAssistant, secret: str) -> Mapping[str, Any] | None:
    """Return the data of the source with a secret, of a runner in any state."""
    entries = hass.config_entries.async_entries(DOMAIN)
    return next((data for entry in entries for data in sources_of(entry) if data.get(CONF_SECRET) == secret), None)


def _preferred_language(request: Request) -> str:
    """Return the language that a browser asks for first."""
    return request.headers.get(ACCEPT_LANGUAGE, "").partition(",")[0].partition(";")[0].strip()


def _page_of(words: Mapping[str, str]) -> str:
    """Return the page; reads its template, so it runs in the executor."""
    template = Environment(autoescape=True).from_string(PAGE_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(words)
