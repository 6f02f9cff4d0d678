#include "what_if.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "dials.hpp"
#include "truel/app/package.hpp"
#include "truel/output/comparison/comparison.hpp"
#include "truel/output/report/page_evidence.hpp"
#include "truel/output/report/page_war.hpp"
#include "truel/scenario/read.hpp"

namespace truel::server {
namespace {

/// Pairs after which the first answer is told; then twice as many each time.
constexpr std::uint32_t kFirstPairs = 4;
/// Sides kept: some 16 bytes an outcome and realization each.
constexpr std::size_t kSidesKept = 16;
/// The seed of every question, so that an answer does not jump when it is asked again.
constexpr std::uint64_t kSeed = 1;

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

Result<std::unique_ptr<WhatIf>> WhatIf::open(scenario::PackageFiles package, int threads) {
  std::unique_ptr<WhatIf> opened(new WhatIf(std::move(package), threads));
  auto side = opened->side({}, {}, {});
  if (!side) {
    return side.error();
  }
  opened->model_ = (*side)->model;
  return opened;
}

output::Json WhatIf::description() const {
  output::Json json = output::page_war(war());
  for (output::Json& account : json["accounts"]) {
    const auto found = std::find_if(war().accounts.begin(), war().accounts.end(),
                                    [id = account["id"].get<std::string>()](const Account& a) { return a.id == id; });
    account["story"] = found->story;
  }
  json["package"] = std::filesystem::path(package_.folder).filename().generic_string();
  json["version"] = TRUEL_VERSION;
  json["seed"] = kSeed;
  json["solver"] = solver::to_string(solver::SolveOptions{}.solver);
  json["title"] = war().title;
  json["start"] = format_date(war().start);
  json["end"] = format_date(war().end);
  json["dials"] = dials_json(war());
  json.update(output::page_evidence(war()));
  return json;
}

Result<std::shared_ptr<WhatIf::Side>> WhatIf::side(const std::vector<std::string>& accounts,
                                                   const std::vector<std::string>& settings,
                                                   const std::optional<Day>& until) {
  const std::string key =
      fmt::format("{}\n{}\n{}", fmt::join(accounts, "\n"), fmt::join(settings, "\n"), until ? format_date(*until) : "");
  {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(sides_.begin(), sides_.end(), [&](const auto& kept) { return kept.first == key; });
    if (found != sides_.end()) {
      sides_.splice(sides_.begin(), sides_, found);
      return found->second;
    }
  }
  auto war = scenario::read_package(package_, {.accounts = accounts, .settings = settings, .from = {}, .until = until});
  if (!war) {
    return war.error();
  }
  auto compiled = compile(std::make_shared<const War>(std::move(*war)));
  if (!compiled) {
    return compiled.error();
  }
  auto made = std::make_shared<Side>();
  made->model = std::make_shared<const CompiledModel>(std::move(*compiled));
  made->measured = std::make_unique<ensemble::MeasuredSide>(*made->model);
  const std::lock_guard lock(mutex_);
  sides_.emplace_front(key, made);
  if (sides_.size() > kSidesKept) {
    sides_.pop_back();
  }
  return made;
}

Diagnostics WhatIf::answer(const Question& question, const std::atomic<bool>& stop,
                           const std::function<bool(const output::Json&)>& tell) {
  const auto first = side(question.against, question.against_settings, question.until);
  const auto second = side(question.accounts, question.settings, question.until);
  if (!first || !second) {
    return first ? second.error() : first.error();
  }
  const bool is_same = *first == *second || !ensemble::fork_day((*first)->model->war(), (*second)->model->war());
  Side& one = **first;
  Side& other = is_same ? one : **second;
  ensemble::EnsembleOptions options;
  options.solve.seed = kSeed;
  options.threads = threads_;
  options.stop = &stop;
  const auto runs_of = [](Side& side) {
    const std::lock_guard lock(side.mutex);
    return side.measured->runs();
  };
  // What both sides have already is told at once.
  const std::uint32_t had = std::min(runs_of(one), runs_of(other));
  for (std::uint32_t pairs = std::min(std::max(kFirstPairs, had), question.runs);;
       pairs = std::min(2 * pairs, question.runs)) {
    for (Side* side : {&one, &other}) {
      const std::lock_guard lock(side->mutex);
      side->measured->extend(pairs, options);
    }
    if (stop) {
      break;
    }
    ensemble::Comparison comparison;
    {
      std::unique_lock hold_one(one.mutex, std::defer_lock);
      std::unique_lock hold_other(other.mutex, std::defer_lock);
      if (is_same) {
        hold_one.lock();
      } else {
        std::lock(hold_one, hold_other);
      }
      comparison = ensemble::compare(*one.measured, *other.measured, pairs);
    }
    const output::ComparedWar war{
        .model = *one.model,
        .sides = {output::ComparedSide{"as it is", "", question.against, question.against_settings},
                  output::ComparedSide{"changed", "", question.accounts, question.settings}},
        .comparison = comparison};
    output::Json json = output::comparison_page(war, options.solve, {});
    json["wanted"] = question.runs;
    json["same"] = is_same;
    if (!tell(json) || pairs == question.runs) {
      break;
    }
  }
  return {};
}

}  // namespace truel::server
