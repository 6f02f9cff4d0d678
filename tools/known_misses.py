#!/usr/bin/env python3
"""What the five authors say that the runs do not give, as a Markdown table: the known misses among the checks of the reference scenario."""
import tomllib

from page_parts import ROOT, table


def main():
    scenario = tomllib.loads((ROOT / "scenarios" / "syria-2016" / "scenario.toml").read_text(encoding="utf-8"))
    rows = [[run["what"].removeprefix("account "), check["what"], check["known_miss"]]
            for run in scenario["run"] if run["what"].startswith("account ")
            for check in run["check"] if "known_miss" in check]
    print("\n".join(table(["account", "should be", "why it is not"], rows)))


if __name__ == "__main__":
    main()
