"""What goes wrong, with every reason at once."""
from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

# Options of the program whose argument here has another name.
_ARGUMENTS = {"account": "accounts", "from": "from_", "metric": "metrics"}


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """One mistake, or one warning: where it is, what it is, how to correct it.

    Attributes
    ----------
    file : str
        Of the package, or the argument at fault, or "".
    line, column : int
        Counted from 1; 0 where there is none.
    what, hint : str
        The mistake, and how to correct it.
    """

    file: str
    line: int
    column: int
    what: str
    hint: str

    def __str__(self) -> str:
        where = self.file
        if self.line:
            where += f":{self.line}"
            if self.column:
                where += f":{self.column}"
        text = f"{where}: {self.what}" if where else self.what
        return f"{text}; {self.hint}" if self.hint else text


class TruelError(Exception):
    """Whatever truel refuses or fails to do."""


class InputError(TruelError, ValueError):
    """What was given is wrong; nothing was done.

    Attributes
    ----------
    diagnostics : tuple of Diagnostic
        Every mistake, in the order of files and lines.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic | tuple[str, int, int, str, str]]):
        self.diagnostics = diagnostics_of(diagnostics)
        count = len(self.diagnostics)
        lines = [str(each) for each in self.diagnostics]
        super().__init__("\n".join([*lines, f"{count} mistakes"] if count > 1 else lines))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Diagnostic, ...]]]:
        return InputError, (self.diagnostics,)  # it comes out of other processes


class RealizationWarning(UserWarning):
    """Realizations failed. They are in the results, without values, and count in no mean."""


def diagnostics_of(raw: Iterable[Diagnostic | tuple[str, int, int, str, str]]) -> tuple[Diagnostic, ...]:
    """Diagnostics as objects, from objects or tuples of the engine's, which names options of the program."""
    return tuple(each if isinstance(each, Diagnostic) else _of_the_engine(*each) for each in raw)


def _of_the_engine(file: str, line: int, column: int, what: str, hint: str) -> Diagnostic:
    return Diagnostic(_with_arguments(file), line, column, _with_arguments(what), _with_arguments(hint))


def _with_arguments(text: str) -> str:
    """The text with options of the program as arguments here; commands in backticks stay."""
    def argument(option: re.Match[str]) -> str:
        return _ARGUMENTS.get(option[1], option[1].replace("-", "_"))

    parts = text.split("`")
    parts[::2] = [re.sub(r"(?<![\w-])--([a-z][a-z-]*)", argument, part) for part in parts[::2]]
    return "`".join(parts)


def fault(what: str, hint: str) -> InputError:
    """The exception for one mistake outside any file."""
    return InputError([Diagnostic("", 0, 0, what, hint)])
