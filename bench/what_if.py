#!/usr/bin/env python3
"""How soon `truel serve` answers on the reference scenario: first numbers, and the final answer.

Usage: bench/what_if.py [BUILD_DIR [BEFORE]]    default build/release. DIALS (20): numbers that are turned. ROUNDS (5).

With BEFORE, another program, three questions are asked of both in turns, ROUNDS times of new servers that have run the war as it is, and
the table of docs/benchmarks.md comes out: medians. BEFORE is asked for all pairs, as the page did; the program as the page does, until
the answer is sure of who holds the land.

As on the page, the war as it stands is run first; then one number after another is turned halfway to the farther end of its dial,
every so many in the order of the page: a change may make the war longer or shorter, so that no single one says how long an answer
takes. Processor time is that of the server; the load is what the machine had to do besides.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build/release") / "truel"
PACKAGE = ROOT / "scenarios/syria-2016"
CHECKED_BY = "actors.isis.kill_rate=0.001"
PAIRS = 200
CHECKED = 20
QUESTIONS = {
    "one number (`actors.isis.kill_rate=0.001`)": {"settings": [CHECKED_BY]},
    "an account: its enemies keep the peace (`united_front`)": {"accounts": ["united_front"]},
    "its enemies unite, from 2017-01-01": {"united": {"actor": "isis", "way": "truce", "from": "2017-01-01"}},
}


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(link, path, body=None):
    base, token = link.split("/?token=")
    call = urllib.request.Request(f"{base}/api/wars/0{path}", body, {"Authorization": f"Bearer {token}"})
    return urllib.request.urlopen(call)


def ask(link, question, pairs=PAIRS):
    """Seconds until each answer of one question, and the last of them."""
    body = json.dumps({**question, "pairs": pairs}).encode()
    begin = time.monotonic()
    seconds, answer = [], None
    with request(link, "/what-if", body) as lines:
        for line in lines:
            seconds.append(time.monotonic() - begin)
            answer = json.loads(line)
    if answer.get("runs") != pairs and not answer.get("until_sure", {}).get("sure"):
        sys.exit(f"no answer: {answer}")
    return seconds, answer


def check(link):
    """The answer first: what is fast but differs from `truel compare` is not measured."""
    compared = json.loads(subprocess.run(
        [PROGRAM, "compare", PACKAGE, "--set-b", CHECKED_BY, "--runs", str(CHECKED), "--json", "--quiet"],
        check=True, capture_output=True).stdout)
    _, answer = ask(link, {"settings": [CHECKED_BY]}, CHECKED)
    if [(o["outcome"], o["a"], o["b"]) for o in answer["outcomes"]] != [(o["outcome"], o["a"], o["b"]) for o in compared["outcomes"]]:
        sys.exit("the server's numbers are not those of truel compare")


def turned(link, count):
    """So many settings, from numbers all over the war."""
    with request(link, "") as answer:
        dials = [d for d in json.load(answer)["dials"] if d["kind"] == "number" and d["low"] < d["high"]]
    settings = []
    for k in range(count):
        dial = dials[(2 * k + 1) * len(dials) // (2 * count)]
        end = max(dial["low"], dial["high"], key=lambda x: abs(x - dial["value"]))
        settings.append(f"{dial['path']}={(dial['value'] + end) / 2:.6g}")
    return settings


def serve(program):
    server = subprocess.Popen([program, "serve", PACKAGE], stdout=subprocess.PIPE, text=True)
    return server, server.stdout.readline().strip()


def end(server):
    server.terminate()
    server.wait()


def compared(before):
    """The questions asked of two programs in turns, as a table."""
    rows = {name: {"before": [], "after": []} for name in QUESTIONS}
    for _ in range(int(os.environ.get("ROUNDS", "5"))):
        for when, program, more in (("before", before, {}), ("after", PROGRAM, {"until_sure": ["value"]})):
            server, link = serve(program)
            try:
                ask(link, {})
                for name, question in QUESTIONS.items():
                    spent = processor_seconds(server.pid)
                    seconds, answer = ask(link, {**question, **more})
                    rows[name][when].append((seconds[0], seconds[-1], processor_seconds(server.pid) - spent, answer["runs"]))
            finally:
                end(server)
    print("| question | first numbers, s | | final answer, s | | processor time, s | | pairs | |")
    print("|---|---|---|---|---|---|---|---|---|")
    print("| | before | now | before | now | before | now | before | now |")
    for name, both in rows.items():
        medians = [[statistics.median(column) for column in zip(*both[when])] for when in ("before", "after")]
        print(f"| {name} |", " | ".join(f"{x:.2f}" if k < 3 else f"{x:.0f}" for k, pair in enumerate(zip(*medians)) for x in pair), "|")


def main():
    if len(sys.argv) > 2:
        compared(pathlib.Path(sys.argv[2]).resolve())
        return
    server, link = serve(PROGRAM)
    try:
        check(link)
        print(f"{'question':60} {'first s':>8} {'all s':>8} {'cpu s':>8}   (load before: {os.getloadavg()[0]:.1f})")

        def show(name, row, more=""):
            print(f"{name:60} {' '.join(f'{x:8.2f}' for x in row)}{more}", flush=True)

        def measure(name, settings):
            before = processor_seconds(server.pid)
            seconds, _ = ask(link, {"settings": settings})
            row = seconds[0], seconds[-1], processor_seconds(server.pid) - before
            show(name, row)
            return row

        measure("the war as it stands", [])
        rows = [measure(setting, [setting]) for setting in turned(link, int(os.environ.get("DIALS", "20")))]
        show("median", map(statistics.median, zip(*rows)), f"   (load after: {os.getloadavg()[0]:.1f})")
        show("longest", map(max, zip(*rows)))
    finally:
        end(server)


main()
