#!/usr/bin/env python3
"""Takes the three central statements of each account of the Syrian war away, one at a time, and says what changes.

usage: python3 tools/central_statements.py TRUEL [--runs N]     (default: 100 pairs of runs each)

A statement is a paragraph and the settings of its account that code it. Its settings are left out of the account, so that the
package's numbers hold, and the account is compared with itself without them, realization by realization. Prints a Markdown
table: the account with and without the statement, the difference with two standard errors, and whether it has the direction of
the text. A statement that no setting of the account codes, but a counterfactual, is compared with the counterfactual.
"""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile

from page_parts import table, told

ROOT = pathlib.Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "scenarios" / "syria-2016"
LETTERS = {"magnier": "A", "assad_cannot": "B", "ehsan": "C", "cole": "D", "isis_survives": "E"}
# Account, claims, the statement in our words, beginnings of the paths that code it (or `+account`: the counterfactual), what is
# counted, its metric, and whether the text has the statement raise (+1) or lower (-1) it.
STATEMENTS = [
    ("magnier", "A20, A22, A34, A42d, A54b", "Damascus ranks its enemies by backing, talks and roots",
     ["commands.damascus.weight_backing", "commands.damascus.weight_horizon", "commands.damascus.weight_roots"],
     "effort of the army on the Islamic State", "dyads.syrian_army.isis.effort_share", -1),
    ("magnier", "A12b, A34, A38a, A54d", "whoever is easy to beat, and whom others wear down, can wait",
     ["commands.damascus.weight_weakness", "commands.damascus.weight_others"],
     "effort of the army on the Islamic State", "dyads.syrian_army.isis.effort_share", -1),
    ("magnier", "A24, A26, A40c, A54d", "the Islamic State is short of arms and money, and will fall apart by itself",
     ["actors.isis.supply", "actors.isis.income", "actors.isis.desertion_per_day", "actors.isis.legitimacy_per_day"],
     "fighters of the Islamic State at the end", "actors.isis.final_fighters", -1),
    ("assad_cannot", "B3, B9, B25", "the government and the Islamic State deal with each other and avoid each other",
     ["ties.syrian_army.isis.bargain", "ties.isis.syrian_army.bargain", "commands.damascus.weight_bargain",
      "commands.islamic_state.weight_bargain", "ties.syrian_army.isis.alignment", "ties.syria_air.isis.alignment",
      "ties.allied_militias.isis.alignment", "ties.hezbollah.isis.alignment", "ties.russia_air.isis.alignment"],
     "attacks of the army on the Islamic State", "dyads.syrian_army.isis.offensives", -1),
    ("assad_cannot", "B5a, B5c", "both attack the Free Syrian Army at the same time",
     ["commands.islamic_state.weight_others", "commands.damascus.weight_others"],
     "effort of the Islamic State on the northern rebels", "dyads.isis.northern_rebels.effort_share", 1),
    ("assad_cannot", "B13b, B19a", "the army lacks men, and bombing brings it little",
     ["forces.syrian_army.all", "actors.syrian_army.recruitment_per_day", "actors.russia_air.kills_per_sortie",
      "scenario.laws.operations.air_support"],
     "land of the army at the end, by its worth", "actors.syrian_army.value_share", -1),
    ("ehsan", "C47b, C49a, C53b", "Russia saves the government from whoever the West supports, so that aims cross",
     ["commands.damascus.weight_backing"],
     "effort of the army on the Islamic State", "dyads.syrian_army.isis.effort_share", -1),
    ("ehsan", "C9a, C11, C31a", "in autumn 2017 the coalition and the Kurdish-led forces let up, as Russia charges",
     ["interventions.coalition_slackens_2017", "interventions.kurds_gain_2017", "interventions.kurds_weigh_gain_2017"],
     "fighters of the Islamic State at the end", "actors.isis.final_fighters", 1),
    ("ehsan", "C59, C59b", "it changes its shape and stays a threat",
     ["scenario.laws.underground.on", "actors.isis.underground_share"],
     "men of the Islamic State underground at the end", "actors.isis.underground", 1),
    ("cole", "D5, D11b, D25", "if Nusra obeys, it and the Islamic State hold their fire",
     ["interventions.axis_of_nusra_and_islamic_state"],
     "fighters of Nusra whom the Islamic State kills", "dyads.isis.nusra.losses", -1),
    ("cole", "D15b", "the Islamic State spares the army",
     ["ties.isis.syrian_army.bargain", "commands.islamic_state.weight_bargain"],
     "effort of the Islamic State on the army", "dyads.isis.syrian_army.effort_share", -1),
    ("cole", "D15c, D17", "it takes from rebels what they have won",
     ["commands.islamic_state.weight_others", "commands.islamic_state.weight_weakness", "commands.islamic_state.predation"],
     "effort of the Islamic State on the northern rebels", "dyads.isis.northern_rebels.effort_share", 1),
    ("isis_survives", "E42, E46", "the army is in the west until al-Qaeda is beaten there, then returns",
     ["scenario.laws.priority.blocs", "interventions.aleppo_", "interventions.armies_led_2017", "interventions.army_reinforced_2016",
      "sponsors.syrian_army.iran_and_russia"],
     "places that the army takes from the Islamic State", "dyads.syrian_army.isis.captures", 1),
    ("isis_survives", "E36, E40, E60", "it never beat an army face to face",
     ["ties.isis.syrian_army.kill_rate"],
     "soldiers whom it kills", "dyads.isis.syrian_army.losses", -1),
    ("isis_survives", "E3, E11b, E76, E78", "the powers do not act together, so remnants hold out",
     "+powers_together_2018",
     "fighters of the Islamic State at the end", "actors.isis.final_fighters", 1),
]


def without(text, beginnings):
    """An account's TOML without the settings whose paths begin so; complains of a beginning that none has."""
    parts = text.split("\n[[set]]\n")
    kept, dropped = [parts[0]], set()
    for part in parts[1:]:
        paths = re.findall(r'"([a-z][\w.*-]+\.[\w.*-]+)"', part.split("\nvalue =")[0])
        rest = [p for p in paths if not any(p.startswith(b) for b in beginnings)]
        dropped.update(b for b in beginnings for p in paths if p.startswith(b))
        if rest:
            body = part.split("\nvalue =", 1)[1]
            kept.append("path = [" + ", ".join(f'"{p}"' for p in rest) + "]\nvalue =" + body)
    missing = set(beginnings) - dropped
    if missing:
        sys.exit(f"no setting begins with {', '.join(sorted(missing))}")
    return "\n[[set]]\n".join(kept) + "\n"


def digits(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("truel")
    parser.add_argument("--runs", type=int, default=100)
    arguments = parser.parse_args()
    truel = str(pathlib.Path(arguments.truel).resolve()) if "/" in arguments.truel else arguments.truel
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        package = pathlib.Path(folder) / "syria-2016"
        shutil.copytree(PACKAGE, package)
        for number, (account, claims, words, settings, counted, metric, direction) in enumerate(STATEMENTS):
            other = settings[1:] if isinstance(settings, str) else f"without_{number}"
            if not isinstance(settings, str):
                text = (package / "accounts" / f"{account}.toml").read_text()
                (package / "accounts" / f"{other}.toml").write_text(without(text, settings))
            outcomes = told(truel, "compare", package, "--account", other, "--account", account, "--metric", metric, "--runs",
                            str(arguments.runs), "--seed", "7")["outcomes"]
            found = next(o for o in outcomes if o["outcome"] == metric)
            difference, clear = found["difference"], abs(found["difference"]) > 2 * found["se"]
            told_by = "cannot be told" if not clear else "as the text" if difference * direction > 0 else "against the text"
            coded = f"against `{other}`" if isinstance(settings, str) else ", ".join(f"`{s}`" for s in settings)
            rows.append([LETTERS[account], words, claims, coded, counted, digits(found["b"]), digits(found["a"]),
                         f"{digits(difference)} ± {digits(2 * found['se'])}", told_by])
            print(f"{LETTERS[account]} {claims}: {told_by}", file=sys.stderr)
    print("\n".join(table(["account", "statement", "claims", "coded by", "counted", "with it", "without it",
                           "difference (± 2 standard errors)", "direction"], rows)))


if __name__ == "__main__":
    main()
