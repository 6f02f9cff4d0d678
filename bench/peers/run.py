#!/usr/bin/env python3
"""truel against other simulators and plain programs: events on two wars without moves, agents on the reference scenario.

Installs the peers with pip in a virtual environment (build/peers). Of the wars without moves it holds the mean
survivors of every side against truel's exact solver within their Monte Carlo errors; a peer is also a program that was
written by hand for this task alone (bench/by_hand.cpp), which does two tasks more: a million truels of three fighters,
and the map of who wins from which division of a force, by CVODE called directly. The reference scenario has far
more laws than a peer is asked to have: a peer has fire, control and orders alone and is held against the program that
has the same (bench/sketch.cpp), while truel obeys all laws and writes all files. Then truel and each peer are measured
in turn: processor time of one thread, truel as a whole program, of a peer its runs alone, without making or compiling
its model. --write puts the tables of medians that were measured, with the versions, between their marks of
docs/benchmarks.md; where truel is slower, it says so, too.

Usage: bench/peers/run.py [--build build/release] [--pairs 5] [--peer NAME ...] [--model NAME ...] [--write]
"""

import argparse
import csv
import json
import math
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = ROOT / "build" / "peers"
BEGIN, BEGIN_WAR, BEGIN_TASKS = (f"{table}: bench/peers/run.py" for table in ("peers", "agents", "tasks"))
BY_HAND = "by hand"
HEAD = "| peer | its time for a run, ms | truel's, ms | its time over truel's |"
WAR = ROOT / "scenarios" / "syria-2016"
WAR_RUNS = 200  # of truel and of the sketch
AGREE_RUNS = 100
MOST_ERRORS = 4.5  # of a difference of means; there are some forty of them


def processor_time():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def enter_environment():
    """Goes on in the environment that has the peers."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = HERE / "requirements.txt"
    installed = ENVIRONMENT / "requirements.txt"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted.read_text(encoding="utf-8"):
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        shutil.copy(wanted, installed)
    if pathlib.Path(sys.prefix) != ENVIRONMENT:
        # One of the peers starts a Python of its own to compile.
        os.environ["PYTHONPATH"] = str(next(ENVIRONMENT.glob("lib/python3*/site-packages")))
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
        os.execv(python, [str(python), *sys.argv])


def spent_by(command):
    """The processor time of a program, and what it says."""
    before = processor_time()
    said = subprocess.run([*map(str, command)], stdout=subprocess.PIPE, check=True, text=True).stdout
    return processor_time() - before, said


def truel_runs(truel, package, runs, seed):
    """Mean survivors of each side and their standard errors; the processor time."""
    command = [truel, "run", package, "--solver", "exact", "--every", "10000", "--seed", seed]
    spent, said = spent_by([*command, "--runs", runs, "--threads", "1", "--quiet", "--json"])
    actors = json.loads(said)["actors"]
    left = [actors[f"side{a}"]["final_fighters"] for a in range(len(actors))]
    return [(one["mean"], one["se"]) for one in left], spent


def by_hand(program, model):
    """The plain program as a peer (peers.py)."""

    def run(runs, seed):
        numbers = [model.places, model.kill_rate, model.people, model.days, runs, seed, *model.strength]
        said = spent_by([program, "direct", *numbers])[1]
        return [[float(left) for left in line.split()] for line in said.splitlines()]

    return run


def compare_task(pairs, runs, commands, check):
    """Median processor times of a run in seconds: by hand, truel's. commands(seed): truel's and the plain program's."""
    its, own = [], []
    for pair in range(pairs):
        truels, plain = commands(pair + 1)
        spent, said = spent_by([*truels, "--threads", "1", "--quiet", "--json"])
        own.append(spent / runs)
        spent, told = spent_by(plain)
        its.append(spent / runs)
        check(json.loads(said), told.split())
    return statistics.median(its), statistics.median(own)


def compare_truels(truel, program, pairs):
    """A million wars of three fighters: the chances agree."""
    runs, rates = 1_000_000, [10, 8, 5]  # as in the package
    package = ROOT / "scenarios" / "published" / "truel-random"
    command = [truel, "run", package, "--solver", "exact", "--every", "7", "--runs", runs, "--seed"]

    def check(said, told):
        for actor, times in zip(said["actors"].values(), told, strict=False):
            chance = float(times) / runs
            error = math.sqrt(2 * chance * (1 - chance) / runs)
            if abs(actor["survival_probability"] - chance) > MOST_ERRORS * error:
                sys.exit(f"three fighters: {chance} and truel {actor['survival_probability']}")

    return compare_task(pairs, runs, lambda seed: ([*command, seed], [program, "truel", runs, seed, *rates]), check)


def compare_maps(truel, program, pairs):
    """A map of regions with 20,301 divisions. Wins may differ where two sides are even to rounding."""
    divisions, rest = 200, [27, 0.001, 40177, 1e-11]  # total, kill rate, days and tolerance, as in the package
    package = ROOT / "scenarios" / "published" / "three-way-combat"
    command = [truel, "run", package, "--solver", "mean-field", "--runs", "1", "--map-regions", divisions]

    def check(said, told):
        ends = said["regions"]["ends"]
        wins = [ends.count(side) for side in "123"]
        if any(abs(one - int(other)) > len(ends) / 1000 for one, other in zip(wins, told, strict=False)):
            sys.exit(f"map of regions: wins {told} and truel {wins}")

    return compare_task(pairs, 1, lambda _: (command, [program, "map", divisions, *rest]), check)


def mean_and_error(values):
    return statistics.fmean(values), statistics.stdev(values) / math.sqrt(len(values))


def check_agreement(name, model, ends, truel_means):
    for side, (mean, error) in enumerate(truel_means):
        peer_mean, peer_error = mean_and_error([end[side] for end in ends])
        if abs(peer_mean - mean) > MOST_ERRORS * math.hypot(error, peer_error):
            sys.exit(f"{name}, {model.title}, side {side}: {peer_mean:.3f} and truel {mean:.3f} survivors on average")


def compare(name, run, model, truel, package, pairs):
    """Median processor times of a run in seconds: the peer's, truel's."""
    check_agreement(name, model, run(AGREE_RUNS, 1), truel_runs(truel, package, 4 * AGREE_RUNS, 1)[0])
    before = processor_time()
    run(10, 7)
    # As many runs as take the peer about a second, and truel as many as make its start count little.
    runs = max(10, min(5000, round(10 / max(1e-3, processor_time() - before))))
    own_runs = max(runs, 2000)
    peer, own = [], []
    for pair in range(pairs):
        own.append(truel_runs(truel, package, own_runs, pair)[1] / own_runs)
        before = processor_time()
        run(runs, 1000 * pair)
        peer.append((processor_time() - before) / runs)
    return statistics.median(peer), statistics.median(own)


def check_war(name, ends, sketch_ends):
    """Killed, taken, men and places of each at the end agree; both are taken to scatter alike, some being rare."""
    for k, (peer, sketch) in enumerate(zip(zip(*ends), zip(*sketch_ends), strict=True)):
        error = statistics.stdev([*peer, *sketch]) * math.sqrt(1 / len(peer) + 1 / len(sketch))
        means = statistics.fmean(peer), statistics.fmean(sketch)
        if abs(means[0] - means[1]) > MOST_ERRORS * error:
            sys.exit(f"{name}, column {k}: {means[0]:.2f} and the sketch {means[1]:.2f} on average")


def compare_war(wars, build, pairs):
    """Median processor times of a run of the reference scenario in seconds: of each of the peer's wars, and truel's."""
    first = next(iter(wars))
    own, times = [], {name: [] for name in wars}
    with tempfile.TemporaryDirectory() as work:
        table = pathlib.Path(work) / "ends.csv"
        subprocess.run([build / "bench" / "sketch", WAR, str(WAR_RUNS), table], stdout=subprocess.DEVNULL, check=True)
        with table.open(encoding="utf-8") as file:
            sketch_ends = [[float(cell) for cell in row] for row in csv.reader(file)]
        ends = wars[first](AGREE_RUNS, 1)
        check_war(first, ends, sketch_ends)
        for name, run in wars.items():
            if run(2, 1) != ends[:2]:
                sys.exit(f"{name}: from the same seed another war than {first}")
        command = [build / "truel", "run", WAR, "--runs", str(WAR_RUNS), "--threads", "1", "--quiet"]
        for pair in range(pairs):
            before = processor_time()
            out = ["--seed", str(pair), "--out", pathlib.Path(work) / str(pair)]
            subprocess.run([*command, *out], stdout=subprocess.DEVNULL, check=True)
            own.append((processor_time() - before) / WAR_RUNS)
            for name, run in wars.items():
                before = processor_time()
                run(5, 1000 * pair)
                times[name].append((processor_time() - before) / 5)
    return {name: statistics.median(spent) for name, spent in times.items()}, statistics.median(own)


def row_of(peer, its, own):
    def shown(x, digits):
        return f"{x:,.0f}" if x >= 10**digits else f"{x:.{digits}g}"

    return f"| {peer} | {shown(1000 * its, 3)} | {shown(1000 * own, 3)} | {shown(its / own, 2)} |"


def main():
    enter_environment()
    sys.path[:0] = [str(HERE), str(ROOT / "tools")]
    from importlib.metadata import version

    from mesa_war import ends_of_war
    from models import MODELS
    from page_parts import write_between
    from peers import PEERS

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--peer", choices=[*PEERS, BY_HAND], nargs="*", default=[*PEERS, BY_HAND])
    arguments.add_argument("--model", choices=[*(model.name for model in MODELS), "war", "truels", "map"], nargs="*")
    arguments.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    options = arguments.parse_args()
    build = ROOT / options.build
    plain = build / "bench" / "by_hand"
    rows = [f"| war {HEAD}", "|---|---|---|---|---|"]
    for model in MODELS:
        if options.model and model.name not in options.model:
            continue
        package = ENVIRONMENT / "packages" / model.name
        model.write_package(package)
        for name in options.peer:
            peer = by_hand(plain, model) if name == BY_HAND else PEERS[name](model)
            times = compare(name, peer, model, build / "truel", package, options.pairs)
            shown = "a plain program" if name == BY_HAND else f"{name} {version(name)}"
            rows.append(f"| {model.title} {row_of(shown, *times)}")
            print(rows[-1], flush=True)
    task_rows = ["| task | the plain program, ms | truel, ms | its time over truel's |", "|---|---|---|---|"]
    tasks = {
        "truels": ("one war of three fighters, of a million", compare_truels),
        "map": ("20,301 integrations of three sides, by CVODE", compare_maps),
    }
    for name, (title, measure) in tasks.items():
        if not options.model or name in options.model:
            task_rows.append(row_of(title, *measure(build / "truel", plain, options.pairs)))
            print(task_rows[-1], flush=True)
    war_rows = [HEAD, "|---|---|---|---|"]
    if not options.model or "war" in options.model:
        wars = {"fire over the whole map": ends_of_war(WAR, True), "fire place by place": ends_of_war(WAR, False)}
        times, own = compare_war(wars, build, options.pairs)
        for name, its in times.items():
            war_rows.append(row_of(f"mesa {version('mesa')}, {name}", its, own))
            print(war_rows[-1], flush=True)
    if options.write:
        for begin, table in ((BEGIN, rows), (BEGIN_TASKS, task_rows), (BEGIN_WAR, war_rows)):
            if len(table) > 2:
                write_between(ROOT / "docs" / "benchmarks.md", begin, table)


if __name__ == "__main__":
    main()
