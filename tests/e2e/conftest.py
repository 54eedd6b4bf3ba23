"""One real home for all end-to-end tests of a file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.rig import Browser, Hearing, Home, Phone, Satellite, Speaker, Voice

from .runners import Runners

# Files that take longest begin first, so that no worker has all the work at the end.
LONGEST = ("test_whole_stretch", "test_coach", "test_treadmill", "test_back", "test_cards", "test_back_page")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first."""
    rank = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


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


@pytest.fixture(scope="module")
async def hearing() -> AsyncIterator[Hearing]:
    """Return ears that understand what a test says."""
    async with Hearing() as hearing:
        yield hearing


@pytest.fixture(scope="module")
async def satellite(folder: Path, hearing: Hearing) -> AsyncIterator[Satellite]:
    """Return a voice satellite."""
    async with Satellite(folder / "satellite", hearing) as satellite:
        yield satellite


@pytest.fixture(scope="module")
async def satellite_voice() -> AsyncIterator[Voice]:
    """Return the voice that only the satellite speaks with."""
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
    """Return three runners who moved in."""
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
