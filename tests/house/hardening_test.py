"""What the built program is armed with, read from its ELF file.

TRUEL: the program.
"""
import os
import pathlib
import re
import shutil
import subprocess
import unittest

TRUEL = pathlib.Path(os.environ["TRUEL"])
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


@unittest.skipUnless(shutil.which("readelf"), "readelf (Debian: binutils) is not here")
class Hardening(unittest.TestCase):
    def readelf(self, *options):
        return subprocess.run(["readelf", "--wide", *options, TRUEL], capture_output=True, text=True, check=True).stdout

    def test_addresses_of_functions_are_bound_at_the_start_and_read_only(self):
        dynamic = self.readelf("--dynamic")
        self.assertRegex(dynamic, r"\(FLAGS_1\).*\bNOW\b")
        self.assertRegex(dynamic, r"\(FLAGS_1\).*\bPIE\b")
        segments = self.readelf("--segments")
        self.assertIn("GNU_RELRO", segments)
        self.assertRegex(segments, r"GNU_STACK .* RW +0x")

    def test_stacks_and_buffers_are_guarded(self):
        symbols = set(re.findall(r" UND (\w+)", self.readelf("--dyn-syms")))
        self.assertIn("__stack_chk_fail", symbols)
        self.assertTrue([name for name in symbols if name.endswith("_chk")], sorted(symbols))

    def test_no_folder_of_the_build_is_in_the_program(self):
        bytes_ = TRUEL.read_bytes()
        at = bytes_.find(str(ROOT).encode() + b"/")
        self.assertEqual(at, -1, bytes_[max(0, at):at + 100])


if __name__ == "__main__":
    unittest.main()
