#include "truel/output/tables/month_realizations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "truel/base/month.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"
#include "truel/output/tables/tables.hpp"

namespace truel::output {
namespace {

using solver::MonthTallyInfo;

/// Rows of one realization.
class MonthRows {
 public:
  MonthRows(const CompiledModel& model, const ensemble::Summary& summary)
      : model_(model), months_(summary.months.months) {
    for (ActorIndex a = 0; a < model.n_actors(); ++a) {
      actors_.push_back(csv_cell(holder_id(model.war(), a)));
    }
    for (const std::string& country : model.countries()) {
      countries_.push_back(csv_cell(country));
    }
    for (PlaceIndex p = 0; p < model.n_places(); ++p) {
      places_.push_back(csv_cell(place_id(model.war(), p)));
    }
  }

  std::string of_dyads(const solver::Run& run) const {
    std::string out;
    for (std::size_t month = 0, entry = 0; month < months_.size(); ++month) {
      for (const std::string& country : countries_) {
        for (const std::string& attacker : actors_) {
          for (const std::string& target : actors_) {
            add_row<MonthTallyInfo::Of::dyad_and_country>(
                run, month, entry++, [&] { return fmt::format("{},{},{}", attacker, target, country); }, out);
          }
        }
      }
    }
    return out;
  }

  std::string of_places(const solver::Run& run) const {
    std::string out;
    for (std::size_t month = 0, entry = 0; month < months_.size(); ++month) {
      for (std::size_t p = 0; p < places_.size(); ++p) {
        add_row<MonthTallyInfo::Of::place>(
            run, month, entry++,
            [&] { return fmt::format("{},{}", places_[p], csv_cell(model_.war().places[p].country)); }, out);
      }
    }
    return out;
  }

  std::string of_actors(const solver::Run& run) const {
    std::string out;
    for (std::size_t month = 0, entry = 0; month < months_.size(); ++month) {
      for (const std::string& actor : actors_) {
        add_row<MonthTallyInfo::Of::actor>(
            run, month, entry++, [&] { return actor; }, out);
      }
    }
    return out;
  }

 private:
  /// Nothing where all tallies are 0. name: writes whose row it is.
  template <MonthTallyInfo::Of kOf, class Name>
  void add_row(const solver::Run& run, std::size_t month, std::size_t entry, const Name& name, std::string& out) const {
    constexpr auto& kTallies = solver::kMonthTalliesOf<kOf>;
    const auto value = [&](const MonthTallyInfo& tally) { return (run.months.*tally.values)[entry]; };
    if (std::all_of(kTallies.begin(), kTallies.end(), [&](const MonthTallyInfo& t) { return value(t) == 0; })) {
      return;
    }
    out += fmt::format("{},{},{}", run.number, format_month(months_[month].month), name());
    for (const MonthTallyInfo& tally : kTallies) {
      out += ',' + csv_cell(static_cast<double>(value(tally)));
    }
    out += '\n';
  }

  const CompiledModel& model_;
  const std::vector<MonthSpan>& months_;
  std::vector<std::string> actors_, countries_, places_;
};

template <MonthTallyInfo::Of kOf>
std::string head(std::string_view whose) {
  std::string text = fmt::format("realization,month,{}", whose);
  for (const MonthTallyInfo& tally : solver::kMonthTalliesOf<kOf>) {
    text += fmt::format(",{}", tally.name);
  }
  return text + '\n';
}

}  // namespace

std::optional<Diagnostic> write_month_realizations(const CompiledModel& model, const ensemble::Summary& summary,
                                                   const ensemble::RunStore& store,
                                                   const std::filesystem::path& folder) {
  struct MonthTable {
    const char* name;
    std::string head;
    std::string (MonthRows::*rows)(const solver::Run&) const;
  };
  const std::array<MonthTable, 3> tables{{
      {"months_dyads_realizations.csv", head<MonthTallyInfo::Of::dyad_and_country>("attacker,target,country"),
       &MonthRows::of_dyads},
      {"months_places_realizations.csv", head<MonthTallyInfo::Of::place>("place,country"), &MonthRows::of_places},
      {"months_actors_realizations.csv", head<MonthTallyInfo::Of::actor>("actor"), &MonthRows::of_actors},
  }};
  const MonthRows rows(model, summary);
  solver::Run run;
  for (const MonthTable& table : tables) {
    NewFile file(folder / table.name);
    std::ofstream stream(file.part(), std::ios::binary);
    stream << table.head;
    for (const std::uint32_t number : summary.numbers) {
      store.read(number, run);
      if (run.status == solver::RunStatus::complete) {
        stream << (rows.*table.rows)(run);
      }
    }
    stream.close();
    if (!stream) {
      return cannot_write(folder / table.name, "the disk is full, or the folder went away");
    }
    if (auto failure = file.commit()) {
      return failure;
    }
  }
  return std::nullopt;
}

}  // namespace truel::output
