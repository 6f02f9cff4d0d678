"""Parts of an ensemble, made apart from each other, are what one process makes; what is no whole part is refused.

TRUEL: the program.
"""
import random
import shutil
import signal
import unittest

from program import SANITIZED, shortened, WarTest

LONG = shortened(400)
RUNS = 23


class Shards(WarTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(1)

    def question(self, *more):
        return ["run", "war", "--runs", RUNS, "--seed", 7, *more]

    def make(self, name, part, *more, question=None, **how):
        return self.truel(*(question or self.question()), *more, "--shard", part, "--out", name, **how)

    def made(self, count, *more, question=None):
        """All shards of one count; gives their names."""
        names = [f"of{count}/{index}" for index in range(1, count + 1)]
        for index, name in enumerate(names, 1):
            self.make(name, f"{index}/{count}", *more, question=question)
        return names

    def whole(self, *more, question=None):
        self.truel(*(question or self.question()), *more, "--out", "whole")
        return self.results("whole")

    def refused(self, *files):
        return super().refused("merge", *files, "--out", "merged")

    def change(self, package):
        with (self.folder / package / "scenario.toml").open("a", encoding="utf-8") as file:
            file.write("# More.\n")

    # The same bytes.

    def test_parts_of_any_number_are_what_one_process_makes(self):
        whole = self.whole()
        for count in (RUNS + 9,) if SANITIZED else (1, 2, 7, RUNS + 9):  # of the last some are empty
            with self.subTest(count=count):
                names = self.made(count)
                self.random.shuffle(names)
                self.truel("merge", *names, "--out", f"merged{count}")
                self.assert_same(f"merged{count}", whole)

    def test_threads_of_shards_and_of_the_merge_change_nothing(self):
        whole = self.whole()
        for threads in (1, 2):
            names = self.made(2 + threads, "--threads", threads)
            self.truel("merge", *names, "--out", f"merged{threads}", "--threads", 3 - threads)
            self.assert_same(f"merged{threads}", whole)

    def test_all_options_that_results_depend_on_come_with_the_shards(self):
        options = ["--each-account", "--set", "actors.government.supply=0.5", "--set=actors.*.supply=0.25", "--solver", "leap",
                   "--steps-per-day", 2, "--every", 30, "--until", "2020-09-30", "--keep-paths", 3, "--map-regions", 8, "--runs", 9,
                   "--months-csv"]
        question = ["run", "war", *options]
        whole = self.whole(question=question)
        self.assertIn("regions.csv", whole)
        self.assertIn("months_actors_realizations.csv", whole)
        self.truel("merge", *self.made(4, question=question), "--out", "merged")
        self.assert_same("merged", whole)

    def test_parts_of_several_counts_fit_together(self):
        whole = self.whole()
        for name, part in (("a", "1/2"), ("b", "3/4"), ("c", "7/8"), ("d", "8/8")):
            self.make(name, part)
        self.truel("merge", "d", "b", "c", "a", "--out", "merged")
        self.assert_same("merged", whole)

    def test_a_merge_prints_what_a_run_prints(self):
        names = self.made(2)
        for more in ([], ["--json"]):
            self.assertEqual(self.truel("merge", *names, *more).stdout, self.truel(*self.question(), *more).stdout)

    def test_an_option_that_needs_a_folder_hinders_no_merge_without_one(self):
        names = self.made(2, "--months-csv")
        self.assertEqual(self.truel("merge", *names).stdout, self.truel(*self.question()).stdout)

    def test_the_package_may_have_moved_but_not_changed(self):
        names = self.made(2)
        shutil.move(self.folder / "war", self.folder / "elsewhere")
        self.assertIn("name the package with --package", self.refused(*names))
        whole = self.whole(question=["run", "elsewhere", *self.question()[2:]])
        self.truel("merge", *names, "--package", "elsewhere", "--out", "merged")
        self.assert_same("merged", whole)
        self.change("elsewhere")
        done = self.truel("merge", *names, "--package", "elsewhere", "--out", "again", status=2)
        self.assertIn("is not the package of the shards", done.stderr)
        self.assertFalse((self.folder / "again").exists())

    # Again, and after an end.

    def test_a_whole_shard_is_left_as_it_is(self):
        self.make("a", "1/2")
        before = (self.folder / "a").stat()
        done = self.make("a", "1/2")
        self.assertIn("whole: nothing to do", done.stderr)
        self.assertEqual(done.stdout, "")
        after = (self.folder / "a").stat()
        self.assertEqual((before.st_mtime_ns, before.st_ino), (after.st_mtime_ns, after.st_ino))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["a", "war"])

    LONG = ["run", "war", "--runs", LONG, "--seed", 7]

    def begun(self, name, part, size):
        """A shard that is being made, when it has so many bytes more than before."""
        file = self.folder / f".{name}.part"
        before = file.stat().st_size if file.exists() else 0
        return self.under_way(*self.LONG, "--threads", 1, "--shard", part, "--out", name, file=file, size=before + size)

    def test_an_ended_shard_goes_on_with_the_same_command(self):
        whole = self.whole(question=self.LONG)
        for name, part, ending in (("a", "1/2", signal.SIGKILL), ("b", "2/2", signal.SIGTERM)):
            for size in (1000, 30_000):
                status, _, err = self.ended(self.begun(name, part, size), ending)
                self.assertFalse((self.folder / name).exists())
                if ending == signal.SIGTERM:
                    self.assertEqual(status, 130, err)
                    self.assertRegex(err, r"interrupted: \d+ of \d+ runs are done and kept; the same command goes on")
            self.assertIn("is not whole yet", self.refused(name))
            self.assertRegex(self.make(name, part, question=self.LONG).stderr, r"going on with [1-9]\d* of \d+ runs done")
            self.assertEqual(list(self.folder.glob(".*")), [])
        self.truel("merge", "a", "b", "--out", "merged")
        self.assert_same("merged", whole)

    def test_of_two_processes_at_one_shard_one_is_refused(self):
        process = self.begun("a", "1/2", 1000)
        done = self.make("a", "1/2", question=self.LONG, status=3)
        self.assertIn("another process is at work", done.stderr)
        self.assertEqual(self.ended(process, signal.SIGKILL)[0], -signal.SIGKILL)

    def test_a_changed_shard_is_refused_and_mended_by_its_command(self):
        whole = self.whole()
        names = self.made(3)
        file = self.folder / names[1]
        good = file.read_bytes()
        for k in range(6):
            with self.subTest(change=k):
                bytes_ = bytearray(good)
                at = self.random.randrange(2000, len(bytes_))
                if k % 3 == 0:
                    bytes_[at] ^= 1 << self.random.randrange(8)
                elif k % 3 == 1:
                    del bytes_[at:]
                else:
                    del bytes_[at:at + self.random.randrange(1, 500)]
                file.write_bytes(bytes_)
                told = self.refused(*names)
                self.assertRegex(told, r"of2?3/2: lacks \d+ of its \d+ realizations")
                command = told.split("run it again: truel ")[1].split()
                self.assertIn("changed on the disk and are run again", self.truel(*command).stderr)
                self.truel("merge", *names, "--out", f"merged{k}")
                self.assert_same(f"merged{k}", whole)

    def test_a_shard_with_a_changed_beginning_is_refused_and_never_written_over(self):
        names = self.made(2)
        file = self.folder / names[0]
        good = file.read_bytes()
        seed = good.index(b"--seed=") + len("--seed=")
        for at in (0, 9, 20, 40, seed):
            bytes_ = bytearray(good)
            bytes_[at] ^= 1
            file.write_bytes(bytes_)
            self.assertIn("is no shard", self.refused(*names))
            self.assertIn("is no shard", self.make(names[0], "1/2", status=2).stderr)
            self.assertEqual(file.read_bytes(), bytes(bytes_))

    # What does not belong together.

    def test_shards_of_other_questions_are_refused_with_what_differs(self):
        self.make("a", "1/2")
        for number, (more, told) in enumerate((
                (["--seed", 8], "with --seed=8, not --seed=7"),
                (["--runs", RUNS + 1], f"--runs={RUNS + 1}, not --runs={RUNS}"),
                (["--every", 30], "with --every=30, not nothing of these"),
                (["--each-account"], "with --each-account"),
                (["--set", "actors.government.supply=0.5"], "--set=actors.government.supply=0.5"),
        )):
            name = f"b{number}"
            self.make(name, "2/2", *more, question=["run", "war", *(["--seed", 7] if "--seed" not in more else []),
                                                    *(["--runs", RUNS] if "--runs" not in more else [])])
            self.assertIn(f"{name}: is of another question than a: ", told_by_merge := self.refused("a", name))
            self.assertIn(told, told_by_merge)
        self.change("war")
        self.make("c", "2/2")
        self.assertIn("of a package with other files", self.refused("a", "c"))

    def test_the_order_of_options_makes_no_other_question(self):
        self.truel("run", "--seed", 7, "--shard", "1/2", "--keep-paths", 10, "war", "--runs", RUNS, "--out", "a")
        self.make("b", "2/2")
        self.truel("merge", "a", "b", "--out", "merged")

    def test_shards_that_are_lacking_are_named_with_the_command_that_makes_them(self):
        names = self.made(5)
        told = self.refused(names[0], names[2], names[4])
        self.assertIn("shards 2/5 4/5 are not among the files", told)
        command = told.split("make them: truel ")[1].replace("FILE", names[1]).split()
        (self.folder / names[1]).unlink()
        self.truel(*command)
        self.assertIn("shard 4/5 is not among the files", self.refused(*names[:3], names[4]))
        self.make("half", "1/2")
        self.assertIn("no shard holds realizations", self.refused("half", names[4]))
        self.truel("merge", *names, "--out", "merged")

    def test_shards_that_overlap_are_refused(self):
        self.make("a", "1/2")
        self.make("b", "2/2")
        self.make("c", "2/3")
        shutil.copy(self.folder / "b", self.folder / "d")
        self.assertIn("is given twice", self.refused("a", "b", "./b"))
        self.assertRegex(self.refused("a", "b", "c"), "shard 2/3 holds realizations 7 to 10, as does shard 1/2, a")
        self.assertIn("as does shard 2/2", self.refused("a", "b", "d"))

    def test_files_that_are_no_shards_are_refused(self):
        self.make("a", "1/1")
        (self.folder / "text").write_text("mine")
        (self.folder / "folder").mkdir()
        told = self.refused("a", "text", "folder", "nowhere", "war/scenario.toml")
        for file in ("text", "folder", "war/scenario.toml"):
            self.assertIn(f"{file}: is no shard", told)
        self.assertIn("nowhere: is not there", told)
        self.assertIn("4 mistakes", told)

    def test_a_place_that_is_taken_is_never_written_over(self):
        (self.folder / "text").write_text("mine")
        (self.folder / "folder").mkdir()
        self.make("a", "1/2")
        before = (self.folder / "a").read_bytes()
        self.assertIn("is no shard", self.make("text", "1/2", status=2).stderr)
        self.assertIn("is a folder", self.make("folder", "1/2", status=2).stderr)
        self.assertIn("is shard 1/2, not 2/2", self.make("a", "2/2", status=2).stderr)
        self.assertIn("another question", self.make("a", "1/2", "--every", 30, status=2).stderr)
        self.assertIn("exists", self.truel("merge", "a", "--out", "folder", status=2).stderr)
        self.assertEqual((self.folder / "text").read_text(), "mine")
        self.assertEqual((self.folder / "a").read_bytes(), before)

    def test_wrong_arguments_are_told(self):
        for part in ("0/2", "3/2", "1", "1/", "/2", "a/b", "1/2/3", "-1/2", "1/0", "1/99999999999"):
            self.assertIn("is no part i/N", self.make("a", part, status=2).stderr)
        self.assertIn("--shard without --out", self.truel(*self.question(), "--shard", "1/2", status=2).stderr)
        for more in (["--precision", "0.1"], ["--replay", "1"], ["--why", "government"], ["--json"], ["--resume"]):
            self.assertIn("leave one of them out", self.make("a", "1/2", *more, status=2).stderr)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["war"])

    # When the machine will not have it.

    def test_a_merge_that_was_killed_leaves_nothing_in_the_way(self):
        whole = self.whole()
        names = self.made(2)
        (self.folder / ".merged.part").mkdir()
        (self.folder / ".merged.part" / "summary.json").write_text("{")
        self.truel("merge", *names, "--out", "merged")
        self.assert_same("merged", whole)
        self.assertFalse((self.folder / ".merged.part").exists())

    def test_a_full_disk_is_told_and_the_same_command_goes_on(self):
        import resource

        def full_disk():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # writing beyond the limit then fails as on a full disk
            resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

        whole = self.whole()
        done = self.make("a", "1/1", status=3, preexec_fn=full_disk)
        self.assertIn("the same command goes on", done.stderr)
        self.assertFalse((self.folder / "a").exists())
        self.make("a", "1/1")
        self.truel("merge", "a", "--out", "merged")
        self.assert_same("merged", whole)

    def test_more_shards_than_files_that_may_be_open_are_merged(self):
        import resource
        whole = self.whole()
        names = self.made(40)
        self.truel("merge", *names, "--out", "merged",
                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20)))
        self.assert_same("merged", whole)


if __name__ == "__main__":
    unittest.main()
