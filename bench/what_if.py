#!/usr/bin/env python3
"""How soon `truel serve` answers on the reference scenario: first numbers, and all pairs.

Usage: bench/what_if.py [BUILD_DIR]    default build/release. DIALS (20): numbers that are turned.

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


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def request(link, path, body=None):
    base, token = link.split("/?token=")
    call = urllib.request.Request(f"{base}/api/wars/0{path}", body, {"Authorization": f"Bearer {token}"})
    return urllib.request.urlopen(call)


def ask(link, settings, pairs=PAIRS):
    """Seconds until each answer of one question, and the last of them."""
    body = json.dumps({"settings": settings, "pairs": pairs}).encode()
    begin = time.monotonic()
    seconds, answer = [], None
    with request(link, "/what-if", body) as lines:
        for line in lines:
            seconds.append(time.monotonic() - begin)
            answer = json.loads(line)
    if answer.get("runs") != pairs:
        sys.exit(f"no answer: {answer}")
    return seconds, answer


def check(link):
    """The answer first: what is fast but differs from `truel compare` is not measured."""
    compared = json.loads(subprocess.run(
        [PROGRAM, "compare", PACKAGE, "--set-b", CHECKED_BY, "--runs", str(CHECKED), "--json", "--quiet"],
        check=True, capture_output=True).stdout)
    _, answer = ask(link, [CHECKED_BY], CHECKED)
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


def main():
    server = subprocess.Popen([PROGRAM, "serve", PACKAGE], stdout=subprocess.PIPE, text=True)
    try:
        link = server.stdout.readline().strip()
        check(link)
        print(f"{'question':60} {'first s':>8} {'all s':>8} {'cpu s':>8}   (load before: {os.getloadavg()[0]:.1f})")

        def show(name, row, more=""):
            print(f"{name:60} {' '.join(f'{x:8.2f}' for x in row)}{more}", flush=True)

        def measure(name, settings):
            before = processor_seconds(server.pid)
            seconds, _ = ask(link, settings)
            row = seconds[0], seconds[-1], processor_seconds(server.pid) - before
            show(name, row)
            return row

        measure("the war as it stands", [])
        rows = [measure(setting, [setting]) for setting in turned(link, int(os.environ.get("DIALS", "20")))]
        show("median", map(statistics.median, zip(*rows)), f"   (load after: {os.getloadavg()[0]:.1f})")
        show("longest", map(max, zip(*rows)))
    finally:
        server.terminate()
        server.wait()


main()
