#include "truel/output/arrays/arrays.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <utility>

#include "truel/base/month.hpp"
#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"
#include "truel/output/arrays/netcdf.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"

namespace truel::output {
namespace {

using ensemble::DyadSummary;
using ensemble::Summary;
using solver::kMonthTallies;
using solver::MonthTallyInfo;
using solver::Run;
using solver::RunStatus;

/// Realizations that are gathered before they are written: part of the format, because it decides where chunks lie.
/// Of very many, as many more as leave kMostBlocks of them, if they are small.
constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostBlocks = 128;
constexpr std::size_t kBlockBytes = std::size_t{16} << 20;
/// Numbers by month of all realizations together, before they are compressed.
constexpr std::size_t kMostMonthBytes = std::size_t{4} << 30;
/// Days of a path in one chunk.
constexpr std::size_t kPathDays = 16;
/// In `control`, of realizations that failed.
constexpr std::int8_t kUnknown = -2;
constexpr std::size_t kFingerprintDigits = 16;

using enum ArrayType;

template <class T, class F>
std::vector<std::string> names_of(const std::vector<T>& items, F&& name) {
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const T& item : items) {
    names.push_back(std::string(name(item)));
  }
  return names;
}

/// What both files share: dimensions, coordinates, words about the run.
class Frame {
 public:
  Frame(ArrayTarget& file, const CompiledModel& model, const std::vector<int>& days)
      : war(model.war()), moves_alignment(laws::Alignment::may_act(model)), file_(file), days_(days) {
    time = file.dimension("time", days.size());
    actor = file.dimension("actor", war.actors.size());
    place = file.dimension("place", war.places.size());
    parameter = file.dimension("parameter", model.uncertain().size());

    time_ = file.variable("time", int32, {time}, "time", fmt::format("days since {} 00:00:00", format_date(war.start)));
    file.attribute(time_, "standard_name", "time");
    file.attribute(time_, "calendar", "proleptic_gregorian");
    file.attribute(time_, "axis", "T");
    file.labels("actor", actor, "actor", names_of(war.actors, [](const Actor& a) { return a.id; }));
    file.labels("actor_name", actor, "name of the actor", names_of(war.actors, [](const Actor& a) { return a.name; }));
    file.labels("actor_kind", actor, "ground or air",
                names_of(war.actors, [](const Actor& a) { return a.kind == ActorKind::air ? "air" : "ground"; }));
    file.labels("actor_colour", actor, "colour of the actor, #rrggbb, where the package gives one",
                names_of(war.actors, [](const Actor& a) { return a.colour; }));
    file.labels("place", place, "place", names_of(war.places, [](const Place& p) { return p.id; }));
    file.labels("place_name", place, "name of the place", names_of(war.places, [](const Place& p) { return p.name; }));
    latitude_ = file.variable("latitude", float64, {place}, "latitude of the place (WGS 84)", "degrees_north");
    file.attribute(latitude_, "standard_name", "latitude");
    longitude_ = file.variable("longitude", float64, {place}, "longitude of the place (WGS 84)", "degrees_east");
    file.attribute(longitude_, "standard_name", "longitude");
    std::vector<std::string> paths, units;
    for (const int u : model.uncertain()) {
      paths.push_back(war.parameters[at(u)].path);
      units.emplace_back(unit_of(war, u));
    }
    file.labels("parameter", parameter, "path of an uncertain number of the scenario", paths);
    file.labels("parameter_unit", parameter, "unit of the number", units);
  }

  void describe(const solver::SolveOptions& options, const Provenance& provenance, std::string_view comment) {
    file_.attribute("Conventions", "CF-1.8");
    file_.attribute("title", war.title);
    file_.attribute("source", fmt::format("truel {}", provenance.version));
    file_.attribute("package", package_name(war));
    file_.attribute("package_sha256", war.sha256);
    file_.attribute("accounts", fmt::format("{}", fmt::join(provenance.accounts, " ")));
    file_.attribute("settings", fmt::format("{}", fmt::join(provenance.settings, "; ")));
    file_.attribute("solver", solver::to_string(options.solver));
    file_.attribute("seed", fmt::format("{}", options.seed));
    file_.attribute("start", format_date(war.start));
    file_.attribute("end", format_date(war.end));
    file_.attribute("comment", comment);
  }

  int control(const std::vector<ArrayDimension>& dimensions) {
    const int variable = file_.variable("control", byte, dimensions, "actor that controls the place");
    file_.attribute(variable, "coordinates", "latitude longitude place_name");
    std::vector<std::pair<int, std::string>> meanings = {{kUnknown, "unknown"}, {kNone, "none"}};
    for (ActorIndex a = 0; a < static_cast<int>(war.actors.size()); ++a) {
      meanings.emplace_back(a, war.actors[at(a)].id);
    }
    file_.flags(variable, meanings);
    return variable;
  }

  void put_coordinates() {
    file_.put(time_, {time}, 0, std::span<const std::int32_t>(days_));
    std::vector<double> latitude, longitude;
    for (const Place& p : war.places) {
      latitude.push_back(p.latitude);
      longitude.push_back(p.longitude);
    }
    file_.put(latitude_, {place}, 0, std::span<const double>(latitude));
    file_.put(longitude_, {place}, 0, std::span<const double>(longitude));
  }

  const War& war;
  const bool moves_alignment;
  ArrayDimension time, actor, place, parameter;

 private:
  ArrayTarget& file_;
  const std::vector<int>& days_;
  int time_ = -1, latitude_ = -1, longitude_ = -1;
};

/// Bytes of the numbers by month of one realization.
std::size_t month_bytes(const CompiledModel& model, const Summary& summary) {
  std::size_t numbers = 0;
  for (const MonthTallyInfo& tally : kMonthTallies) {
    numbers += tally.of == MonthTallyInfo::Of::dyad_and_country ? summary.dyads.size() * model.countries().size()
                                                                : solver::month_row(model, tally.of);
  }
  return sizeof(float) * summary.months.months.size() * numbers;
}

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

/// Values of one variable of some realizations, one after another.
template <class T>
struct Column {
  int variable = -1;
  std::vector<ArrayDimension> dimensions;
  std::vector<T> values;

  void put(ArrayTarget& file, std::size_t first) {
    file.put(variable, dimensions, first, std::span<const T>(values));
    values.clear();
  }
};

class EnsembleWriter {
 public:
  EnsembleWriter(const CompiledModel& model, const solver::SolveOptions& options, const Summary& summary,
                 const Provenance& provenance, ArrayTarget& target)
      : summary_(summary),
        shape_(model.settlement()),
        countries_(model.countries()),
        takes_months_(takes_months(model, summary)),
        block_(block_length(model, summary)),
        seed_of_all_(options.seed),
        file_(target),
        frame_(file_, model, summary.days) {
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
    std::vector<std::int32_t> from;
    std::vector<std::int32_t> days;
    for (const MonthSpan& month : summary.months.months) {
      from.push_back(month.from);
      days.push_back(month.until - month.from);
    }
    file_.put(month_start_, {month_}, 0, std::span<const std::int32_t>(from));
    file_.put(month_days_, {month_}, 0, std::span<const std::int32_t>(days));
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

    const auto column = [&](auto& c, const char* name, ArrayType type, std::vector<ArrayDimension> more,
                            const char* long_name, const char* units = "") {
      more.insert(more.begin(), realization);
      c.variable = file_.variable(name, type, more, long_name, units);
      c.dimensions = std::move(more);
    };
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
    define_months(column);
    if (frame_.moves_alignment) {
      define_alignment(column);
    }
    define_war_outcomes(model, column);
    if (shape_.issues > 0) {
      define_settlement(column);
    }
  }

  /// What happened in each calendar month.
  template <class MakeColumn>
  void define_months(const MakeColumn& column) {
    const std::vector<MonthSpan>& months = summary_.months.months;
    month_ = file_.dimension("month", months.size());
    country_ = file_.dimension("country", countries_.size());
    file_.labels("month", month_, "calendar month",
                 names_of(months, [](const MonthSpan& m) { return format_month(m.month); }));
    file_.labels("country", country_, "country of the place", countries_);
    month_start_ = file_.variable("month_start", int32, {month_}, "first day of the month within the war",
                                  fmt::format("days since {} 00:00:00", format_date(frame_.war.start)));
    file_.attribute(month_start_, "calendar", "proleptic_gregorian");
    month_days_ = file_.variable("month_days", int32, {month_}, "days of the month within the war", "day");
    if (!takes_months_) {
      file_.attribute("months_left_out",
                      "the numbers by month of all realizations together have more than 4 GiB: months_dyads.csv and "
                      "months_places.csv have their means and quantiles");
      return;
    }
    for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
      const MonthTallyInfo& tally = kMonthTallies[k];
      const auto [dimensions, coordinates] = [&]() -> std::pair<std::vector<ArrayDimension>, const char*> {
        switch (tally.of) {
          case MonthTallyInfo::Of::dyad_and_country:
            return {{month_, dyad_, country_}, "attacker target month_start month_days"};
          case MonthTallyInfo::Of::actor:
            return {{month_, frame_.actor}, "actor_name actor_kind month_start month_days"};
          case MonthTallyInfo::Of::place:
            break;
        }
        return {{month_, frame_.place}, "latitude longitude place_name month_start month_days"};
      }();
      column(by_month_[k], tally.array, float32, dimensions, tally.meaning, "1");
      file_.attribute(by_month_[k].variable, "coordinates", coordinates);
    }
  }

  void add_months(const solver::MonthTallies& months, bool is_complete) {
    constexpr float missing = std::numeric_limits<float>::quiet_NaN();
    const std::size_t n = frame_.actor.length;
    for (std::size_t k = 0; k < kMonthTallies.size(); ++k) {
      const std::vector<float>& values = months.*kMonthTallies[k].values;
      std::vector<float>& out = by_month_[k].values;
      const auto add = [&](std::size_t entry) { out.push_back(is_complete ? values[entry] : missing); };
      if (kMonthTallies[k].of != MonthTallyInfo::Of::dyad_and_country) {
        for (std::size_t entry = 0; entry < values.size(); ++entry) {
          add(entry);
        }
        continue;
      }
      for (std::size_t month = 0; month < summary_.months.months.size(); ++month) {
        for (const DyadSummary& d : summary_.dyads) {
          for (std::size_t country = 0; country < countries_.size(); ++country) {
            add(((month * countries_.size() + country) * n + at(d.attacker)) * n + at(d.target));
          }
        }
      }
    }
  }

  /// Alignment of every pair, an actor with itself included, and what it amounts to on the last day.
  template <class MakeColumn>
  void define_alignment(const MakeColumn& column) {
    const War& war = frame_.war;
    std::vector<std::string> first;
    std::vector<std::string> second;
    for (std::size_t a = 0; a < war.actors.size(); ++a) {
      for (std::size_t b = a; b < war.actors.size(); ++b) {
        first.push_back(war.actors[a].id);
        second.push_back(war.actors[b].id);
      }
    }
    const ArrayDimension pair = file_.dimension("pair", first.size());
    file_.labels("pair_first", pair, "first actor of the pair", first);
    file_.labels("pair_second", pair, "second actor of the pair", second);
    column(alignment_, "alignment", float32, {pair, frame_.time},
           "alignment of the two actors, from enmity to alliance", "1");
    file_.attribute(alignment_.variable, "coordinates", "pair_first pair_second");
  }

  /// What laws that may act see of the war.
  template <class MakeColumn>
  void define_war_outcomes(const CompiledModel& model, const MakeColumn& column) {
    for (std::size_t o = 0; o < war_outcomes().size(); ++o) {
      const WarOutcomeInfo& info = war_outcomes()[o];
      if (const int place = laws::place_of(model, static_cast<WarOutcome>(o)); place != kNone) {
        WarColumn& outcome = war_outcome_.emplace_back();
        outcome.first = at(place);
        const char* unit = info.scale == OutcomeScale::day ? "day" : "1";
        if (info.of == WarOutcomeInfo::Of::war) {
          column(outcome.column, info.array.data(), float64, {}, info.meaning.data(), unit);
        } else {
          column(outcome.column, info.array.data(), float64, {frame_.actor}, info.meaning.data(), unit);
          file_.attribute(outcome.column.variable, "coordinates", "actor_name actor_kind");
          outcome.count = frame_.actor.length;
        }
      }
    }
  }

  void add_alignment(const Run& run, bool is_complete) {
    for (const float x : run.alignment) {
      alignment_.values.push_back(is_complete ? x : std::numeric_limits<float>::quiet_NaN());
    }
  }

  template <class Define>
  void define_settlement(const Define& column) {
    const ArrayDimension issue = file_.dimension("issue", frame_.war.issues.size());
    const ArrayDimension round = file_.dimension("round", at(shape_.rounds + 1));
    file_.labels("issue", issue, "issue of the talks", frame_.war.issues);
    const std::vector<ArrayDimension> rounds = {issue, round};
    const std::vector<ArrayDimension> times = {issue, frame_.time};
    const std::vector<ArrayDimension> actors = {issue, frame_.actor, frame_.time};
    column(settlement_[0], "settlement_round_median", float64, rounds,
           "weighted median of the positions after each round, on the last day", "1");
    column(settlement_[1], "settlement_round_mean", float64, rounds,
           "weighted mean of the positions after each round, on the last day", "1");
    column(settlement_[2], "settlement_median", float64, times, "predicted settlement: weighted median", "1");
    column(settlement_[3], "settlement_mean", float64, times, "predicted settlement: weighted mean", "1");
    column(settlement_[4], "settlement_position", float64, actors, "position of the actor after the last round", "1");
    column(settlement_[5], "settlement_risk", float64, actors, "attitude of the actor to risk", "1");
    column(settlement_[6], "settlement_probability", float64, actors, "chance of the actor's position", "1");
  }

  /// Rows of the series of a kind, one after another: issues, or issues by actors.
  void add_settlement(const Run& run, bool is_complete) {
    const std::size_t n_times = frame_.time.length;
    const auto last_day = [&](std::size_t where) { return is_complete ? run.settlement[where] : kAbsent; };
    const auto add_series = [&](std::size_t column, std::size_t row) {
      for (std::size_t t = 0; t < n_times; ++t) {
        const auto value = static_cast<double>(run.settlement_series[row * n_times + t]);
        settlement_[column].values.push_back(is_complete ? value : kAbsent);
      }
    };
    for (IssueIndex i = 0; i < shape_.issues; ++i) {
      for (int r = 0; r <= shape_.rounds; ++r) {
        settlement_[0].values.push_back(last_day(shape_.median(i, r)));
        settlement_[1].values.push_back(last_day(shape_.mean(i, r)));
      }
      add_series(2, shape_.series(i, SettlementSeries::median));
      add_series(3, shape_.series(i, SettlementSeries::mean));
      for (ActorIndex a = 0; a < shape_.actors; ++a) {
        add_series(4, shape_.series(i, SettlementSeries::position, a));
        add_series(5, shape_.series(i, SettlementSeries::risk, a));
        add_series(6, shape_.series(i, SettlementSeries::probability, a));
      }
    }
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
    if (takes_months_) {
      add_months(run.months, is_complete);
    }
    add_alignment(run, is_complete);
    for (WarColumn& outcome : war_outcome_) {
      for (std::size_t k = 0; k < outcome.count; ++k) {
        outcome.column.values.push_back(is_complete ? run.war_outcome[outcome.first + k] : kAbsent);
      }
    }
    if (shape_.issues > 0) {
      add_settlement(run, is_complete);
    }
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
    if (takes_months_) {
      for (auto& tally : by_month_) {
        tally.put(file_, first);
      }
    }
    if (frame_.moves_alignment) {
      alignment_.put(file_, first);
    }
    for (WarColumn& outcome : war_outcome_) {
      outcome.column.put(file_, first);
    }
    if (shape_.issues > 0) {
      for (auto& column : settlement_) {
        column.put(file_, first);
      }
    }
  }

  const Summary& summary_;
  const SettlementShape& shape_;
  const std::vector<std::string>& countries_;
  const bool takes_months_;
  std::size_t block_;
  std::uint64_t seed_of_all_;
  ArrayTarget& file_;
  Frame frame_;
  ArrayDimension dyad_, month_, country_;
  int losses_mean_ = -1, month_start_ = -1, month_days_ = -1;
  Column<std::int32_t> number_;
  Column<std::uint64_t> seed_;
  Column<std::int8_t> status_, control_;
  Column<char> fingerprint_;
  Column<float> fighters_, value_share_, alignment_;
  std::array<Column<float>, kMonthTallies.size()> by_month_;
  Column<double> draws_, losses_, effort_, harm_;
  std::array<Column<double>, kAttackTallyCount> attacks_;
  std::vector<Column<double>> outcome_ = std::vector<Column<double>>(actor_outcomes().size());  ///< [ActorOutcome]
  struct WarColumn {
    Column<double> column;
    std::size_t first = 0;  ///< in Run::war_outcome
    std::size_t count = 1;
  };
  std::vector<WarColumn> war_outcome_;        ///< of laws that may act
  std::array<Column<double>, 7> settlement_;  ///< in the order in which define_settlement names them
};

/// [actor][time] as [time][actor].
std::vector<float> by_time(const std::vector<float>& by_actor, std::size_t n_actors) {
  const std::size_t n_times = by_actor.size() / n_actors;
  std::vector<float> out(by_actor.size());
  for (std::size_t a = 0; a < n_actors; ++a) {
    for (std::size_t t = 0; t < n_times; ++t) {
      out[t * n_actors + a] = by_actor[a * n_times + t];
    }
  }
  return out;
}

/// NetCDF takes some relative names for addresses on the network.
std::filesystem::path whole_path(const std::filesystem::path& path) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::absolute(path, error);
  return error ? path : whole;
}

}  // namespace

bool takes_months(const CompiledModel& model, const Summary& summary) {
  return summary.numbers.size() * month_bytes(model, summary) <= kMostMonthBytes;
}

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

std::optional<Diagnostic> write_path_nc(const CompiledModel& model, const solver::SolveOptions& options,
                                        const ensemble::KeptRun& kept, const Provenance& provenance,
                                        const std::filesystem::path& path) {
  NewFile target(whole_path(path));
  const std::vector<int> days = solver::stored_days(model, options);
  NetcdfFile file(target.part(), kPathDays);
  Frame frame(file, model, days);
  const Run& run = kept.run;
  frame.describe(options, provenance, "One realization of an ensemble, with the state of every place.");
  file.attribute("realization", fmt::format("{}", run.number));
  file.attribute("status", solver::to_string(run.status));
  file.attribute("fingerprint", fmt::format("{:0{}x}", run.fingerprint, kFingerprintDigits));
  const std::vector<ArrayDimension> state = {frame.time, frame.place, frame.actor};
  const std::vector<ArrayDimension> totals = {frame.time, frame.actor};
  const int fighters = file.variable("fighters", float32, state, "fighters of the actor at the place", "1");
  const int support =
      file.variable("support", float32, state, "share of the people of the place that support the actor", "1");
  const int total =
      file.variable("total_fighters", float32, totals, "fighters of the actor, columns on the road included", "1");
  const int value =
      file.variable("value_share", float32, totals, "share of the value of all places that the actor holds", "1");
  const int control = frame.control({frame.place, frame.time});
  const int draws = file.variable("draws", float64, {frame.parameter},
                                  "value drawn for the parameter, in the unit that parameter_unit names");
  file.attribute(draws, "coordinates", "parameter_unit");
  for (const int v : {fighters, support}) {
    file.attribute(v, "coordinates", "latitude longitude place_name actor_name actor_kind");
  }
  for (const int v : {total, value}) {
    file.attribute(v, "coordinates", "actor_name actor_kind");
  }
  file.end_definitions();
  frame.put_coordinates();
  file.put(fighters, state, 0, std::span<const float>(kept.path.fighters));
  file.put(support, state, 0, std::span<const float>(kept.path.support));
  file.put(total, totals, 0, std::span<const float>(by_time(run.fighters, frame.actor.length)));
  file.put(value, totals, 0, std::span<const float>(by_time(run.value_share, frame.actor.length)));
  file.put(control, {frame.place, frame.time}, 0, std::span<const std::int8_t>(run.control));
  file.put(draws, {frame.parameter}, 0, std::span<const double>(run.draws));
  if (const std::string failure = file.close(); !failure.empty()) {
    return cannot_write(path, failure);
  }
  return target.commit();
}

}  // namespace truel::output
