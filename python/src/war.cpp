#include "war.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "errors.hpp"
#include "tables.hpp"
#include "truel/claims/basis.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::python {

namespace nb = nanobind;
using namespace nb::literals;

namespace {

nb::tuple read(const std::string& folder, std::vector<std::string> accounts, std::vector<std::string> settings,
               const std::string& from, const std::string& until) {
  scenario::Overlay overlay =
      value_or_raise(app::overlay_of(std::move(accounts), std::move(settings), from, until, kDayArguments));
  Diagnostics warnings;
  auto war = [&] {
    const nb::gil_scoped_release release;
    return app::read(folder, overlay, warnings);
  }();
  War whole = value_or_raise(std::move(war));
  return nb::make_tuple(
      nb::cast(new LoadedWar(folder, std::move(overlay), std::move(whole)), nb::rv_policy::take_ownership),
      tuples_of(warnings));
}

void check_days(const std::string& from, const std::string& until) {
  value_or_raise(app::overlay_of({}, {}, from, until, kDayArguments));
}

nb::dict numbers(const LoadedWar& loaded) {
  const War& war = loaded.war();
  const auto unit = [&](const Parameter& p) {
    return std::string(claims::unit_of(war, static_cast<int>(&p - war.parameters.data())));
  };
  return table_of(war.parameters, Column{"path", &Parameter::path},
                  Column{"value", [](const Parameter& p) { return to_string(p.distribution); }}, Column{"unit", unit},
                  Column{"low", [](const Parameter& p) { return lower_bound(p.distribution); }},
                  Column{"high", [](const Parameter& p) { return upper_bound(p.distribution); }},
                  Column{"least", &Parameter::least}, Column{"greatest", &Parameter::greatest},
                  Column{"basis", &Parameter::basis}, Column{"file", [](const Parameter& p) { return p.where.file; }},
                  Column{"line", [](const Parameter& p) { return p.where.line; }},
                  Column{"is_given", &Parameter::is_given},
                  Column{"is_uncertain", [](const Parameter& p) { return !p.distribution.is_value(); }});
}

nb::dict actors(const LoadedWar& loaded) {
  const War& war = loaded.war();
  return table_of(war.actors, Column{"id", &Actor::id}, Column{"name", &Actor::name},
                  Column{"kind", [](const Actor& a) { return a.kind == ActorKind::air ? "air" : "ground"; }},
                  Column{"command", [&](const Actor& a) { return war.commands[at(a.command)].id; }});
}

nb::dict places(const LoadedWar& loaded) {
  return table_of(loaded.war().places, Column{"id", &Place::id}, Column{"name", &Place::name},
                  Column{"latitude", &Place::latitude}, Column{"longitude", &Place::longitude});
}

nb::dict accounts(const LoadedWar& loaded) {
  return table_of(loaded.war().accounts, Column{"id", &Account::id}, Column{"title", &Account::title},
                  Column{"story", &Account::story},
                  Column{"numbers", [](const Account& a) { return a.settings.size(); }},
                  Column{"draws", [](const Account& a) { return a.draws.rows(); }});
}

nb::dict claims(const LoadedWar& loaded) {
  return table_of(loaded.war().claims, Column{"id", &Claim::id}, Column{"source", &Claim::source},
                  Column{"paragraph", &Claim::paragraph}, Column{"speaker", &Claim::speaker},
                  Column{"subject", &Claim::subject}, Column{"object", &Claim::object}, Column{"low", &Claim::low},
                  Column{"high", &Claim::high}, Column{"unit", &Claim::unit}, Column{"statement", &Claim::statement});
}

std::vector<std::string> create(const std::string& folder) {
  return value_or_raise(scenario::create(folder));
}

}  // namespace

const CompiledModel& LoadedWar::model() const {
  if (!model_) {
    model_ = std::make_unique<CompiledModel>(value_or_raise(compile(war_)));
  }
  return *model_;
}

output::Provenance provenance_of(const LoadedWar& war, const std::string& call, int threads) {
  output::Provenance p = output::begin_provenance(TRUEL_VERSION, call, war.folder(), war.overlay().settings, threads);
  p.accounts = war.overlay().accounts;
  p.analysis = war.analysis();
  return p;
}

void bind_war(nb::module_& m) {
  nb::class_<LoadedWar>(m, "LoadedWar", "A package with what overrides it: checked, and never changed.")
      .def_prop_ro("folder", &LoadedWar::folder)
      .def_prop_ro("title", [](const LoadedWar& w) { return w.war().title; })
      .def_prop_ro("description", [](const LoadedWar& w) { return w.war().description; })
      .def_prop_ro("questions",
                   [](const LoadedWar& w) {
                     std::vector<std::string> words;
                     for (const Question& question : w.war().questions) {
                       words.push_back(question.words);
                     }
                     return words;
                   })
      .def_prop_ro("sha256", [](const LoadedWar& w) { return w.war().sha256; })
      .def_prop_ro("start", [](const LoadedWar& w) { return format_date(w.war().start); })
      .def_prop_ro("end", [](const LoadedWar& w) { return format_date(w.war().end); })
      .def("numbers", &numbers, nb::sig("def numbers(self) -> dict[str, list[object]]"),
           "Columns of all numbers, given or by default.")
      .def("actors", &actors, nb::sig("def actors(self) -> dict[str, list[object]]"))
      .def("places", &places, nb::sig("def places(self) -> dict[str, list[object]]"))
      .def("accounts", &accounts, nb::sig("def accounts(self) -> dict[str, list[object]]"))
      .def("claims", &claims, nb::sig("def claims(self) -> dict[str, list[object]]"));
  m.def("read", &read, "folder"_a, "accounts"_a, "settings"_a, "from_"_a, "until"_a,
        nb::sig("def read(folder: str, accounts: list[str], settings: list[str], from_: str, until: str) -> "
                "tuple[LoadedWar, list[tuple[str, int, int, str, str]]]"),
        "Read and check a package; the war, and warnings. Raises InputError with every mistake.");
  m.def("check_days", &check_days, "from_"_a, "until"_a, "Raises InputError where one is given that is no date.");
  m.def("create", &create, "folder"_a, "Write a small commented package; the paths written.");
}

}  // namespace truel::python
