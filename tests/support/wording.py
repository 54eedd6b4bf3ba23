"""Docstrings that riddle: clauses in place of names, and words that the project's prose avoids."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
import re

CLAUSE = re.compile(r"\b(?:what|who|whom|whose|whoever|whatever|(?:no|some|any|every)body)\b", re.IGNORECASE)
CLAUSE_AT_THE_BEGINNING = re.compile(r"^\W*(?:[\w'`.-]+\W+){0,3}(?:which|where|when)\b", re.IGNORECASE)
AVOIDED = re.compile(r"\b(?:told|tell|tells|anew|by heart|in the book)\b", re.IGNORECASE)

RIDDLING_NAME = re.compile(
    r"(?:_|^)(?:what|who|whom|whose|whoever|whatever|(?:no|some|any|every)body|told|tells?|anew)(?:_|$)"
)

_QUOTED = re.compile(r'"[^"]*"|`[^`]*`')
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Docstring:
    """One docstring: the file, the line on which it begins, the name that it documents, and its text."""

    path: str
    line: int
    name: str
    text: str

    @property
    def first_sentence(self) -> str:
        """The text up to its first full stop, colon or semicolon, on one line."""
        return _SENTENCE_END.split(" ".join(self.text.split()), maxsplit=1)[0]

    def __str__(self) -> str:
        """Return the place and the first sentence, as a test prints them."""
        return f"{self.path}:{self.line} {self.name}: {self.first_sentence}"


def is_riddle(text: str) -> bool:
    """Return whether a sentence has a clause in place of a name, or an avoided word; quotations don't count."""
    plain = _QUOTED.sub("quotation", text)
    return any(pattern.search(plain) for pattern in (CLAUSE, CLAUSE_AT_THE_BEGINNING, AVOIDED))


def riddling_tests_in(source: str) -> list[str]:
    """Return the names of a module's tests with a clause in place of a name, or with an avoided word."""
    functions = (
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [each.name for each in functions if each.name.startswith("test_") and RIDDLING_NAME.search(each.name)]


def docstrings_in(source: str, path: str) -> Iterator[Docstring]:
    """Yield the docstrings of a module, and of its classes, functions and attributes."""
    for owner in ast.walk(ast.parse(source)):
        if not isinstance(owner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        name = path if isinstance(owner, ast.Module) else owner.name
        for number, statement in enumerate(owner.body):
            match statement:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    documented = name if number == 0 else _assigned_name(owner.body[number - 1])
                    if documented is not None:
                        yield Docstring(path=path, line=statement.lineno, name=documented, text=text)


def docstrings_below(root: Path) -> list[Docstring]:
    """Return the docstrings of all modules below a folder, in order of path and line."""
    return sorted(
        docstring
        for file in root.rglob("*.py")
        for docstring in docstrings_in(file.read_text(encoding="utf-8"), file.relative_to(root).as_posix())
    )


def _assigned_name(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name), *_]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
        case ast.TypeAlias(name=ast.Name(id=name)):
            return name
        case _:
            return None
