"""The order of the house: who may import whom, who may ask the clock, and how long things are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mentorlog

ROOT = Path(mentorlog.__file__).parent
FILES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40

# An import goes from a lower line to a higher one, or to the same part; parts of one line
# do not know each other.
ORDER = (
    {"errors", "model", "clock", "config"},
    {"dates", "names", "events"},
    {"settings"},
    {"zones"},
    {"phase"},
    {"schedule", "reminders", "busy"},
    {"store"},
    {"render"},
    {"cli"},
    {"__main__"},
)
LINES = {part: line for line, parts in enumerate(ORDER) for part in parts}
BOTTOM = {"errors", "model"}  # the one line whose parts lean on each other: on these two

# What a part must not import, though it stands below it.
FORBIDDEN = {
    "phase": {"clock", "config"},
    "dates": {"clock", "config"},
    "names": {"clock", "config"},
    "settings": {"clock", "config"},
    "zones": {"clock", "config"},
    "schedule": {"clock", "config"},
    "events": {"clock", "config"},
    "reminders": {"clock", "config"},
    "busy": {"clock", "config"},
    "store": {"clock", "config", "phase", "schedule", "reminders"},
    "render": {"clock", "config", "store"},
}

# What is kept in the cache folder needs no journal to say where it is.
EXCEPTIONS = {("store/remembered.py", "config")}

# An outside package, and the only modules that may import it.
RESERVED = {
    "sqlite_utils": ("store/schema.py",),
    "sqlite3": ("store/",),
    "rich": ("render/tables.py", "cli/importing.py"),
    "click": (),
    "platformdirs": ("config.py",),
    "icalendar": ("render/ical.py", "cli/calendar_file.py"),
    "recurring_ical_events": ("cli/calendar_file.py",),
}
CLOCKS = {"datetime.now", "datetime.today", "datetime.utcnow", "date.today", "time.time"}
CLOCKS |= {"time.localtime", "time.gmtime", "datetime.datetime.now", "datetime.date.today"}


def part_of(name: str) -> str:
    """The part of the house that a file is in: ``store`` for ``store/reading.py``."""
    return name.split("/")[0].removesuffix(".py")


def tree_of(name: str) -> ast.Module:
    """The parsed source of a file."""
    return ast.parse(FILES[name].read_text(encoding="utf-8"))


def imports_of(name: str) -> Iterator[str]:
    """Every module that a file imports, inside functions too, with its full dotted name."""
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} has a relative import"
            assert node.module is not None
            yield node.module
            if node.module == "mentorlog" or node.module.startswith("mentorlog."):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_imported(name: str) -> set[str]:
    """The other parts of the house that a file imports."""
    dotted = (module.split(".") for module in imports_of(name))
    found = {words[1] for words in dotted if words[0] == "mentorlog" and len(words) > 1}
    return (found & LINES.keys()) - {part_of(name)}


def may_import(part: str, other: str) -> bool:
    """Whether an import from one part to another goes up the house."""
    if other in FORBIDDEN.get(part, ()):
        return False
    if LINES[part] == LINES[other]:
        return other in BOTTOM and not (part == "errors" or (part == "model" and other == "model"))
    return LINES[other] < LINES[part]


def test_every_file_has_a_place() -> None:
    """A new part of the house is given its line in the order before anything imports it."""
    parts = {part_of(name) for name in FILES} - {"__init__"}
    assert parts <= LINES.keys()


@pytest.mark.parametrize("name", [name for name in FILES if name != "__init__.py"])
def test_imports_go_up_the_house(name: str) -> None:
    """No module imports a part that stands below it or that it must not know."""
    wrong = [
        other
        for other in parts_imported(name)
        if not may_import(part_of(name), other) and (name, other) not in EXCEPTIONS
    ]
    assert not wrong, f"{name} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("package", RESERVED)
def test_outside_packages_stay_where_they_belong(package: str) -> None:
    """A heavy or revealing package is imported only where the design says."""
    users = {
        name for name in FILES if package in {module.split(".")[0] for module in imports_of(name)}
    }
    allowed = RESERVED[package]
    assert not {name for name in users if not (allowed and name.startswith(allowed))}


@pytest.mark.parametrize("name", [name for name in FILES if name != "clock.py"])
def test_only_the_clock_asks_the_time(name: str) -> None:
    """Nothing but ``clock.py`` asks the system for the day or the moment."""
    calls = {ast.unparse(n.func) for n in ast.walk(tree_of(name)) if isinstance(n, ast.Call)}
    assert not calls & CLOCKS


@pytest.mark.parametrize("name", FILES)
def test_files_are_short(name: str) -> None:
    """No file is too long to be read at a sitting."""
    assert len(FILES[name].read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("name", FILES)
def test_functions_are_short(name: str) -> None:
    """No function is longer than a screen, its signature and docstring left aside."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {
        f"{node.name}: {lines} lines"
        for node in ast.walk(tree_of(name))
        if isinstance(node, functions) and (lines := _body_lines(node)) > LONGEST_FUNCTION
    }
    assert not long


def _body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[ast.get_docstring(function) is not None :]
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0
