"""What code may look like here, as questions to a parsed module. Pure: text in, faults out."""

import ast
from collections.abc import Iterator
from statistics import median
from typing import Final

BANNED_NAMES: Final = frozenset({"utils", "helpers", "common", "core", "services", "managers"})
SIGNALS: Final = frozenset(
    {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed", "pre_init", "post_init"}
)
LONGEST_FILE: Final = 600
LONGEST_FUNCTION: Final = 60
TYPICAL_FUNCTION: Final = 10
MARK: Final = "noqa: PLC0415"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults_in(text: str) -> list[str]:
    """Return "line: what is wrong" for everything in a module that the house does not allow."""
    tree = ast.parse(text)
    lines = text.splitlines()
    found = [*_imports(tree, lines), *_signals(tree), *_models(tree), *_too_long(tree)]
    if len(lines) > LONGEST_FILE:
        found.append((1, f"{len(lines)} lines, at most {LONGEST_FILE}"))
    return [f"{line}: {what}" for line, what in sorted(found)]


def _imports(tree: ast.Module, lines: list[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
            yield node.lineno, "import of everything"
        if isinstance(node, Function):
            for inner in ast.walk(node):
                unmarked = isinstance(inner, ast.Import | ast.ImportFrom) and (
                    MARK not in lines[inner.lineno - 1]
                )
                if unmarked and isinstance(inner, ast.stmt):
                    yield inner.lineno, "import inside a function"


def _signals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in (
            "django.db.models.signals",
            "django.dispatch",
        ):
            yield node.lineno, "signals: call an action instead"
        if isinstance(node, ast.Attribute) and node.attr in SIGNALS:
            yield node.lineno, "signals: call an action instead"


def _models(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for part in node.body:
            if isinstance(part, Function) and part.name in ("save", "delete") and _is_model(node):
                yield part.lineno, f"logic in {part.name}(): write an action"
            if node.name == "Meta" and isinstance(part, ast.Assign) and _names(part, "ordering"):
                yield part.lineno, "Meta.ordering: say the order where you list"


def _names(part: ast.Assign, name: str) -> bool:
    return any(isinstance(to, ast.Name) and to.id == name for to in part.targets)


def _is_model(node: ast.ClassDef) -> bool:
    bases = {base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")
             for base in node.bases}  # fmt: skip
    return any("Model" in base or "Abstract" in base for base in bases)


def _too_long(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for function in functions(tree):
        length = length_of(function)
        if length > LONGEST_FUNCTION:
            yield function.lineno, f"{function.name} has {length} lines, at most {LONGEST_FUNCTION}"


def functions(tree: ast.Module) -> list[Function]:
    """Return every function but tables: those that only return something spelled out."""
    found = [node for node in ast.walk(tree) if isinstance(node, Function)]
    return [function for function in found if not _is_table(function)]


def _is_table(function: Function) -> bool:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (
        len(body) == 1
        and isinstance(body[0], ast.Return)
        and not any(
            isinstance(node, ast.comprehension | ast.Lambda | ast.IfExp)
            for node in ast.walk(body[0])
        )
    )


def length_of(function: Function) -> int:
    """Return the lines of a function, its docstring not counted."""
    whole = (function.end_lineno or function.lineno) - function.lineno + 1
    if not ast.get_docstring(function):
        return whole
    told = function.body[0]
    return whole - ((told.end_lineno or told.lineno) - told.lineno + 1)


def typical_length(texts: list[str]) -> float:
    """Return the median length of the functions of some modules."""
    return median(length_of(one) for text in texts for one in functions(ast.parse(text)))
