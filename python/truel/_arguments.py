"""Arguments of a call, looked at one after the other, mistakes reported together."""
from __future__ import annotations

import contextlib
import datetime
import os
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd

from . import _core
from ._errors import Diagnostic, InputError, fault
from ._progress import Callback, Progress

Date = str | datetime.date | Any
SOLVERS = tuple(_core.solvers())
Made = TypeVar("Made")


def one_of(words: tuple[str, ...]) -> str:
    """"bank, tempered or smoother"."""
    return f"{', '.join(words[:-1])} or {words[-1]}"


def date_text(name: str, date: Date | None) -> str:
    """YYYY-MM-DD of a text, a date, a datetime, a Timestamp or a datetime64; "" of None."""
    if date is None:
        return ""
    if isinstance(date, str):
        return date
    if not isinstance(date, (datetime.date, np.datetime64)) or pd.isna(date):  # a number would count from 1970
        raise fault(f"{name}={date!r}", 'it is a date, or text such as "2016-06-30"')
    if isinstance(date, np.datetime64):
        return str(date.astype("datetime64[D]"))
    return (date.date() if isinstance(date, datetime.datetime) else date).isoformat()


def is_number(value: Any) -> bool:
    """Whether it is meant as one: True would count as 1, and text or bytes may be read as a number."""
    return not isinstance(value, (bool, str, bytes, bytearray)) and getattr(value, "dtype", None) != np.bool_


class Arguments:
    """Checks each argument by its name and keeps the mistakes; what is wrong is given back as something harmless."""

    def __init__(self) -> None:
        self._faults: list[Diagnostic] = []

    def _keep(self, faults: Iterable[Diagnostic]) -> None:
        """Each once: a package that is read under several accounts tells of a number that it has not each time."""
        self._faults.extend(each for each in faults if each not in self._faults)

    def refuse(self, what: str, hint: str, file: str = "") -> None:
        self._keep([Diagnostic(file, 0, 0, what, hint)])

    @contextlib.contextmanager
    def kept(self) -> Any:
        """Around what refuses by an exception."""
        try:
            yield
        except InputError as error:
            self._keep(error.diagnostics)

    def whole(self, name: str, value: Any, least: int, greatest: int, *, or_zero: bool = False) -> int:
        try:
            number = int(value)
            if is_number(value) and bool(number == value) and (least <= number <= greatest or (or_zero and number == 0)):
                return number
        except (TypeError, ValueError, OverflowError):  # of None, of text and of what is infinite
            pass
        self.refuse(f"{name}={value!r}", f"it is {'0 or ' if or_zero else ''}a whole number from {least} to {greatest}")
        return least

    def number(self, name: str, value: Any, least: float, greatest: float, *, or_zero: bool = False) -> float:
        try:
            number = float(value)
            if is_number(value) and (least <= number <= greatest or (or_zero and number == 0)):
                return number
        except (TypeError, ValueError, OverflowError):
            pass
        self.refuse(f"{name}={value!r}", f"it is {'0 or ' if or_zero else ''}a number from {least:g} to {greatest:g}")
        return least

    def flag(self, name: str, value: Any) -> bool:
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        self.refuse(f"{name}={value!r}", "it is True or False")
        return False

    def analysis(self, wanted: Any, observed: Any) -> tuple[bool, str]:
        """Whether runs start from one, and the folder of what was observed; "" of none."""
        folder = self.folder("observed", observed) if observed is not None else ""
        if observed is not None and wanted is False:
            self.refuse(f"observed={observed!r}", "it is what analysis=True starts from: give both")
        return self.flag("analysis", wanted), folder

    def progress(self, value: Any) -> Progress:
        if callable(value):
            return cast(Callback, value)
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        self.refuse(f"progress={value!r}", "it is True, False or a function of (runs done, runs wanted, seconds)")
        return False

    def word(self, name: str, value: Any, known: tuple[str, ...], hint: str = "") -> str:
        if isinstance(value, str) and value in known:
            return value
        self.refuse(f"{name}={value!r}", hint or f"it is {one_of(known)}")
        return known[0]

    def names(self, name: str, value: Any) -> list[str]:
        """A list of names; one may be given by itself."""
        if isinstance(value, str):
            return [value]
        if isinstance(value, Iterable):
            names = list(value)
            if all(isinstance(each, str) for each in names):
                return [str(each) for each in names]
        self.refuse(f"{name}={value!r}", "it is a name or a list of names")
        return []

    def rivals(self, name: str, value: Any) -> list[str]:
        """Accounts, one at least and none twice."""
        before = len(self._faults)
        names = self.names(name, value)
        if len({*names}) < len(names):
            self.refuse(f"{name}={names}", "name each account once")
        elif not names and len(self._faults) == before:
            self.refuse(f"{name}={names}", 'name an account, or "base"')
        return names

    def path(self, name: str, value: Any) -> str:
        try:
            return os.fsdecode(value)
        except TypeError:
            self.refuse(f"{name}={value!r}", "it is a path")
            return ""

    def folder(self, name: str, value: Any) -> str:
        """A path of a folder that is there."""
        path = self.path(name, value)
        if path and not os.path.isdir(path):
            self.refuse("not a folder" if os.path.exists(path) else "no such folder",
                        f"give {name} the folder that holds the data", path)
        return path

    def days(self, from_: Date | None, until: Date | None) -> tuple[str, str]:
        """Both as text; "" where none is given, and for both where one is wrong: it may be meant to lie on either side."""
        first, last = "", ""
        before = len(self._faults)
        with self.kept():
            first = date_text("from_", from_)
        with self.kept():
            last = date_text("until", until)
        with self.kept():
            _core.check_days(first, last)
        return (first, last) if len(self._faults) == before else ("", "")

    def done(self) -> None:
        """Raises all mistakes."""
        if self._faults:
            raise InputError(self._faults)

    def made(self, make: Callable[[], Made]) -> Made | None:
        """What this makes; None where it refuses to."""
        with self.kept():
            return make()
        return None

    def last(self, make: Callable[[], Made]) -> Made:
        """What this makes, if there was no mistake; what it refuses is raised with all others."""
        with self.kept():
            made = make()
            if not self._faults:
                return made
        raise InputError(self._faults)
