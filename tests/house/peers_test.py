"""A peer of bench/peers that is given the same model twice finds no function of the first under a name it wants."""
import pathlib
import sys
import types
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench" / "peers"))


class Copasi(unittest.TestCase):
    def test_every_law_has_a_name_of_its_own(self):
        from models import MODELS
        library = mock.MagicMock()
        with mock.patch.dict(sys.modules, {"basico": library, "numpy": types.ModuleType("numpy")}):
            from peers import copasi_model
            aimed = next(model for model in MODELS if model.people == 0)
            for _ in range(2):
                copasi_model(aimed)
        laws = [call.args[0] for call in library.add_function.call_args_list]
        self.assertEqual(len(laws), 2 * len(list(aimed.reactions())))
        self.assertEqual(len(set(laws)), len(laws))
        self.assertEqual([call.kwargs["function"] for call in library.add_reaction.call_args_list], laws)


if __name__ == "__main__":
    unittest.main()
