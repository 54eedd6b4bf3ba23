"""One real home for all end-to-end tests of a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Browser, Hearing, Home, Phone, Satellite, Speaker, Voice

from .runners import Runners

# The longest files begin first, so that no worker is left with all the work at the end.
LONGEST = (
    "test_whole_stretch",
    "test_pausing_treadmill",
    "test_coach",
    "test_treadmill",
    "test_back",
    "test_sore_back",
    "test_mqtt_treadmill",
    "test_cards",
    "test_back_page",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the home's files."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
async def voice() -> AsyncIterator[Voice]:
    """Return a voice that records its lines."""
    async with Voice() as voice:
        yield voice


@pytest.fixture(scope="module")
async def speaker(folder: Path) -> AsyncIterator[Speaker]:
    """Return a speaker that records its sounds."""
    async with Speaker(folder / "mpd") as speaker:
        yield speaker


@pytest.fixture(scope="module")
async def home(folder: Path) -> AsyncIterator[Home]:
    """Return a home with Home Assistant only."""
    async with Home(folder / "config") as home:
        yield home


@pytest.fixture(scope="module")
async def browser(home: Home) -> AsyncIterator[Browser]:
    """Return a browser with the owner's login."""
    async with Browser(home) as browser:
        yield browser


@pytest.fixture(scope="module")
async def hearing() -> AsyncIterator[Hearing]:
    """Return a speech-to-text engine that understands the tests' sentences."""
    async with Hearing() as hearing:
        yield hearing


@pytest.fixture(scope="module")
async def satellite(folder: Path, hearing: Hearing) -> AsyncIterator[Satellite]:
    """Return a voice satellite."""
    async with Satellite(folder / "satellite", hearing) as satellite:
        yield satellite


@pytest.fixture(scope="module")
async def satellite_voice() -> AsyncIterator[Voice]:
    """Return the satellite's own voice."""
    async with Voice("Satellite voice") as voice:
        yield voice


@pytest.fixture(scope="module")
async def phone() -> AsyncIterator[Phone]:
    """Return a phone with the companion app."""
    async with Phone("Sams phone") as phone:
        yield phone


@pytest.fixture(scope="module")
async def runners(
    home: Home,
    voice: Voice,
    satellite_voice: Voice,
    speaker: Speaker,
    hearing: Hearing,
    satellite: Satellite,
    phone: Phone,
    folder: Path,
) -> Runners:
    """Return three runners, set up in the home."""
    return await Runners.move_in(
        home,
        voice=voice,
        satellite_voice=satellite_voice,
        speaker=speaker,
        hearing=hearing,
        satellite=satellite,
        phone=phone,
        folder=folder,
    )
