#!/usr/bin/env python3
"""truel's exact solver against simulators of reaction networks, on two wars without moves.

Installs the peers with pip in a virtual environment (build/peers), holds the mean survivors of every side against
truel's within their Monte Carlo errors, then measures truel and each peer in turn: processor time of one thread, truel
as a whole program, of a peer its runs alone, without making or compiling its model. --write puts the table of medians,
with the versions, between the marks of docs/benchmarks.md; where truel is slower, it says so, too.

Usage: bench/peers/run.py [--build build/release] [--pairs 5] [--peer NAME ...] [--model NAME ...] [--write]
"""

import argparse
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = ROOT / "build" / "peers"
BEGIN, END = "<!-- peers: bench/peers/run.py -->", "<!-- end -->"
AGREE_RUNS = 100
MOST_ERRORS = 4.5  # of a difference of means; there are some forty of them


def processor_time():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def enter_environment():
    """Goes on in the environment that has the peers."""
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    if pathlib.Path(sys.prefix) != ENVIRONMENT:
        # One of the peers starts a Python of its own to compile.
        os.environ["PYTHONPATH"] = str(next(ENVIRONMENT.glob("lib/python3*/site-packages")))
        os.execv(python, [str(python), *sys.argv])


def truel_runs(truel, package, runs, seed):
    """Mean survivors of each side and their standard errors; the processor time."""
    command = [truel, "run", package, "--solver", "exact", "--every", "10000", "--seed", str(seed)]
    before = processor_time()
    done = subprocess.run(
        [*command, "--runs", str(runs), "--threads", "1", "--quiet", "--json"], stdout=subprocess.PIPE, check=True
    )
    spent = processor_time() - before
    actors = json.loads(done.stdout)["actors"]
    left = [actors[f"side{a}"]["final_fighters"] for a in range(len(actors))]
    return [(one["mean"], one["se"]) for one in left], spent


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


def main():
    enter_environment()
    sys.path.insert(0, str(HERE))
    from importlib.metadata import version

    from models import MODELS
    from peers import PEERS

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--pairs", type=int, default=5)
    arguments.add_argument("--peer", choices=list(PEERS), nargs="*", default=list(PEERS))
    arguments.add_argument("--model", choices=[model.name for model in MODELS], nargs="*")
    arguments.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    options = arguments.parse_args()
    truel = ROOT / options.build / "truel"
    rows = ["| war | peer | its time for a run, ms | truel's, ms | its time over truel's |", "|---|---|---|---|---|"]
    for model in MODELS:
        if options.model and model.name not in options.model:
            continue
        package = ENVIRONMENT / "packages" / model.name
        model.write_package(package)
        for name in options.peer:
            peer, own = compare(name, PEERS[name](model), model, truel, package, options.pairs)
            ratio = f"{peer / own:.0f}" if peer > 10 * own else f"{peer / own:.1f}"
            rows.append(f"| {model.title} | {name} {version(name)} | {1000 * peer:.3g} | {1000 * own:.3g} | {ratio} |")
            print(rows[-1], flush=True)
    if options.write:
        page = ROOT / "docs" / "benchmarks.md"
        before, rest = page.read_text(encoding="utf-8").split(BEGIN)
        page.write_text(before + BEGIN + "\n" + "\n".join(rows) + "\n" + END + rest.split(END, 1)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
