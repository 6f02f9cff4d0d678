"""What is done is not lost, and what is wrong is not believed: kills, changed bytes, full disks and races.

TRUEL: the program. TRUEL_TIMES: how often each is tried, in percent of the campaign that a release is held against
(20 kills, 120 changes at rest, 20 under a live run, 20 full disks, 12 races). The tests try a few. By hand:

    TRUEL=build/release/truel TRUEL_TIMES=100 python3 -B tests/cli/durability_test.py
"""
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

from program import ROOT, shortened, TRUEL, WarTest

PERCENT = float(os.environ.get("TRUEL_TIMES", "5"))
RUNS = shortened(600)


def times(campaign):
    return max(1, round(campaign * PERCENT / 100))


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


class Durability(WarTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(1)
        begin = time.monotonic()
        self.truel(*self.run_into("whole"))
        self.seconds = time.monotonic() - begin
        self.whole = self.results("whole")

    def run_into(self, out, *more):
        return ["run", "war", "--runs", RUNS, "--seed", 7, "--threads", 1, "--quiet", "--out", out, *more]

    def at_work(self, out, size):
        """The program at work on an ensemble whose store has so many bytes, and the store."""
        store = self.folder / out / ".realizations"
        return self.under_way(*self.run_into(out), file=store, size=size), store

    def end(self, process):
        status, _, err = self.ended(process, None)
        return status, err

    def killed(self, out, size):
        """The store of an ensemble that was killed when it had so many bytes."""
        process, store = self.at_work(out, size)
        self.ended(process, signal.SIGKILL)
        return store

    def assert_whole(self, out):
        self.assert_same(out, self.whole)
        shutil.rmtree(self.folder / out)

    def assert_nothing_wrong(self, out):
        """What has its name is as it should be; the rest is not there."""
        for name, bytes_ in contents(self.folder / out).items():
            if name in self.whole:
                self.assertTrue(bytes_ == self.whole[name], f"{name} differs")

    def test_a_kill_at_any_moment_loses_nothing(self):
        for k in range(times(20)):
            process = self.started(*self.run_into("out"))
            time.sleep(self.random.uniform(0, self.seconds))
            self.ended(process, signal.SIGKILL)
            out = self.folder / "out"
            if not (out / ".realizations").exists():
                shutil.rmtree(out, ignore_errors=True)  # killed before it began, or when it was done
                continue
            self.assert_nothing_wrong("out")
            self.truel(*self.run_into("out", "--resume"))
            self.assert_whole("out")

    def test_a_change_of_a_store_at_rest_is_never_believed(self):
        kept = self.killed("kept", 200_000).read_bytes()
        refused = 0
        for k in range(times(120)):
            bytes_ = bytearray(kept)
            at = self.random.randrange(len(bytes_)) if k % 4 else self.random.randrange(400)
            way = k % 5
            if way == 0:
                bytes_[at] ^= 1 << self.random.randrange(8)
            elif way == 1:
                bytes_[at:at + 64] = self.random.randbytes(64)
            elif way == 2:
                del bytes_[at:]
            elif way == 3:
                del bytes_[at:at + self.random.randrange(1, 5000)]
            else:
                bytes_[at:at] = bytes(self.random.randrange(1, 5000))
            out = self.folder / "out"
            out.mkdir()
            (out / ".realizations").write_bytes(bytes_)
            status, err = self.end(self.started(*self.run_into("out", "--resume")))
            if status == 2:  # it says no more for which question it is
                self.assertIn("its beginning was changed on the disk", err)
                self.assertEqual((out / ".realizations").read_bytes(), bytes(bytes_))
                self.assertEqual(len(contents(out)), 1)
                self.assertLess(at, 2000)
                shutil.rmtree(out)
                refused += 1
            else:
                self.assertEqual(status, 0, err)
                self.assert_whole("out")
        self.assertLess(refused, times(120))

    def test_a_change_of_a_store_under_a_live_run_is_never_believed(self):
        noticed = 0
        for k in range(times(20)):
            process, store = self.at_work("out", 100_000 + 20_000 * k)
            with store.open("r+b", buffering=0) as file:
                at = self.random.randrange(2000, store.stat().st_size)
                file.seek(at)
                byte = file.read(1)[0]
                file.seek(at)
                file.write(bytes([byte ^ 1 << self.random.randrange(8)]))
            status, err = self.end(process)
            if status == 3:
                noticed += 1
                self.assertIn("was changed on the disk", err)
                self.assert_nothing_wrong("out")
                self.truel(*self.run_into("out", "--resume"))
            else:
                self.assertEqual(status, 0, err)
            self.assert_whole("out")
        self.assertGreater(noticed, 0)

    def test_a_full_disk_at_any_moment_is_told_and_loses_nothing(self):
        greatest = max(len(bytes_) for bytes_ in self.whole.values())
        store = self.killed("kept", 300_000).stat().st_size
        for k in range(times(20)):
            limit = round((k + self.random.random()) / times(20) * max(greatest, store))

            def full_disk():
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

            status, err = self.end(self.started(*self.run_into("out"), preexec_fn=full_disk))
            self.assertEqual(status, 3, f"{limit}: {err}")
            self.assertRegex(err, "cannot be written|further")
            self.assert_nothing_wrong("out")
            self.truel(*self.run_into("out", "--resume"))
            self.assert_whole("out")

    def test_a_full_file_system_is_told_and_loses_nothing(self):
        script = """mount -t tmpfs -o size=$1k none disk || exit 77
        shift; cp -r war disk && cd disk && "$@" 2> ../err; status=$?
        mount -o remount,size=1g none . && cp -r out ../full && "$@" --resume && cp -r out ..
        echo $status > ../status"""
        unshare = shutil.which("unshare")
        if not unshare or subprocess.run([unshare, "-Urm", "true"], capture_output=True).returncode != 0:
            self.skipTest("no file system can be mounted here")
        (self.folder / "disk").mkdir()
        all_of_it = sum(len(bytes_) for bytes_ in self.whole.values()) // 1024
        for k in range(times(20)):
            size = 100 + round((k + self.random.random()) / times(20) * all_of_it)
            done = subprocess.run([unshare, "-Urm", "sh", "-c", script, "sh", str(size), TRUEL, *map(str, self.run_into("out"))],
                                  cwd=self.folder, capture_output=True, text=True)
            if done.returncode == 77:
                self.skipTest("no file system can be mounted here")
            err = (self.folder / "err").read_text()
            self.assertEqual((self.folder / "status").read_text(), "3\n", f"{size}: {err}{done.stderr}")
            self.assertRegex(err, "cannot be written|space")
            self.assert_nothing_wrong("full")
            shutil.rmtree(self.folder / "full")
            self.assert_whole("out")

    def test_of_two_processes_one_is_refused_and_the_other_goes_on_unharmed(self):
        for k in range(times(12)):
            first, _ = self.at_work("out", 1000 + 30_000 * k)
            resumed = self.run_into("out", "--resume")
            if k % 3 == 2:  # the lock of a killed process is taken over, by one
                self.ended(first, signal.SIGKILL)
                both = [self.started(*resumed) for _ in range(2)]
                ends = sorted(self.end(process) for process in both)
                self.assertEqual(ends[0][0], 0, ends)
                self.assertIn(ends[1][0], (2, 3), ends)
            else:
                status, err = self.end(self.started(*resumed))
                self.assertEqual(status, 3, err)
                self.assertIn("another process", err)
                self.assertEqual(self.end(first), (0, ""))
            self.assert_whole("out")


class Output(WarTest):
    """Standard output and standard error that take nothing."""
    VERBS = [["--help"], ["--version"], ["new", "made"], ["check", "war"], ["claims", "war"], ["claims", "war", "--json"],
             ["run", "war", "--runs", "2"], ["run", "war", "--runs", "2", "--json"], ["run", "war", "--replay", "1"],
             ["run", "war", "--runs", "2", "--why", "government"],
             ["compare", "war", "--runs", "2", "--set-b", "actors.government.supply=0.5"],
             ["sensitivity", "war", "--runs", "200"],
             ["verify", ROOT / "scenarios" / "published" / "ktab-smp", "--all"]]

    def run_with(self, verb, redirections):
        return subprocess.run(["sh", "-c", f'exec "$@" {redirections}', "sh", TRUEL, *verb], cwd=self.folder,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def test_output_on_a_full_disk_or_a_closed_descriptor_is_told_with_status_3(self):
        for redirections in ("> /dev/full", ">&-"):
            for verb in self.VERBS:
                with self.subTest(verb=verb, redirections=redirections):
                    shutil.rmtree(self.folder / "made", ignore_errors=True)
                    done = self.run_with(verb, redirections)
                    self.assertEqual(done.returncode, 3, done.stderr)
                    self.assertIn("cannot be written", done.stderr)
                    self.assertNotIn("truel failed", done.stderr)

    def test_closed_descriptors_stop_nothing_and_are_not_taken_by_a_store(self):
        self.truel("run", "war", "--runs", 40, "--out", "whole")
        for number, redirections in enumerate(("2>&-", "2> /dev/full", "<&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-")):
            with self.subTest(redirections=redirections):
                out = f"out{number}"
                done = self.run_with(["run", "war", "--runs", "40", "--out", out], redirections)
                self.assertEqual(done.returncode, 3 if ">&- " in redirections else 0, done.stderr)
                whole, found = contents(self.folder / "whole"), contents(self.folder / out)
                del whole["provenance.json"], found["provenance.json"]
                self.assertEqual(found, whole)


class MissingLibrary(WarTest):
    def test_without_netcdf_the_user_hears_what_to_install_and_no_run_is_lost(self):
        library = re.search(rb"libnetcdf\.so\.\d+", TRUEL.read_bytes())[0].decode()
        (self.folder / library).touch()  # the loader takes the first file of this name, and refuses this one
        without = {"env": {**os.environ, "LD_LIBRARY_PATH": str(self.folder)}}
        if subprocess.run([TRUEL, "--version"], capture_output=True, **without).returncode != 0:
            self.skipTest("this program is linked with NetCDF")
        package = library.replace(".so.", "")
        for arguments in (("--runs", 4, "--out", "out"), ("--replay", 1, "--out", "replayed")):
            done = self.truel("run", "war", *arguments, status=3, **without)
            self.assertRegex(done.stderr, rf"\.nc: cannot be written: .*{library}.*; install the NetCDF library \(Debian: {package}\)\n")
        self.truel("run", "war", "--runs", 4, "--out", "whole")
        self.truel("run", "war", "--runs", 4, "--out", "out", "--resume")
        whole, found = contents(self.folder / "whole"), contents(self.folder / "out")
        del whole["provenance.json"], found["provenance.json"]
        self.assertEqual(found, whole)


if __name__ == "__main__":
    unittest.main(verbosity=2)
