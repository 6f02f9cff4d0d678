#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "record.hpp"
#include "studies.hpp"
#include "truel/model/results/metric.hpp"
#include "truel/model/solver_names.hpp"
#include "truel/output/output.hpp"
#include "truel/record/fit/battles/battle_study.hpp"
#include "truel/record/fit/control/bank.hpp"
#include "truel/record/fit/control/control_fit.hpp"
#include "war.hpp"

namespace nb = nanobind;

namespace {

nb::list metrics() {
  nb::list list;
  for (const truel::MetricInfo& metric : truel::metrics()) {
    list.append(nb::make_tuple(std::string(metric.shape), metric.is_probability(), std::string(metric.meaning)));
  }
  return list;
}

template <class Words>
std::vector<std::string> list_of(const Words& words) {
  return {words.begin(), words.end()};
}

}  // namespace

NB_MODULE(_core, m) {
  m.doc() = "The engine. Use the functions of `truel`, which check what they are given.";
  m.attr("version") = TRUEL_VERSION;
  truel::python::bind_war(m);
  truel::python::bind_studies(m);
  truel::python::bind_record(m);
  m.def("metrics", &metrics, nb::sig("def metrics() -> list[tuple[str, bool, str]]"),
        "Shape, whether it is a probability, and meaning of every metric.");
  m.def(
      "not_modelled", [] { return list_of(truel::output::not_modelled()); },
      "What the model leaves out, one sentence each.");
  m.def(
      "control_methods", [] { return list_of(truel::record::fit::kControlMethods); },
      "How parameters are fitted to control of places, the usual one first.");
  m.def(
      "battle_methods", [] { return list_of(truel::record::fit::kAbcMethods); },
      "How laws are fitted to tables of battles, the usual one first.");
  m.def(
      "fit_targets", [] { return list_of(truel::record::fit::kFitTargets); },
      "What weights of a fit to control follow, the usual one first.");
  m.def(
      "solvers", [] { return list_of(truel::kSolverNames); }, "Names of the solvers, the usual one first.");
}
