"""Tables of the VIEWS prediction challenges as parquet: what `truel forecast --views` foretells, and what others do.

Needs pyarrow (the extra ``views``). A table has a row for each month (month_id counts from January 1980 as 1), country of the VIEWS data
and draw, with the deaths that it foretells.
"""
from __future__ import annotations

import os
import pathlib

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from ._arguments import Arguments
from ._keywords import told_of_keywords

__all__ = ["convert", "read", "write"]

KEYS = ["month_id", "country_id", "draw"]
COLUMNS = [*KEYS, "outcome"]


def _looked_at(arguments: Arguments, table: pd.DataFrame, file: str) -> pd.DataFrame:
    """The columns of VIEWS in their order, sorted; every way in which it is no such table is told."""
    table = table.reset_index() if set(table.index.names) & set(COLUMNS) else table
    lacking = [name for name in COLUMNS if name not in table.columns]
    if lacking:
        arguments.refuse(f"no column {', '.join(lacking)}", f"VIEWS has {', '.join(COLUMNS)}", file)
        return table
    table = table[COLUMNS]
    for name in COLUMNS:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers.isna().any():
            arguments.refuse(f"{name}: {int(numbers.isna().sum())} values are missing or no number",
                             "leave out the rows of a country that is not foretold", file)
        elif (numbers < 0).any() or (numbers % 1 != 0).any():
            arguments.refuse(f"{name}: not all are whole numbers from 0", "VIEWS counts months, draws and people", file)
        else:
            table = table.assign(**{name: numbers.astype("int64")})
    twice = int(table.duplicated(KEYS).sum())
    if twice:
        arguments.refuse(f"{twice} rows name a month, country and draw again", "one row for each", file)
    draws = table.groupby(KEYS[:2])["draw"].nunique()
    if not twice and draws.nunique() > 1:
        arguments.refuse(f"from {draws.min()} to {draws.max()} draws of a month and country", "give all of them as many", file)
    return table.sort_values(KEYS, ignore_index=True)


@told_of_keywords
def read(path: str | os.PathLike[str]) -> pd.DataFrame:
    """A table of VIEWS from a file, .parquet or .csv.

    Returns
    -------
    pandas.DataFrame
        month_id, country_id, draw, outcome: whole numbers, sorted.

    Raises
    ------
    InputError
        With everything that is wrong with the table.
    """
    arguments = Arguments()
    file = pathlib.Path(arguments.path("path", path))
    if not file.is_file():
        arguments.refuse("no such file", "give a file .parquet or .csv", os.fspath(file))
    arguments.done()
    raw = pd.read_csv(file) if file.suffix == ".csv" else pq.read_table(file).to_pandas()
    table = _looked_at(arguments, raw, os.fspath(file))
    arguments.done()
    return table


@told_of_keywords
def write(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    """Writes a table of VIEWS as parquet: four columns of whole numbers, without an index.

    Raises
    ------
    InputError
        With everything that is wrong with the table; nothing is written.
    """
    arguments = Arguments()
    file = arguments.path("path", path)
    checked = _looked_at(arguments, table, "")
    arguments.done()
    schema = pa.schema([(name, pa.int64()) for name in COLUMNS])
    pq.write_table(pa.Table.from_pandas(checked, schema=schema, preserve_index=False).replace_schema_metadata(None), file)


@told_of_keywords
def convert(forecast: str | os.PathLike[str], out: str | os.PathLike[str]) -> list[pathlib.Path]:
    """Writes every table in ``views/`` of a sealed forecast as parquet, each at its path below `out`.

    `out` is another folder: the sealed one says what lies in it.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    InputError
        The forecast has no tables of VIEWS, or they are wrong.
    """
    arguments = Arguments()
    source = pathlib.Path(arguments.folder("forecast", forecast)) / "views"
    target = pathlib.Path(arguments.path("out", out))
    tables = sorted(source.rglob("*.csv"))
    if not tables:
        arguments.refuse("no tables of VIEWS", "`truel forecast --views COUNTRY=ID --government ID` writes them", os.fspath(source))
    arguments.done()
    read_ones = [(file, arguments.made(lambda file=file: read(file))) for file in tables]  # type: ignore[misc]
    arguments.done()
    written = []
    for file, table in read_ones:
        path = target / file.relative_to(source).with_suffix(".parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        assert table is not None  # or it was refused above
        write(table, path)
        written.append(path)
    return written
