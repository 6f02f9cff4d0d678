#include "war.hpp"

#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "errors.hpp"
#include "truel/ledger/basis.hpp"
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

/// The columns of a table.
nb::dict numbers(const LoadedWar& loaded) {
  const War& war = loaded.war();
  nb::list path, value, unit, low, high, least, greatest, basis, file, line, given, uncertain;
  for (std::size_t i = 0; i < war.parameters.size(); ++i) {
    const Parameter& p = war.parameters[i];
    path.append(p.path);
    value.append(to_string(p.distribution));
    unit.append(std::string(ledger::unit_of(war, static_cast<int>(i))));
    low.append(lower_bound(p.distribution));
    high.append(upper_bound(p.distribution));
    least.append(p.least);
    greatest.append(p.greatest);
    basis.append(p.basis);
    file.append(p.where.file);
    line.append(p.where.line);
    given.append(p.is_given);
    uncertain.append(!p.distribution.is_value());
  }
  nb::dict table;
  table["path"] = path;
  table["value"] = value;
  table["unit"] = unit;
  table["low"] = low;
  table["high"] = high;
  table["least"] = least;
  table["greatest"] = greatest;
  table["basis"] = basis;
  table["file"] = file;
  table["line"] = line;
  table["is_given"] = given;
  table["is_uncertain"] = uncertain;
  return table;
}

nb::dict actors(const LoadedWar& loaded) {
  const War& war = loaded.war();
  nb::list id, name, kind, command;
  for (const Actor& a : war.actors) {
    id.append(a.id);
    name.append(a.name);
    kind.append(a.kind == ActorKind::air ? "air" : "ground");
    command.append(war.commands[at(a.command)].id);
  }
  nb::dict table;
  table["id"] = id;
  table["name"] = name;
  table["kind"] = kind;
  table["command"] = command;
  return table;
}

nb::dict places(const LoadedWar& loaded) {
  nb::list id, name, latitude, longitude;
  for (const Place& p : loaded.war().places) {
    id.append(p.id);
    name.append(p.name);
    latitude.append(p.latitude);
    longitude.append(p.longitude);
  }
  nb::dict table;
  table["id"] = id;
  table["name"] = name;
  table["latitude"] = latitude;
  table["longitude"] = longitude;
  return table;
}

nb::dict accounts(const LoadedWar& loaded) {
  nb::list id, title, story, numbers_set, draws;
  for (const Account& a : loaded.war().accounts) {
    id.append(a.id);
    title.append(a.title);
    story.append(a.story);
    numbers_set.append(a.settings.size());
    draws.append(a.draws.rows());
  }
  nb::dict table;
  table["id"] = id;
  table["title"] = title;
  table["story"] = story;
  table["numbers"] = numbers_set;
  table["draws"] = draws;
  return table;
}

nb::dict claims(const LoadedWar& loaded) {
  nb::list id, source, paragraph, speaker, subject, object, low, high, unit, statement;
  for (const Claim& c : loaded.war().claims) {
    id.append(c.id);
    source.append(c.source);
    paragraph.append(c.paragraph);
    speaker.append(c.speaker);
    subject.append(c.subject);
    object.append(c.object);
    low.append(c.low);
    high.append(c.high);
    unit.append(c.unit);
    statement.append(c.statement);
  }
  nb::dict table;
  table["id"] = id;
  table["source"] = source;
  table["paragraph"] = paragraph;
  table["speaker"] = speaker;
  table["subject"] = subject;
  table["object"] = object;
  table["low"] = low;
  table["high"] = high;
  table["unit"] = unit;
  table["statement"] = statement;
  return table;
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
