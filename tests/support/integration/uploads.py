"""Uploads of a browser."""

from aiohttp import FormData
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator


async def upload(hass_client: ClientSessionGenerator, name: str, content: bytes) -> str:
    """Upload a file as a browser does, and return its id."""
    client = await hass_client()
    form = FormData()
    form.add_field("file", content, filename=name)
    answer = await client.post("/api/file_upload", data=form)
    assert answer.status == 200
    return str((await answer.json())["file_id"])
