"""The program ``truel`` of the wheel."""
from __future__ import annotations

import os
import pathlib
import sys

PROGRAM = pathlib.Path(__file__).parent / "bin" / "truel"


def main() -> None:
    """Becomes the program, which sees the arguments, the terminal and the signals as they are."""
    os.execv(PROGRAM, ["truel", *sys.argv[1:]])
