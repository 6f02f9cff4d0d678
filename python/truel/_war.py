"""A war that one can change in place."""
from __future__ import annotations

import copy
import datetime
import difflib
import functools
import os
import pathlib
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from . import _core
from ._arguments import Arguments, Date, date_text
from ._errors import Diagnostic, InputError, diagnostics_of, fault
from ._keywords import told_of_keywords

Value = float | int | bool | str | datetime.date


def text_of(path: str, value: Value) -> str:
    """A number as the scenario format writes it: shortest digits that give the same double; text stays as it is."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return date_text(path, value)
    if hasattr(value, "item"):  # a number of NumPy
        return text_of(path, value.item())
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, float):
        raise fault(f"{path}={value!r} is no number, text or date", "give a number, or a range or distribution as text")
    return repr(value)


# Words that other calls and the program have for what is assigned to a war.
_MEANT = {"until": "end", "from_": "start"}


class _Changes(NamedTuple):
    """What overrides a war: None and "" leave it as it is."""

    accounts: tuple[str, ...] | None
    settings: dict[str, str]
    from_: str
    until: str


class War:
    """A scenario package, and what overrides it: accounts, single parameters, dates.

    Paths are those of ``--set``: ``table.key.column``, as ``actors.isis.recruitment_per_day``,
    ``ties.isis.nusra.alignment``, ``scenario.laws.support.on``. A value is a number, True or False, or text of the scenario
    format: a range ``"1500..2000"``, a distribution ``"lognormal(1200, 1.5)"``, a word of a choice; of a dated change's day a
    date. Parameters have the units of docs/parameters.md. A path that is set may name many, as
    ``ties.*.*.alignment`` or ``ties.rebels.damascus.alignment`` with a set and a command in the place of actors; of two
    that name the same parameter the more special counts.

    Every change is checked at once, by reading the package with it: a change that the package refuses raises
    `InputError` with every mistake and leaves the war as it was. Nothing but `accounts`, `start`, `end` and numbers by path
    can be assigned; the tables are copies, and what is written into one changes no war. Files that changed on disk since
    `load` are refused: load the package again.

    Examples
    --------
    >>> war = truel.load(truel.scenario("syria-2016"))
    >>> war["actors.isis.recruitment_per_day"] = 0
    >>> war.accounts = ["magnier"]
    >>> war.end = "2017-06-30"
    """

    def __init__(self, package: str | os.PathLike[str]):
        arguments = Arguments()
        self._package = pathlib.Path(arguments.path("package", package))
        arguments.done()
        self._accounts: tuple[str, ...] = ()
        self._settings: dict[str, str] = {}
        self._from = ""
        self._until = ""
        self._sha256 = ""
        self._loaded: _core.LoadedWar
        self._warnings: tuple[Diagnostic, ...] = ()
        self._index: dict[str, int] | None = None
        self._columns: dict[str, list[Any]] = {}
        self._lay(self._accounts, self._settings, self._from, self._until)

    if not TYPE_CHECKING:  # which would take every name for one that can be assigned

        def __setattr__(self, name: str, value: Any) -> None:
            known = [each for each, member in vars(War).items() if getattr(member, "fset", None)]
            if name.startswith("_") or name in known:
                object.__setattr__(self, name, value)
                return
            hint = f"{', '.join(known[:-1])} and {known[-1]} can be assigned, and numbers by path: war[path] = value"
            if hasattr(War, name):
                raise AttributeError(f"`{name}` of a war cannot be assigned; {hint}")
            near = _MEANT.get(name) or next(iter(difflib.get_close_matches(name, known, n=1)), "")
            raise AttributeError(f"there is no `{name}` of a war; {f'did you mean `{near}`?' if near else hint}")

    # What overrides the package.

    def _lay(self, accounts: tuple[str, ...], settings: dict[str, str], from_: str, until: str) -> None:
        written = [f"{path}={value}" for path, value in settings.items()]
        loaded, warnings = _core.read(os.fspath(self._package), list(accounts), written, from_, until)
        self._check_unchanged(loaded)
        self._sha256 = loaded.sha256
        self._loaded = loaded
        self._warnings = diagnostics_of(warnings)
        self._accounts, self._settings, self._from, self._until = accounts, settings, from_, until
        self._index = None

    def _check_unchanged(self, read: _core.LoadedWar) -> None:
        if self._sha256 and read.sha256 != self._sha256:
            raise InputError([Diagnostic(os.fspath(self._package), 0, 0, "has changed since it was loaded",
                                         "load it again: truel.load(path)")])

    @property
    def accounts(self) -> tuple[str, ...]:
        """Ids of the accounts that override the package; a later one writes over an earlier one."""
        return self._accounts

    @accounts.setter
    def accounts(self, ids: Iterable[str] | str) -> None:
        arguments = Arguments()
        chosen = _without_base(arguments, ids)
        arguments.done()
        self._lay(chosen, self._settings, self._from, self._until)

    @property
    def settings(self) -> Mapping[str, str]:
        """Numbers changed, by path, in the order of the changes, to be read. They write over the accounts."""
        return types.MappingProxyType(dict(self._settings))

    @property
    def start(self) -> datetime.date:
        """First day. A date, or None for the scenario's, can be assigned: who held what on that day is then the first."""
        return datetime.date.fromisoformat(self._loaded.start)

    @start.setter
    def start(self, date: Date | None) -> None:
        self._lay(self._accounts, self._settings, date_text("start", date), self._until)

    @property
    def end(self) -> datetime.date:
        """Last day. A date, or None for the scenario's, can be assigned."""
        return datetime.date.fromisoformat(self._loaded.end)

    @end.setter
    def end(self, date: Date | None) -> None:
        self._lay(self._accounts, self._settings, self._from, date_text("end", date))

    def set(self, changes: Mapping[str, Value]) -> None:
        """Changes many parameters at once, which costs as much as one: all or, if one is refused, none."""
        arguments = Arguments()
        settings = _settings_of(arguments, changes)
        other = arguments.last(lambda: self._changed(_Changes(None, settings, "", "")))
        self.__dict__.update(other.__dict__)

    def _with(self, settings: Mapping[str, str]) -> dict[str, str]:
        """The settings with these after them."""
        return {path: text for path, text in self._settings.items() if path not in settings} | dict(settings)

    def reset(self) -> None:
        """The basic model: the package without any account."""
        self._lay((), {}, "", "")

    def copy(self) -> War:
        """A war that can be changed without this one."""
        return copy.copy(self)

    def __copy__(self) -> War:
        other = object.__new__(War)
        other.__dict__.update(self.__dict__)
        other._settings = dict(self._settings)
        return other

    def __getstate__(self) -> dict[str, Any]:
        return {"package": os.fspath(self._package.resolve()), "accounts": self._accounts, "settings": self._settings,
                "from": self._from, "until": self._until, "sha256": self._sha256}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self._package = pathlib.Path(state["package"])
        self._sha256 = state["sha256"]
        self._columns = {}
        self._lay(state["accounts"], state["settings"], state["from"], state["until"])

    @told_of_keywords
    def changed(self, accounts: Iterable[str] | str | None = None, set: Mapping[str, Value] | None = None,
                from_: Date | None = None, until: Date | None = None) -> War:
        """A copy with these overrides: accounts instead of those here, parameters and dates in addition to those here."""
        return war_of(self, accounts, set, from_, until)

    def _changed(self, changes: _Changes) -> War:
        if changes == (None, {}, "", ""):
            return self
        other = self.copy()
        other._lay(self._accounts if changes.accounts is None else changes.accounts, self._with(changes.settings),
                   changes.from_ or self._from, changes.until or self._until)
        return other

    # Numbers by path.

    def _row(self, path: str) -> int:
        if self._index is None:
            self._columns = self._loaded.numbers()
            self._index = {str(path): row for row, path in enumerate(self._columns["path"])}
        row = self._index.get(path)
        if row is None:
            if "*" in path:
                raise KeyError(f"{path}: names many numbers; War.numbers has them all, one row each")
            near = difflib.get_close_matches(path, self._index, n=3)
            raise KeyError(f"{path}: no such number" + (f"; did you mean {' or '.join(near)}?" if near else ""))
        return row

    def __getitem__(self, path: str) -> float | str:
        """The parameter at this path: a float, or, where it is uncertain or a word, text of the scenario format."""
        row = self._row(path)
        value = self._columns["value"][row]
        try:
            return float(value)
        except ValueError:
            return str(value)

    def __setitem__(self, path: str, value: Value) -> None:
        self.set({path: value})

    def __delitem__(self, path: str) -> None:
        """Takes back a change: the value is again that of the accounts or the package."""
        if path not in self._settings:
            raise KeyError(f"{path}: was not changed")
        self._lay(self._accounts, {name: text for name, text in self._settings.items() if name != path}, self._from,
                  self._until)

    def __contains__(self, path: object) -> bool:
        try:
            self._row(str(path))
        except KeyError:
            return False
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers.index)

    @property
    def numbers(self) -> pd.DataFrame:
        """Every parameter of the war, given or by default, a row each, by path.

        Columns: ``value`` (as the scenario format writes it), ``unit``, ``low`` and ``high`` (bounds of the
        distribution), ``least`` and ``greatest`` (bounds that the model sets), ``basis`` (claims, sources or
        assumptions it rests on), ``file`` and ``line``, ``is_given``, ``is_uncertain``.
        """
        return pd.DataFrame(self._loaded.numbers()).set_index("path")

    # What the package says.

    @property
    def package(self) -> pathlib.Path:
        """The folder."""
        return self._package

    @property
    def sha256(self) -> str:
        """Of the package's files."""
        return self._sha256

    @property
    def title(self) -> str:
        return self._loaded.title

    @property
    def description(self) -> str:
        return self._loaded.description

    @property
    def questions(self) -> list[str]:
        """What the scenario is meant to answer."""
        return self._loaded.questions

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is no mistake and can hardly be meant."""
        return self._warnings

    @property
    def actors(self) -> pd.DataFrame:
        """By id: name, kind (ground or air), command."""
        return pd.DataFrame(self._loaded.actors()).set_index("id")

    @property
    def places(self) -> pd.DataFrame:
        """By id: name, latitude and longitude (degrees, WGS 84)."""
        return pd.DataFrame(self._loaded.places()).set_index("id")

    @property
    def known_accounts(self) -> pd.DataFrame:
        """Accounts of the package by id: title, story, how many parameters each sets, and how many draws it brings."""
        return pd.DataFrame(self._loaded.accounts()).set_index("id")

    @property
    def claims(self) -> pd.DataFrame:
        """Claims of the package's sources by id; statements are those of the speakers named."""
        return pd.DataFrame(self._loaded.claims()).set_index("id")

    def __repr__(self) -> str:
        parts = [repr(self.title), f"{self.start} to {self.end}"]
        if self._accounts:
            parts.append("accounts " + ", ".join(self._accounts))
        if self._settings:
            parts.append(f"{len(self._settings)} numbers changed")
        return f"<truel.War {'; '.join(parts)}>"


def _without_base(arguments: Arguments, ids: Iterable[str] | str) -> tuple[str, ...]:
    """Accounts that override the package; none for the basic model."""
    return tuple(each for each in arguments.names("accounts", ids) if each != "base")


def _settings_of(arguments: Arguments, changes: Mapping[str, Value]) -> dict[str, str]:
    """Numbers by path, as text."""
    settings: dict[str, str] = {}
    if not isinstance(changes, Mapping):
        arguments.refuse(f"set={changes!r}", "it is a mapping of paths to values")
        return settings
    for path, value in changes.items():
        with arguments.kept():
            settings[path] = text_of(path, value)
    return settings


def war_of(war: War | str | os.PathLike[str], accounts: Iterable[str] | str | None = None,
           set: Mapping[str, Value] | None = None, from_: Date | None = None, until: Date | None = None) -> War:
    """The war, loaded where a path is given, with these overrides; the one given is not changed."""
    arguments = Arguments()
    changes = _Changes(None if accounts is None else _without_base(arguments, accounts), _settings_of(arguments, {} if set is None else set),
                       *arguments.days(from_, until))
    return arguments.last(lambda: (war if isinstance(war, War) else War(war))._changed(changes))


def analysed(war: War, observed: str, from_: str, until: str, runs: int, seed: int, solver: str, steps_per_day: int,
             threads: int) -> _core.LoadedWar:
    """The war on its days or these, starting from an analysis of the months before."""
    loaded = _core.analysed(war._loaded, observed, from_ or war._from, until or war._until, runs, seed, solver, steps_per_day,
                            threads)
    war._check_unchanged(loaded)
    return loaded


def looked_up(arguments: Arguments, war: War | str | os.PathLike[str],
              *looks: Callable[[War], None]) -> War | str | os.PathLike[str]:
    """The war, loaded if it can be; then what names something of it is looked up, whatever is to override it."""
    loaded = arguments.made(lambda: war_of(war))
    if loaded is None:
        return war
    for look in looks:
        with arguments.kept():
            look(loaded)
    return loaded


def under_each(arguments: Arguments, war: War | str | os.PathLike[str], accounts: Iterable[str],
               set: Mapping[str, Value] | None, from_: Date | None = None, until: Date | None = None) -> list[War]:
    """The war under each of these accounts by itself, where it can be read."""
    wars = [arguments.made(functools.partial(war_of, war, each, set, from_, until)) for each in accounts]
    return [each for each in wars if each is not None]


def load(package: str | os.PathLike[str]) -> War:
    """Reads and checks a scenario package.

    Parameters
    ----------
    package : path
        Its folder.

    Returns
    -------
    War

    Raises
    ------
    InputError
        With every mistake of the package: file, line, what, how to correct it.
    """
    return War(package)


class Check:
    """What `check` finds.

    Attributes
    ----------
    mistakes, warnings : tuple of Diagnostic
        Mistakes refuse the package. Warnings, which are only looked for where there is no mistake, do not.
    """

    def __init__(self, mistakes: tuple[Diagnostic, ...], warnings: tuple[Diagnostic, ...]):
        self.mistakes = mistakes
        self.warnings = warnings

    def __bool__(self) -> bool:
        """Whether there is no mistake."""
        return not self.mistakes

    def __repr__(self) -> str:
        lines = [f"<truel.Check {len(self.mistakes)} mistakes, {len(self.warnings)} warnings>"]
        lines += [str(each) for each in self.mistakes]
        lines += [f"warning: {each}" for each in self.warnings]
        return "\n".join(lines)


def check(package: str | os.PathLike[str]) -> Check:
    """Every mistake and warning of a package, without an exception.

    Parameters
    ----------
    package : path
        Its folder.

    Returns
    -------
    Check
        True where there is no mistake.
    """
    try:
        return Check((), load(package).warnings)
    except InputError as error:
        return Check(error.diagnostics, ())


def new(folder: str | os.PathLike[str]) -> War:
    """Writes a small commented war with three sides to start from, and loads it.

    Raises
    ------
    InputError
        The folder exists and is not empty; nothing is written.
    """
    _core.create(os.fspath(folder))
    return War(folder)


def scenarios() -> list[str]:
    """Names of the packages that come with truel, as ``"syria-2016"`` or ``"published/three-way-combat"``."""
    root = pathlib.Path(__file__).parent / "scenarios"
    return sorted(path.parent.relative_to(root).as_posix() for path in root.rglob("scenario.toml"))


def scenario(name: str) -> pathlib.Path:
    """Folder of a package that comes with truel. Copy it before you change its files."""
    if name not in scenarios():
        near = difflib.get_close_matches(name, scenarios(), n=3)
        raise fault(f"{name}: no such scenario", f"did you mean {' or '.join(near)}?" if near else
                    "truel.scenarios() lists them")
    return pathlib.Path(__file__).parent / "scenarios" / name
