#include "truel/output/arrays/arrays.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

#include "truel/output/arrays/alignment_columns.hpp"
#include "truel/output/arrays/frame.hpp"
#include "truel/output/arrays/month_columns.hpp"
#include "truel/output/arrays/settlement_columns.hpp"
#include "truel/output/arrays/targets/netcdf.hpp"
#include "truel/output/arrays/war_outcome_columns.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"

namespace truel::output {
namespace {

using ensemble::DyadSummary;
using ensemble::Summary;
using solver::Run;
using solver::RunStatus;
using enum ArrayType;

/// Realizations that are gathered before they are written: part of the format, because it decides where chunks lie.
/// Of very many, as many more as leave kMostBlocks of them, if they are small.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostBlocks = 128;
constexpr std::size_t kBlockBytes = std::size_t{16} << 20;

std::size_t block_length(const CompiledModel& model, const Summary& summary) {
  const std::size_t n = at(model.n_actors());
  const std::size_t bytes = sizeof(double) * (n * actor_outcomes().size() + 2 * summary.dyads.size() +
                                              n * summary.days.size() + model.uncertain().size()) +
                            at(model.n_places()) * summary.days.size() + month_bytes(model, summary);
  std::size_t length = kBlock;
  while (length * kMostBlocks < summary.numbers.size() && 2 * length * bytes <= kBlockBytes) {
    length *= 2;
  }
  return length;
}

class EnsembleWriter {
 public:
  EnsembleWriter(const CompiledModel& model, const solver::SolveOptions& options, const Summary& summary,
                 const Provenance& provenance, ArrayTarget& target)
      : summary_(summary),
        block_(block_length(model, summary)),
        seed_of_all_(options.seed),
        file_(target),
        frame_(file_, model, summary.days),
        months_(model, summary, takes_months(model, summary)),
        settlement_(model.settlement()) {
    frame_.describe(options, provenance,
                    "A realization is one run of the war with its own draw of the uncertain parameters; its random "
                    "numbers follow from seed and realization number. Results of realizations whose status is not "
                    "complete are missing; their draws are kept.");
    if (summary.stopped_before) {
      file_.attribute("partial", fmt::format("interrupted: {} of {} realizations are here", summary.numbers.size(),
                                             *summary.stopped_before));
    }
    define(model);
    file_.end_definitions();
    frame_.put_coordinates();
    std::vector<double> losses;
    for (const DyadSummary& d : summary.dyads) {
      losses.insert(losses.end(), d.losses_by_time.begin(), d.losses_by_time.end());
    }
    file_.put(losses_mean_, {dyad_, frame_.time}, 0, std::span<const double>(losses));
    months_.put_spans(file_);
  }

  void write(const ensemble::RunStore& store) {
    Run run;
    for (std::size_t first = 0; first < summary_.numbers.size() && file_.ok(); first += block_) {
      for (std::size_t r = first; r < std::min(first + block_, summary_.numbers.size()); ++r) {
        store.read(summary_.numbers[r], run);
        add(run);
      }
      put_block(first);
    }
  }

 private:
  void define(const CompiledModel& model) {
    const War& war = frame_.war;
    const ArrayDimension realization = file_.dimension("realization", summary_.numbers.size());
    dyad_ = file_.dimension("dyad", summary_.dyads.size());
    const auto actor_id = [&](ActorIndex DyadSummary::*which) {
      return names_of(summary_.dyads, [&](const DyadSummary& d) { return war.actors[at(d.*which)].id; });
    };
    file_.labels("attacker", dyad_, "actor whose fire and strikes kill", actor_id(&DyadSummary::attacker));
    file_.labels("target", dyad_, "actor whose fighters are killed", actor_id(&DyadSummary::target));

    const ColumnMaker column{file_, realization};
    column(number_, "realization", int32, {}, "number of the realization", "1");
    column(seed_, "seed", uint64, {}, "seed; with the number it gives the realization its own random numbers", "1");
    column(status_, "status", byte, {}, "whether the realization came to its end, or why not");
    std::vector<std::pair<int, std::string>> meanings;
    for (const RunStatus s :
         {RunStatus::complete, RunStatus::step_too_small, RunStatus::not_finite, RunStatus::event_limit}) {
      meanings.emplace_back(static_cast<int>(s), solver::to_string(s));
    }
    if (frame_.moves_alignment) {
      meanings.emplace_back(static_cast<int>(RunStatus::diverged), solver::to_string(RunStatus::diverged));
    }
    file_.flags(status_.variable, meanings);
    column(fingerprint_, "fingerprint", character, {file_.characters(kFingerprintDigits)},
           "hash (XXH3 of 64 bits, hexadecimal) of the results of the realization");
    file_.attribute(fingerprint_.variable, "_Encoding", "utf-8");
    column(draws_, "draws", float64, {frame_.parameter},
           "value drawn for the parameter, in the unit that parameter_unit names");
    file_.attribute(draws_.variable, "coordinates", "parameter_unit");

    column(fighters_, "fighters", float32, {frame_.time, frame_.actor},
           "fighters of the actor, columns on the road included", "1");
    column(value_share_, "value_share", float32, {frame_.time, frame_.actor},
           "share of the value of all places that the actor holds", "1");
    control_.dimensions = {realization, frame_.place, frame_.time};
    control_.variable = frame_.control(control_.dimensions);
    column(losses_, "losses", float64, {dyad_}, "fighters of the target killed by the attacker", "1");
    column(effort_, "effort_share", float64, {dyad_},
           "share of the attacker's effort aimed at the target, mean over time", "1");
    for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
      const AttackTallyInfo& tally = kAttackTallies[k];  // its texts are literals, which end in a null
      column(attacks_[k], tally.name.data(), float64, {dyad_}, tally.meaning.data(), tally.is_day ? "day" : "1");
      file_.attribute(attacks_[k].variable, "coordinates", "attacker target");
    }
    losses_mean_ =
        file_.variable("losses_mean", float64, {dyad_, frame_.time},
                       "fighters of the target killed by the attacker up to the time, mean over the complete "
                       "realizations",
                       "1");
    for (const int v : {losses_.variable, effort_.variable, losses_mean_}) {
      file_.attribute(v, "coordinates", "attacker target");
    }
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      Column<double>& outcome = outcome_[static_cast<std::size_t>(info.outcome)];
      column(outcome, info.array.data(), float64, {frame_.actor}, info.meaning.data(),
             info.scale == OutcomeScale::day ? "day" : "1");
      file_.attribute(outcome.variable, "coordinates", "actor_name actor_kind");
    }
    for (const int v : {fighters_.variable, value_share_.variable}) {
      file_.attribute(v, "coordinates", "actor_name actor_kind");
    }
    column(harm_, "civilian_harm", float64, {}, "persons who are no fighters harmed by fire and strikes", "1");
    months_.define(column, frame_, dyad_);
    alignment_.define(column, frame_);
    war_.define(column, frame_, model);
    settlement_.define(column, frame_);
  }

  void add(const Run& run) {
    const std::size_t n_times = frame_.time.length;
    const std::size_t n = frame_.actor.length;
    const bool is_complete = run.status == RunStatus::complete;
    constexpr float missing = std::numeric_limits<float>::quiet_NaN();
    const auto append = [](auto& column, const auto& values) {
      column.values.insert(column.values.end(), values.begin(), values.end());
    };
    number_.values.push_back(static_cast<std::int32_t>(run.number));
    seed_.values.push_back(seed_of_all_);
    status_.values.push_back(static_cast<std::int8_t>(run.status));
    append(fingerprint_, fmt::format("{:0{}x}", run.fingerprint, kFingerprintDigits));
    append(draws_, run.draws);
    for (std::size_t t = 0; t < n_times; ++t) {
      for (std::size_t a = 0; a < n; ++a) {
        fighters_.values.push_back(is_complete ? run.fighters[a * n_times + t] : missing);
        value_share_.values.push_back(is_complete ? run.value_share[a * n_times + t] : missing);
      }
    }
    if (is_complete) {
      append(control_, run.control);
    } else {
      control_.values.insert(control_.values.end(), run.control.size(), kUnknown);
    }
    for (const DyadSummary& d : summary_.dyads) {
      const std::size_t pair = at(d.attacker) * n + at(d.target);
      losses_.values.push_back(is_complete ? run.losses[pair] : kAbsent);
      effort_.values.push_back(is_complete ? run.effort[pair] : kAbsent);
      for (std::size_t k = 0; k < kAttackTallyCount; ++k) {
        attacks_[k].values.push_back(is_complete ? run.attacks[pair * kAttackTallyCount + k] : kAbsent);
      }
    }
    for (const ActorOutcomeInfo& info : actor_outcomes()) {
      for (ActorIndex a = 0; a < static_cast<int>(n); ++a) {
        outcome_[static_cast<std::size_t>(info.outcome)].values.push_back(is_complete ? run.of(a, info.outcome)
                                                                                      : kAbsent);
      }
    }
    harm_.values.push_back(is_complete ? run.civilian_harm : kAbsent);
    months_.add(run.months, is_complete);
    alignment_.add(run, is_complete);
    war_.add(run, is_complete);
    settlement_.add(run, is_complete);
  }

  void put_block(std::size_t first) {
    number_.put(file_, first);
    seed_.put(file_, first);
    status_.put(file_, first);
    fingerprint_.put(file_, first);
    draws_.put(file_, first);
    fighters_.put(file_, first);
    value_share_.put(file_, first);
    control_.put(file_, first);
    losses_.put(file_, first);
    effort_.put(file_, first);
    for (auto& tally : attacks_) {
      tally.put(file_, first);
    }
    for (auto& outcome : outcome_) {
      outcome.put(file_, first);
    }
    harm_.put(file_, first);
    months_.put(file_, first);
    alignment_.put(file_, first);
    war_.put(file_, first);
    settlement_.put(file_, first);
  }

  const Summary& summary_;
  std::size_t block_;
  std::uint64_t seed_of_all_;
  ArrayTarget& file_;
  Frame frame_;
  MonthColumns months_;
  AlignmentColumns alignment_;
  WarOutcomeColumns war_;
  SettlementColumns settlement_;
  ArrayDimension dyad_;
  int losses_mean_ = -1;
  Column<std::int32_t> number_;
  Column<std::uint64_t> seed_;
  Column<std::int8_t> status_, control_;
  Column<char> fingerprint_;
  Column<float> fighters_, value_share_;
  Column<double> draws_, losses_, effort_, harm_;
  std::array<Column<double>, kAttackTallyCount> attacks_;
  std::vector<Column<double>> outcome_ = std::vector<Column<double>>(actor_outcomes().size());  ///< [ActorOutcome]
};

}  // namespace

void put_ensemble(const CompiledModel& model, const solver::SolveOptions& options, const Summary& summary,
                  const ensemble::RunStore& store, const Provenance& provenance, ArrayTarget& target) {
  EnsembleWriter(model, options, summary, provenance, target).write(store);
}

std::optional<Diagnostic> write_ensemble_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                            const Summary& summary, const ensemble::RunStore& store,
                                            const Provenance& provenance, const std::filesystem::path& path) {
  NewFile file(whole_path(path));
  NetcdfFile netcdf(file.part(), block_length(model, summary));
  put_ensemble(model, options, summary, store, provenance, netcdf);
  if (const std::string failure = netcdf.close(); !failure.empty()) {
    return cannot_write(path, failure);
  }
  return file.commit();
}

}  // namespace truel::output
