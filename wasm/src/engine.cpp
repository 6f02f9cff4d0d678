// What the module exports: a package is opened from bytes in memory, and asked for a summary or, in pairs of runs that
// several instances may share, for what a change makes of it. Texts go in and out as JSON: `truel_room` gives the room
// for one, `truel_length` the length of the last that came back.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "truel/ensemble/ensemble.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/read.hpp"
#include "what_if.hpp"

namespace truel {
namespace {

using output::Json;

struct Engine {
  std::unique_ptr<server::WhatIf> war;
  server::WhatIf::Pair pair;  ///< of the last question
  std::string in, out;
};

Engine& engine() {
  static Engine one;
  return one;
}

std::string errors(const Diagnostics& mistakes) {
  Json list = Json::array();
  for (const Diagnostic& d : mistakes) {
    list.push_back({{"file", d.where.file}, {"line", d.where.line}, {"what", d.what}, {"hint", d.hint}});
  }
  return output::text_of({{"errors", std::move(list)}}, -1);
}

std::vector<std::string> texts(const Json& json, const char* key) {
  return json.value(key, std::vector<std::string>());
}

bool is_of_package(std::string_view name) {
  const auto known = scenario::known_files();
  return name.starts_with("accounts/") || std::find(known.begin(), known.end(), name) != known.end();
}

/// {"folder": "...", "files": {name: text}}: the war and its dials, as the page of `truel serve` gets them. Files that
/// the format does not know are passed over.
std::string open(const Json& asked) {
  scenario::PackageFiles package;
  package.folder = asked.value("folder", std::string());
  for (const auto& [name, text] : asked.at("files").items()) {
    if (is_of_package(name)) {
      package.files.push_back({.name = name, .bytes = text.get<std::string>()});
    }
  }
  std::sort(package.files.begin(), package.files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  auto opened = server::WhatIf::open(std::move(package), 1);
  if (!opened) {
    return errors(opened.error());
  }
  engine().war = std::move(*opened);
  return output::text_of(engine().war->description(), -1);
}

/// {"runs", "seed", "accounts", "settings"}: what `truel run --json` prints.
std::string summary(const Json& asked) {
  auto war = scenario::read_package(
      engine().war->files(),
      {.accounts = texts(asked, "accounts"), .settings = texts(asked, "settings")});
  if (!war) {
    return errors(war.error());
  }
  const auto model = compile(std::make_shared<const War>(std::move(*war)));
  if (!model) {
    return errors(model.error());
  }
  ensemble::EnsembleOptions options;
  options.solve.seed = asked.value("seed", std::uint64_t{1});
  options.runs = asked.value("runs", std::uint32_t{200});
  const auto done = ensemble::run_and_summarise(*model, options);
  if (!done) {
    return errors(done.error());
  }
  return output::summary_json(*model, options, done->summary,
                              {.version = TRUEL_VERSION,
                               .command = {},
                               .package = engine().war->files().folder,
                               .accounts = texts(asked, "accounts"),
                               .settings = texts(asked, "settings"),
                               .started = {},
                               .finished = {}});
}

server::UnitedEnemies united(const Json& asked, const char* key) {
  const Json given = asked.value(key, Json::object());
  const auto text = [&](const char* part) { return given.value(part, std::string()); };
  return {.actor = text("actor"), .way = text("way"), .from = text("from")};
}

/// {"against", "against_settings", "accounts", "settings", "pairs", "until_sure"}, and {"actor", "way", "from"} of
/// "against_united" and "united": the question that the next three are about. Gives
/// {"runs": [first side, second], "same", "looks"}: realizations that are here already, whether the sides are one, and
/// after how many pairs they may be enough, where "until_sure" asks for that.
std::string ask(const Json& asked) {
  auto kinds = ensemble::kinds_named(texts(asked, "until_sure"));
  if (!kinds) {
    return errors(kinds.error());
  }
  auto pair = engine().war->pair_of({.against = texts(asked, "against"),
                                     .against_settings = texts(asked, "against_settings"),
                                     .accounts = texts(asked, "accounts"),
                                     .settings = texts(asked, "settings"),
                                     .against_united = united(asked, "against_united"),
                                     .united = united(asked, "united"),
                                     .until = {},
                                     .runs = asked.value("pairs", std::uint32_t{200}),
                                     .until_sure = std::move(*kinds),
                                     .session = {}});
  if (!pair) {
    return errors(pair.error());
  }
  engine().pair = std::move(*pair);
  const auto& [all, one, other, rule] = engine().pair;
  return output::text_of(
      {{"runs", {one->runs(), other->runs()}},
       {"same", engine().pair.is_same()},
       {"looks", rule ? Json(std::vector<std::uint32_t>(rule->looks().begin(), rule->looks().end())) : Json::array()}},
      -1);
}

server::WhatIf::Side& side(const Json& asked) {
  return asked.value("side", 0) == 0 ? *engine().pair.one : *engine().pair.other;
}

/// {"side": 0 or 1, "first", "runs"}: the bytes of these realizations, for `truel_append` of any instance with the same
/// question.
std::string measured(const Json& asked) {
  ensemble::EnsembleOptions options = engine().war->options();
  options.first = asked.value("first", std::uint32_t{0});
  options.runs = asked.value("runs", std::uint32_t{1});
  return side(asked).measured->measured(options);
}

/// {"pairs"}: what the first so many say, which both sides have, as `truel serve` tells it.
std::string told(const Json& asked) {
  return output::text_of(server::WhatIf::told(engine().pair, asked.value("pairs", std::uint32_t{0})), -1);
}

template <class Answer>
const char* answer(const Answer& answer_of) {
  Engine& e = engine();
  const Json asked = Json::parse(e.in, nullptr, false);
  e.out = asked.is_object() ? answer_of(asked) : errors({{{}, "the question is no JSON object", ""}});
  return e.out.data();
}

}  // namespace
}  // namespace truel

extern "C" {

[[clang::export_name("truel_room")]] char* truel_room(std::size_t bytes) {
  truel::engine().in.assign(bytes, '\0');
  return truel::engine().in.data();
}
[[clang::export_name("truel_length")]] std::size_t truel_length() {
  return truel::engine().out.size();
}
[[clang::export_name("truel_open")]] const char* truel_open() {
  return truel::answer(truel::open);
}
[[clang::export_name("truel_summary")]] const char* truel_summary() {
  return truel::answer(truel::summary);
}
[[clang::export_name("truel_ask")]] const char* truel_ask() {
  return truel::answer(truel::ask);
}
[[clang::export_name("truel_measured")]] const char* truel_measured() {
  return truel::answer(truel::measured);
}
/// Takes what `truel_measured` gave, as the text that went in, for this side of the question: 1, or 0 where it does not
/// come next.
[[clang::export_name("truel_append")]] int truel_append(int of_side) {
  return truel::side({{"side", of_side}}).measured->append(truel::engine().in) ? 1 : 0;
}
[[clang::export_name("truel_told")]] const char* truel_told() {
  return truel::answer(truel::told);
}
}
