"""Scores, fits, comparisons and sensitivity studies in parts are what one process makes, as ensembles are (shard_test.py).

TRUEL: the program.
"""
import json
import pathlib
import re
import shutil
import signal
import unittest

from program import FIRST_EVENTS, SANITIZED, SPELLS, WarTest

EVENTS = FIRST_EVENTS + """\
4,1,the army,the Front,1,1,45.6,10.25,Valley,2020-03-30,2020-03-31,2,150,1,0,153,180,140
"""
STUDIES = {
    "score": ["--observed", "data", "--from", "2020-01-01", "--until", "2020-12-31", "--origins", "quarterly", "--runs", 5],
    "fit": ["--observed", "data", "--from", "2020-01-01", "--until", "2020-06-30", "--draws", 12, "--runs", 3, "--check-runs",
            6, "--strength", 2.5],
    "compare": ["--set-b", "actors.government.supply=0.5", "--runs", 9, "--until", "2020-06-30", "--metric",
                "actors.government.losses"],
    "sensitivity": ["--runs", 300, "--until", "2020-03-31", "--metric", "actors.government.losses"],
}


class StudyShards(WarTest):
    SPELLS = SPELLS

    def setUp(self):
        super().setUp()
        (self.folder / "data" / "deaths.csv").write_text(EVENTS, encoding="utf-8")

    def study(self, verb, *more, status=0):
        return self.truel(verb, "war", *STUDIES[verb], "--seed", 7, *more, status=status)

    def whole(self, verb):
        self.study(verb, "--out", f"whole-{verb}")
        return self.results(f"whole-{verb}")

    def made(self, verb, count, *more):
        names = [f"{verb}-of{count}/{index}" for index in range(1, count + 1)]
        for index, name in enumerate(names, 1):
            self.study(verb, *more, "--shard", f"{index}/{count}", "--out", name)
        return names

    def results(self, out):
        """Without the command, which pages quote."""
        return {name: re.sub(rb'"command":"truel [^"]*"', b"", bytes_) for name, bytes_ in super().results(out).items()}

    def test_parts_of_any_number_are_what_one_process_makes(self):
        for verb in STUDIES:
            whole = self.whole(verb)
            for count in (7,) if SANITIZED else (1, 3, 7):
                with self.subTest(verb=verb, count=count):
                    names = self.made(verb, count, "--threads", 1 + count % 2)
                    self.truel("merge", *reversed(names), "--out", f"{verb}-merged{count}")
                    self.assert_same(f"{verb}-merged{count}", whole)

    def test_no_file_of_any_verb_depends_on_threads(self):
        more = {"run": ["--runs", 21, "--until", "2020-06-30", "--months-csv"], "run --why": ["--why", "river_league", "--runs", 6, "--until", "2020-06-30"]}
        for verb, options in {**STUDIES, **more}.items():
            made = []
            for threads in (1, 7) if SANITIZED else (1, 2, 7):
                out = f"{verb.replace(' ', '')}-{threads}"
                self.truel(verb.split()[0], "war", *options, "--seed", 7, "--threads", threads, "--out", out)
                made.append(self.results(out))
                origin = json.loads((self.folder / out / "provenance.json").read_text())
                self.assertEqual(origin["threads"], threads)
                made[-1]["provenance.json"] = {k: v for k, v in origin.items() if k not in ("threads", "seconds", "started", "finished", "command")}
            with self.subTest(verb=verb):
                self.assertGreaterEqual(len(made[0]), 4)
                for other in made[1:]:
                    self.assertEqual(sorted(other), sorted(made[0]))
                    self.assertEqual([name for name in other if other[name] != made[0][name]], [])

    def test_a_merge_prints_what_the_verb_prints(self):
        for verb in STUDIES:
            with self.subTest(verb=verb):
                self.assertEqual(self.truel("merge", *self.made(verb, 2)).stdout, self.study(verb).stdout)

    def test_an_ended_shard_goes_on_with_the_same_command(self):
        n = 40 if SANITIZED else 100
        longer = {"score": ["--runs", n], "fit": ["--draws", n], "compare": ["--runs", 5 * n], "sensitivity": ["--runs", 10 * n]}
        for verb, more in longer.items():
            with self.subTest(verb=verb):
                words = [str(word) for word in STUDIES[verb]]
                words[words.index(more[0]) + 1] = str(more[1])
                command = [verb, "war", *words, "--seed", "7"]
                part = [*command, "--shard", "1/2", "--out", f"{verb}-1", "--threads", "1"]
                self.ended(self.under_way(*part, file=self.folder / f".{verb}-1.part", size=20 * n), signal.SIGKILL)
                self.assertFalse((self.folder / f"{verb}-1").exists())
                self.assertRegex(self.truel(*part).stderr, r"going on with [1-9]\d* of \d+ (sets of )?runs done")
                self.assertIn("whole: nothing to do", self.truel(*part).stderr)
                self.truel(*command, "--shard", "2/2", "--out", f"{verb}-2")
                self.truel(*command, "--out", f"{verb}-whole")
                self.truel("merge", f"{verb}-1", f"{verb}-2", "--out", f"{verb}-merged")
                self.assert_same(f"{verb}-merged", self.results(f"{verb}-whole"))

    def test_changed_shards_are_refused(self):
        for verb in STUDIES:
            with self.subTest(verb=verb):
                names = self.made(verb, 2)
                file = self.folder / names[1]
                good = file.read_bytes()
                file.write_bytes(good[:-20] + bytes([good[-20] ^ 1]) + good[-19:])
                told = self.refused("merge", *names, "--out", "merged")
                self.assertRegex(told, r"lacks 1 of its \d+ realizations")
                self.assertIn(f"truel {verb} war", told)

    def test_shards_of_other_questions_are_refused_with_what_differs(self):
        for verb in STUDIES:
            self.study(verb, "--shard", "1/2", "--out", f"{verb}-1")
            self.truel(verb, "war", *STUDIES[verb], "--seed", 8, "--shard", "2/2", "--out", f"{verb}-other")
            self.assertIn("with --seed=8, not --seed=7", self.refused("merge", f"{verb}-1", f"{verb}-other", "--out", "merged"))
            self.assertIn("shard 2/2 is not among the files", self.refused("merge", f"{verb}-1", "--out", "merged"))
        self.assertIn("of truel fit, not score", self.refused("merge", "score-1", "fit-1"))

    def test_the_record_may_have_moved_but_its_windows_not_changed(self):
        for verb in ("score", "fit"):
            whole = self.whole(verb)
            names = self.made(verb, 2)
            shutil.move(self.folder / "data", self.folder / "elsewhere")
            self.assertIn("data", self.refused("merge", *names, "--out", "merged"))
            self.truel("merge", *names, "--observed", "elsewhere", "--out", f"{verb}-merged")
            self.assert_same(f"{verb}-merged", whole)
            shorter = self.folder / "elsewhere" / "who.csv"
            shorter.write_text(SPELLS.replace("2020-12-31", "2020-05-15"), encoding="utf-8")
            told = self.refused("merge", *names, "--observed", "elsewhere", "--out", "merged")
            self.assertIn("is not the package of the shards, or not with their observed data", told)
            shorter.write_text(SPELLS, encoding="utf-8")
            shutil.move(self.folder / "elsewhere", self.folder / "data")
        names = self.made("compare", 1)
        self.assertIn("truel compare needs no observed data", self.refused("merge", *names, "--observed", "data"))

    def test_wrong_arguments_are_told(self):
        for verb in STUDIES:
            question = [verb, "war", *STUDIES[verb]]
            self.assertIn("is no part i/N", self.refused(*question, "--shard", "3/2", "--out", "a"))
            self.assertIn("--shard without --out", self.refused(*question, "--shard", "1/2"))
            for more in [["--json"], *([["--resume"]] if verb in ("fit", "sensitivity") else [])]:
                self.assertIn("leave one of them out", self.refused(*question, "--shard", "1/2", "--out", "a", *more))
            self.assertIn("is a folder", self.refused(*question, "--shard", "1/2", "--out", "data"))
        told = self.refused("fit", "war", *STUDIES["fit"], "--method", "smoother", "--shard", "1/2", "--out", "a")
        self.assertIn("the steps of the smoother follow from each other", told)
        battles = pathlib.Path(__file__).resolve().parent.parent.parent / "scenarios" / "published" / "historical-battles"
        told = self.refused("fit", battles, "--observed", "data", "--shard", "1/2", "--out", "a")
        self.assertIn("a fit to tables of battles has no parts", told)


if __name__ == "__main__":
    unittest.main()
