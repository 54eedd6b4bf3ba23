"""One real home for all end-to-end tests of a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Browser, Home, Speaker, Voice


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for all that the home keeps."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
async def voice() -> AsyncIterator[Voice]:
    """Return a voice that remembers what it was asked to say."""
    async with Voice() as voice:
        yield voice


@pytest.fixture(scope="module")
async def speaker(folder: Path) -> AsyncIterator[Speaker]:
    """Return a speaker that tells when it was heard."""
    async with Speaker(folder / "mpd") as speaker:
        yield speaker


@pytest.fixture(scope="module")
async def home(folder: Path) -> AsyncIterator[Home]:
    """Return a home with nothing but Home Assistant in it."""
    async with Home(folder / "config") as home:
        yield home


@pytest.fixture(scope="module")
async def browser(home: Home) -> AsyncIterator[Browser]:
    """Return a browser in which the owner is logged in."""
    async with Browser(home) as browser:
        yield browser
