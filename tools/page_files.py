#!/usr/bin/env python3
"""Writes the files that a tutorial has its reader write.

usage: python3 tools/page_files.py PAGE [FOLDER]     FOLDER: where to write them; here unless told otherwise

A file is a fenced block below a line that is its name in back quotes and nothing else.
"""
import pathlib
import re
import sys


def files_of(page):
    """(name, text) of each file that the page shows whole."""
    return re.findall(r"^`([\w./-]+)`\n\n```\w*\n(.*?)^```$", page, re.M | re.S)


def main():
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else ".")
    for name, text in files_of(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
