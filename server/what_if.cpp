#include "what_if.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "dials.hpp"
#include "truel/app/package.hpp"
#include "truel/claims/basis.hpp"
#include "truel/ensemble/compare/midways.hpp"
#include "truel/ensemble/compare/united.hpp"
#include "truel/output/comparison/comparison.hpp"
#include "truel/output/report/page_evidence.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/scenario/read.hpp"

namespace truel::server {
namespace {

/// Pairs after which the first answer is told; then twice as many each time.
constexpr std::uint32_t kFirstPairs = 4;
/// Sides kept: some 16 bytes an outcome and realization each.
constexpr std::size_t kSidesKept = 16;
/// The first side keeps the states of its runs at the ends of so many parts of the war but the last, in so much memory:
/// what differs from it from a later day on begins there.
constexpr int kParts = 3;
constexpr std::size_t kStateBytes = std::size_t{128} << 20;
/// The seed of every question, so that an answer does not jump when it is asked again.
constexpr std::uint64_t kSeed = 1;

/// A number as a setting names it.
std::string written(const Parameter& p, const Distribution& distribution) {
  if (p.is_date && distribution.is_value()) {
    return format_date(static_cast<Day>(distribution.a));
  }
  if (!p.words.empty() && distribution.is_value()) {
    std::string_view word = p.words;
    for (auto k = static_cast<int>(distribution.a); k > 0; --k) {
      word.remove_prefix(word.find(' ') + 1);
    }
    return std::string(word.substr(0, word.find(' ')));
  }
  return to_string(distribution);
}

/// What an account sets: [{"path", "value", "claims"}].
output::Json settings_json(const War& war, const Account& account) {
  output::Json list = output::Json::array();
  for (const AccountSetting& setting : account.settings) {
    const Parameter& p = war.parameters[at(setting.target)];
    output::Json claims = output::Json::array();
    for (const claims::Basis& part : claims::resolve_basis(war, setting.basis)) {
      if (part.kind == "claim") {
        claims.push_back(part.id);
      }
    }
    list.push_back({{"path", p.path}, {"value", written(p, setting.distribution)}, {"claims", std::move(claims)}});
  }
  return list;
}

/// Ways in which enemies can stand together, in words, and the ground actors who have enough of them for that.
output::Json united_json(const CompiledModel& model) {
  output::Json json = {{"ways", output::Json::array()}, {"actors", output::Json::array()}};
  for (std::size_t u = 1; u < ensemble::kUnities.size(); ++u) {
    json["ways"].push_back({{"id", ensemble::kUnities[u].name}, {"words", ensemble::kUnities[u].words}});
  }
  for (ActorIndex a = 0; a < model.n_actors(); ++a) {
    if (!model.is_air(a) && ensemble::enemies_of(model, a).size() > 1) {
      json["actors"].push_back(model.war().actors[at(a)].id);
    }
  }
  return json;
}

/// The war in which they stand together.
Result<CompiledModel> united(const CompiledModel& model, const UnitedEnemies& asked) {
  const auto& actors = model.war().actors;
  const auto actor = std::find_if(actors.begin(), actors.end(), [&](const Actor& a) { return a.id == asked.actor; });
  const auto way = std::find_if(ensemble::kUnities.begin() + 1, ensemble::kUnities.end(),
                                [&](const ensemble::UnityInfo& one) { return one.name == asked.way; });
  if (actor == actors.end()) {
    return Diagnostic{{}, fmt::format("united: no actor {}", asked.actor), "name one of actors.csv"};
  }
  if (way == ensemble::kUnities.end()) {
    return Diagnostic{{}, fmt::format("united: no way {}", asked.way), "it is truce, coordinated or one_command"};
  }
  const auto index = static_cast<ActorIndex>(actor - actors.begin());
  if (ensemble::enemies_of(model, index).size() < 2) {
    return Diagnostic{{},
                      fmt::format("united: {} has fewer than two enemies on the first day", asked.actor),
                      "name an actor whose enemies could unite"};
  }
  TRUEL_TRY(const auto from, ensemble::day_of_unity(model.war(), asked.from, "united: from"));
  return ensemble::united_from(model, index, static_cast<ensemble::Unity>(way - ensemble::kUnities.begin()), from);
}

}  // namespace

Result<std::unique_ptr<WhatIf>> WhatIf::open(const std::filesystem::path& package, int threads) {
  if (const auto war = app::read(package); !war) {
    return war.error();
  }
  Mistakes mistakes;
  scenario::PackageFiles files = scenario::load_package(package, mistakes);
  if (!mistakes.empty()) {  // it has changed since the line above
    return mistakes.take();
  }
  return open(std::move(files), threads);
}

Result<std::unique_ptr<WhatIf>> WhatIf::open(scenario::PackageFiles package, int threads, AnalysisMaker analyse) {
  std::unique_ptr<WhatIf> opened(new WhatIf(std::move(package), threads, std::move(analyse)));
  auto war = scenario::read_package(opened->package_, {});
  TRUEL_TRY(auto model, war ? compile(std::make_shared<const War>(std::move(*war))) : war.error());
  opened->model_ = std::make_shared<const CompiledModel>(std::move(model));
  TRUEL_TRY(opened->base_, opened->side({}, {}, Question{}.runs, nullptr));
  return opened;
}

output::Json WhatIf::description() const {
  output::Json json = output::page_war(war());
  for (output::Json& account : json["accounts"]) {
    const auto found = std::find_if(war().accounts.begin(), war().accounts.end(),
                                    [id = account["id"].get<std::string>()](const Account& a) { return a.id == id; });
    account["story"] = found->story;
    account["settings"] = settings_json(war(), *found);
  }
  json["package"] = std::filesystem::path(package_.folder).filename().generic_string();
  json["version"] = TRUEL_VERSION;
  json["seed"] = kSeed;
  json["solver"] = solver::to_string(solver::SolveOptions{}.solver);
  json["title"] = war().title;
  json["start"] = format_date(war().start);
  json["end"] = format_date(war().end);
  json["dials"] = dials_json(war(), base_->model->war().start < war().start);
  json["united"] = united_json(*model_);
  json["fact"] = output::land_in_fact(war());
  for (const ActorIndex holder : model_->first_control()) {
    json["holders"].push_back(holder >= 0 ? war().actors[at(holder)].id : "none");
  }
  json.update(output::page_evidence(war()));
  if (base_->analysis) {
    output::Provenance origin;
    origin.analysis = base_->analysis;
    output::add_analysis(json, origin, war());
    json["analysis"]["from"] = format_date(base_->model->war().start);
    json["analysis"]["options"] = analyse_.options;
  }
  return json;
}

Result<AnalysedWar> WhatIf::analysed(const scenario::Overlay& overlay, std::uint32_t runs,
                                     const std::atomic<bool>* stop) const {
  ensemble::EnsembleOptions options = this->options();
  options.runs = runs;
  options.stop = stop;
  auto war = analyse_.war(overlay, options);
  return stop == nullptr || !*stop ? std::move(war) : Diagnostic{{}, "stopped in the analysis", "ask again"};
}

Result<std::shared_ptr<WhatIf::Side>> WhatIf::side(const scenario::Overlay& overlay, const UnitedEnemies& united,
                                                   std::uint32_t runs, const std::atomic<bool>* stop) {
  // What an analysis says is made for so many runs.
  const std::string key = fmt::format("{}\n{}\n{} {} {}\n{}\n{}", fmt::join(overlay.accounts, "\n"),
                                      fmt::join(overlay.settings, "\n"), united.actor, united.way, united.from,
                                      overlay.until ? format_date(*overlay.until) : "", analyse_.war ? runs : 0);
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(sides_.begin(), sides_.end(), [&](const auto& kept) { return kept.first == key; });
    if (found != sides_.end()) {
      sides_.splice(sides_.begin(), sides_, found);
      return found->second;
    }
  }
  auto made = std::make_shared<Side>();
  const auto compiled_war = [&]() -> Result<CompiledModel> {
    if (analyse_.war) {
      TRUEL_TRY(auto war, analysed(overlay, runs, stop));
      made->analysis = std::move(war.analysis);
      return std::move(war.model);
    }
    auto war =
        overlay.until ? scenario::read_package(package_, overlay) : scenario::with_overlay(model_->war(), overlay);
    return war ? compile(std::make_shared<const War>(std::move(*war))) : war.error();
  };
  auto compiled = compiled_war();
  if (compiled && !united.actor.empty()) {
    compiled = server::united(*compiled, united);
  }
  if (!compiled) {
    return compiled.error();
  }
  made->model = std::make_shared<const CompiledModel>(std::move(*compiled));
  made->measured = std::make_unique<ensemble::MeasuredSide>(*made->model);
  const std::lock_guard lock(mutex_);
  sides_.emplace_front(key, made);
  if (sides_.size() > kSidesKept) {
    sides_.pop_back();
  }
  return made;
}

Result<WhatIf::Pair> WhatIf::pair_of(const Question& question, const std::atomic<bool>* stop) {
  const auto side_of = [&](const auto& accounts, const auto& settings, const UnitedEnemies& united) {
    return side({.accounts = accounts, .settings = settings, .until = question.until}, united, question.runs, stop);
  };
  auto first = side_of(question.against, question.against_settings, question.against_united);
  auto second = side_of(question.accounts, question.settings, question.united);
  if (!first || !second) {
    return first ? second.error() : first.error();
  }
  // One command may change no number, but who leads.
  const bool is_same = *first == *second || (question.against_united == question.united &&
                                             !ensemble::fork_day((*first)->model->war(), (*second)->model->war()));
  const bool has_rule = !is_same && !question.until_sure.empty();
  return Pair{question, *first, is_same ? *first : *second,
              has_rule ? std::make_shared<const ensemble::UntilSure>(question.until_sure, question.runs) : nullptr};
}

std::uint32_t WhatIf::Pair::next_told(std::uint32_t pairs) const {
  if (!rule || 2 * pairs < rule->looks().front()) {
    return std::min(2 * pairs, question.runs);
  }
  return *std::upper_bound(rule->looks().begin(), rule->looks().end(), pairs);
}

ensemble::EnsembleOptions WhatIf::options() const {
  ensemble::EnsembleOptions options{.solve = {.seed = kSeed}, .threads = threads_};
  return options;
}

namespace {

/// Locks both sides, which may be one, in an order that no other thread can block.
std::pair<std::unique_lock<std::mutex>, std::unique_lock<std::mutex>> locked(const WhatIf::Pair& pair) {
  std::unique_lock one(pair.one->mutex, std::defer_lock);
  std::unique_lock other(pair.other->mutex, std::defer_lock);
  if (pair.is_same()) {
    one.lock();
  } else {
    std::lock(one, other);
  }
  return {std::move(one), std::move(other)};
}

}  // namespace

output::Json WhatIf::told(const Pair& pair, std::uint32_t pairs) {
  const auto& [question, one, other, rule] = pair;
  ensemble::Comparison comparison;
  {
    const auto hold = locked(pair);
    comparison = rule ? ensemble::compare(*one->measured, *other->measured, pairs, *rule)
                      : ensemble::compare(*one->measured, *other->measured, pairs);
  }
  const output::ComparedWar war{
      .model = *one->model,
      .sides = {output::ComparedSide{"as it is", "", question.against, question.against_settings},
                output::ComparedSide{"changed", "", question.accounts, question.settings}},
      .comparison = comparison};
  const solver::SolveOptions solve{.seed = kSeed};
  output::Provenance origin;
  origin.analysis = one->analysis;
  if (origin.analysis && !pair.is_same()) {
    origin.analysis->learned.append(other->analysis->learned);
  }
  output::Json json = output::comparison_page(war, solve, origin);
  json["wanted"] = question.runs;
  json["same"] = pair.is_same();
  return json;
}

void WhatIf::share(const Pair& pair) {
  const bool is_new = pair.one->runs() == 0;
  if (is_new) {
    std::shared_ptr<Side> before;
    {
      const std::lock_guard lock(mutex_);
      before = std::exchange(keeper_, pair.one);
    }
    if (before != nullptr && before != pair.one) {
      const std::lock_guard lock(before->mutex);
      before->measured->forget();
    }
  }
  const auto hold = locked(pair);
  if (is_new) {
    const War& war = pair.one->model->war();
    std::vector<int> days;
    for (int part = 1; part < kParts; ++part) {
      days.push_back(ensemble::decision_day(war, part * (war.end - war.start) / kParts));
    }
    pair.one->measured->keep(std::move(days), kStateBytes);
  }
  if (!pair.is_same()) {
    pair.other->measured->follow(*pair.one->measured);
  }
}

Diagnostics WhatIf::answer(const Question& question, const std::atomic<bool>& stop,
                           const std::function<bool(const output::Json&)>& tell) {
  const auto pair = pair_of(question, &stop);
  if (!pair && stop) {
    return {};
  }
  if (!pair) {
    return pair.error();
  }
  share(*pair);
  ensemble::EnsembleOptions options = this->options();
  options.stop = &stop;
  // What both sides have already is told at once; but where a rule ends it, they may have more than it takes.
  const std::uint32_t had = std::min(pair->one->runs(), pair->other->runs());
  const std::uint32_t begin = pair->rule ? kFirstPairs : std::max(kFirstPairs, had);
  for (std::uint32_t pairs = std::min(begin, question.runs);; pairs = pair->next_told(pairs)) {
    for (Side* side : {pair->one.get(), pair->other.get()}) {
      const std::lock_guard lock(side->mutex);
      side->measured->extend(pairs, options);
    }
    if (stop) {
      break;
    }
    const output::Json answer = told(*pair, pairs);
    const bool is_last = pairs == question.runs || (pair->rule && answer["until_sure"]["sure"].get<bool>());
    const bool has_more = !is_last && pair->next_told(pairs) <= had;  // which are there without a wait
    if ((!has_more && !tell(answer)) || is_last) {
      break;
    }
  }
  return {};
}

}  // namespace truel::server
