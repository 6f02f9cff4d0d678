#!/usr/bin/env python3
"""How soon `truel serve` answers on the reference scenario: first numbers, and all pairs.

Usage: bench/what_if.py [BUILD_DIR]    default build/release. REPEATS (5): questions of which the median is told.

As on the page, the war as it stands is run first; then one number is turned again and again. Processor time is that of the
server; the load is what the machine had to do besides.
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
TURNED = "actors.isis.kill_rate"
PAIRS = 200
CHECKED = 20


def processor_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask(link, settings, pairs=PAIRS, **more):
    """Seconds until each answer of one question, and the last of them."""
    base, token = link.split("/?token=")
    body = json.dumps({"settings": settings, "pairs": pairs, **more}).encode()
    call = urllib.request.Request(f"{base}/api/wars/0/what-if", body, {"Authorization": f"Bearer {token}"})
    begin = time.monotonic()
    seconds, answer = [], None
    with urllib.request.urlopen(call) as lines:
        for line in lines:
            seconds.append(time.monotonic() - begin)
            answer = json.loads(line)
    if answer.get("runs") != pairs:
        sys.exit(f"no answer: {answer}")
    return seconds, answer


def check(link):
    """The answer first: what is fast but differs from `truel compare` is not measured."""
    setting = f"{TURNED}=0.001"
    compared = json.loads(subprocess.run(
        [PROGRAM, "compare", PACKAGE, "--set-b", setting, "--runs", str(CHECKED), "--json", "--quiet"],
        check=True, capture_output=True).stdout)
    _, answer = ask(link, [setting], CHECKED)
    if [(o["outcome"], o["a"], o["b"]) for o in answer["outcomes"]] != [(o["outcome"], o["a"], o["b"]) for o in compared["outcomes"]]:
        sys.exit("the server's numbers are not those of truel compare")


def main():
    server = subprocess.Popen([PROGRAM, "serve", PACKAGE], stdout=subprocess.PIPE, text=True)
    try:
        link = server.stdout.readline().strip()
        check(link)
        rows = []
        print(f"{'question':30} {'first s':>8} {'all s':>8} {'cpu s':>8}   (load before: {os.getloadavg()[0]:.1f})")

        def measure(name, settings, **more):
            before = processor_seconds(server.pid)
            seconds, _ = ask(link, settings, **more)
            row = seconds[0], seconds[-1], processor_seconds(server.pid) - before
            print(f"{name:30} {row[0]:8.2f} {row[1]:8.2f} {row[2]:8.2f}", flush=True)
            return row

        measure("the war as it stands", [])
        for i in range(int(os.environ.get("REPEATS", "5"))):
            rows.append(measure(f"{TURNED} turned", [f"{TURNED}={0.0011 + 0.0001 * i:.4f}"]))
        print(f"{'median':30} {' '.join(f'{statistics.median(x):8.2f}' for x in zip(*rows))}   (load after: {os.getloadavg()[0]:.1f})")
    finally:
        server.terminate()
        server.wait()


main()
