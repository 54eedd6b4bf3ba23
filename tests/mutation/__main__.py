"""Mutation testing of the domain by mutmut, run by `scripts/mutate`.

Mutmut imports all tests once and forks for each mutant, so that none pays for imports.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import dataclass
import os
from pathlib import Path
from shutil import rmtree
from subprocess import STDOUT, run
import sys

from tests.mutation import tree
from tests.mutation.results import Result, results

# Of a sample, so that two runs on the same code agree.
SEED = 20261130


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Number of tried mutants, and of those detected by a test."""

    tried: int
    noticed: int

    @property
    def percent(self) -> float:
        """The share of detected mutants."""
        return 100 * self.noticed / self.tried if self.tried else 0.0


def score_of(found: Iterable[Result]) -> Score:
    """Count the tried mutants; one that never ended counts as detected."""
    tried = [result for result in found if result.was_tried]
    return Score(tried=len(tried), noticed=sum(result.was_noticed for result in tried))


def main() -> int:
    """Mutate, test and report; return 1 for a score below the minimum."""
    options = arguments()
    folder: Path = options.folder
    if not options.resume and folder.exists():
        rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "mutants").exists():
        tree.plant(folder, modules_of(options.modules))
    tool: Path = options.tool
    # tests that start programs find those of the tool's environment first
    environment = {**os.environ, "PATH": f"{tool.parent}:{os.environ['PATH']}"}
    command: list[str | Path] = [tool.with_name("mutmut")]
    if options.sample:
        command = [tool, Path(__file__).with_name("sampled.py"), str(options.sample), str(SEED)]
    command += ["run", "--max-children", str(options.workers)]
    failed = tried(command, folder, environment)
    found = list(results(folder))
    report(found)
    if failed:
        return failed
    return int(score_of(found).percent < options.minimum)


def arguments() -> Namespace:
    """Return the command line's options."""
    parser = ArgumentParser(prog="scripts/mutate", description="Finds faults that no test notices.")
    parser.add_argument(
        "modules", nargs="*", metavar="MODULE", help="such as gym/runs/fusion.py; all unless told otherwise"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes at once")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="try N mutants, drawn at random")
    parser.add_argument("--resume", action="store_true", help="go on where an earlier run was interrupted")
    parser.add_argument("--minimum", type=float, default=0.0, metavar="PERCENT", help="the score that is enough")
    parser.add_argument("--tool", type=Path, required=True, help="Python of the environment that has mutmut")
    parser.add_argument("--folder", type=Path, required=True, help="where the copy of the domain lies")
    return parser.parse_args()


def tried(command: list[str | Path], folder: Path, environment: dict[str, str]) -> int:
    """Run mutmut and return its exit code; its moving line of progress is for terminals alone."""
    if sys.stdout.isatty():
        return run(command, cwd=folder, env=environment, check=False).returncode
    log = folder / "mutmut.log"
    with log.open("w") as file:
        failed = run(command, cwd=folder, env=environment, stdout=file, stderr=STDOUT, check=False).returncode
    if failed:
        print(log.read_text()[-5000:])
    return failed


def modules_of(names: Iterable[str]) -> list[Path]:
    """Return the modules with these names, such as `gym/runs/fusion.py`; ends the program for an unknown one."""
    modules = [tree.PACKAGE / name for name in names]
    for module in modules:
        if module.suffix != ".py" or not (tree.ROOT / module).is_file():
            sys.exit(f"There is no module {module}.")
    return modules


def report(found: list[Result]) -> None:
    """Print the survivors, then the score of each module and of all."""
    for result in found:
        if result.was_tried and not result.was_noticed:
            print(f"{result.module}: {result.function}, mutant {result.number}: {result.verdict}")
            print(result.change())
    for module in sorted({result.module for result in found}):
        print(line(module, [result for result in found if result.module == module]))
    print(line("all", found))


def line(name: str, found: list[Result]) -> str:
    """Return one line of the table of scores."""
    score = score_of(found)
    left = len(found) - score.tried
    untried = f", {left} not tried" if left else ""
    return f"{name:<28} {score.percent:6.1f} %  {score.noticed} of {score.tried} noticed{untried}"


if __name__ == "__main__":
    sys.exit(main())
