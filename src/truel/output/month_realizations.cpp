#include "truel/output/month_realizations.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "truel/base/month.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/files.hpp"
#include "truel/output/tables.hpp"

namespace truel::output {
namespace {

std::string number_cell(float x) {
  return csv_cell(static_cast<double>(x));
}

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
    const float* losses = run.months.losses.data();
    for (std::size_t month = 0; month < months_.size(); ++month) {
      for (const std::string& country : countries_) {
        for (const std::string& attacker : actors_) {
          for (const std::string& target : actors_) {
            if (const float killed = *losses++; killed != 0) {
              out += fmt::format("{},{},{},{},{},{}\n", run.number, name_of(month), attacker, target, country,
                                 number_cell(killed));
            }
          }
        }
      }
    }
    return out;
  }

  std::string of_places(const solver::Run& run) const {
    std::string out;
    for (std::size_t month = 0, entry = 0; month < months_.size(); ++month) {
      for (std::size_t p = 0; p < places_.size(); ++p, ++entry) {
        const float losses = run.months.place_losses[entry];
        const float harm = run.months.place_harm[entry];
        const float changes = run.months.changes[entry];
        if (losses != 0 || harm != 0 || changes != 0) {
          out += fmt::format("{},{},{},{},{},{},{}\n", run.number, name_of(month), places_[p],
                             csv_cell(model_.war().places[p].country), number_cell(losses), number_cell(harm),
                             number_cell(changes));
        }
      }
    }
    return out;
  }

  std::string of_actors(const solver::Run& run) const {
    std::string out;
    for (std::size_t month = 0, entry = 0; month < months_.size(); ++month) {
      for (std::size_t a = 0; a < actors_.size(); ++a, ++entry) {
        if (const float harm = run.months.harm[entry]; harm != 0) {
          out += fmt::format("{},{},{},{}\n", run.number, name_of(month), actors_[a], number_cell(harm));
        }
      }
    }
    return out;
  }

 private:
  std::string name_of(std::size_t month) const { return format_month(months_[month].month); }

  const CompiledModel& model_;
  const std::vector<MonthSpan>& months_;
  std::vector<std::string> actors_, countries_, places_;
};

}  // namespace

std::optional<Diagnostic> write_month_realizations(const CompiledModel& model, const ensemble::Summary& summary,
                                                   const ensemble::RunStore& store,
                                                   const std::filesystem::path& folder) {
  struct Table {
    const char* name;
    const char* head;
    std::string (MonthRows::*rows)(const solver::Run&) const;
  };
  constexpr std::array<Table, 3> kTables{{
      {"months_dyads_realizations.csv", "realization,month,attacker,target,country,losses\n", &MonthRows::of_dyads},
      {"months_places_realizations.csv", "realization,month,place,country,losses,harm,changes\n",
       &MonthRows::of_places},
      {"months_actors_realizations.csv", "realization,month,actor,harm\n", &MonthRows::of_actors},
  }};
  const MonthRows rows(model, summary);
  solver::Run run;
  for (const Table& table : kTables) {
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
