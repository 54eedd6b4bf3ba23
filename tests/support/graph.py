"""The graph of imports below a folder, and its cycles."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

type Graph = Mapping[str, set[str]]


def modules_below(root: Path) -> dict[str, Path]:
    """Return each Python file below a folder by its dotted name; a package goes by its folder's."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def import_graph(root: Path) -> dict[str, set[str]]:
    """Return the relative imports of each module below a folder, when loaded or later.

    Imports for type checkers alone count as well, since a reader of one module needs the other.
    """
    modules = modules_below(root)
    graph: dict[str, set[str]] = {}
    for name, path in modules.items():
        package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
        graph[name] = {
            target
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and node.level
            for target in _targets(node, [part for part in package if part], modules)
            if target != name
        }
    return graph


def packages_of(graph: Graph) -> dict[str, set[str]]:
    """Return the graph of packages: a module at the top stands for itself, one below for its topmost package."""
    merged: dict[str, set[str]] = {}
    for name, targets in graph.items():
        package = name.split(".")[0]
        others = {target.split(".")[0] for target in targets} - {package}
        merged.setdefault(package, set()).update(others)
    return merged


def cycles(graph: Graph) -> list[list[str]]:
    """Return the groups of nodes that reach each other (Tarjan's strongly connected components)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for target in sorted(graph.get(node, ())):
            if target not in index:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], index[target])
        if low[node] == index[node]:
            group = [stack.pop()]
            while group[-1] != node:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in index:
            visit(node)
    return found


def _targets(node: ast.ImportFrom, package: list[str], modules: Iterable[str]) -> Iterator[str]:
    base = package[: len(package) - (node.level - 1)]
    source = ".".join([*base, *(node.module.split(".") if node.module else [])])
    for alias in node.names:
        full = f"{source}.{alias.name}" if source else alias.name
        if full in modules:
            yield full
        elif source in modules:
            yield source
