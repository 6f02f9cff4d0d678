// What approximate Bayesian computation says about the laws of attrition, as text and tables.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/output/output.hpp"
#include "truel/record/fit/battles/battle_study.hpp"

namespace truel::output {

/// A table of battles as fitted, and how long that took.
struct TimedBattleFit {
  record::fit::BattleFit fit;
  double seconds = 0;
};

/// Those of the tables that were fitted, each once.
std::vector<std::string> citations_of(std::span<const TimedBattleFit> fits);

/// At most `columns_wide` columns, without the last line end.
std::string battle_fit_table(std::span<const TimedBattleFit> fits, int columns_wide);

/// fit.json without a line end, and posterior.csv (docs/results.md).
std::string battle_fit_json(const War& war, std::span<const TimedBattleFit> fits,
                            const record::fit::BattleOptions& options, const Provenance& provenance);
std::string battle_fit_csv(std::span<const TimedBattleFit> fits);

}  // namespace truel::output
