"""One real home for all visual tests, for any number of worker processes.

The first process starts and stops the home; each worker logs in to it. The cards' data is made up, so that no test
affects another.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.rig import Browser, Home, free_port
from tests.support.stages import Scheme, Stages
from tests.visual.showcase import Answers, Stage, answers_of, showcase

ADDRESS = pytest.StashKey[tuple[str, int]]()


async def _open_home(folder: Path, port: int) -> Home:
    """Start a home with a runner, so that it has cards."""
    home = Home(folder, port)
    await home.__aenter__()
    await home.add("home_gym", name="Alex")
    return home


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the home before any worker."""
    config = session.config
    if hasattr(config, "workerinput"):
        folder, port = config.workerinput["home"]
        config.stash[ADDRESS] = (folder, port)
        return
    if config.option.collectonly:
        return
    # Another loop than the tests', which has ended by the time the home is stopped.
    runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
    temporary = TemporaryDirectory(prefix="home-gym-")
    folder, port = Path(temporary.name) / "config", free_port()
    config.add_cleanup(temporary.cleanup)
    config.add_cleanup(runner.close)
    home = runner.run(_open_home(folder, port))
    config.add_cleanup(lambda: runner.run(home.__aexit__(None, None, None)))
    config.stash[ADDRESS] = (str(folder), port)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: pytest.Session) -> None:
    """Pass the home's folder and port to a worker."""
    node.workerinput["home"] = node.config.stash[ADDRESS]  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
async def home(pytestconfig: pytest.Config) -> AsyncIterator[Home]:
    """Return the home, with its owner's login."""
    folder, port = pytestconfig.stash[ADDRESS]
    async with Home.visit(Path(folder), port) as home:
        yield home


@pytest.fixture(scope="session")
async def stages(home: Home) -> AsyncIterator[Stages]:
    """Return a function that opens stages without animations."""
    known: dict[tuple[Scheme, str], Stage] = {}
    async with AsyncExitStack() as browsers:

        async def stage_of(scheme: Scheme, purpose: str) -> Stage:
            if (scheme, purpose) not in known:
                browser = await browsers.enter_async_context(Browser(home, scheme=scheme, calm=True))
                known[scheme, purpose] = await Stage.open(browser)
            return known[scheme, purpose]

        yield stage_of


@pytest.fixture
async def stage(stages: Stages) -> Stage:
    """Return a stage in light colours."""
    return await stages("light", "manners")


@pytest.fixture(scope="session")
def answers() -> Answers:
    """Return the home's responses."""
    return answers_of(showcase())
