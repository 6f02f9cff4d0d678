#include "truel/scenario/formats/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "truel/base/formats/plain_text.hpp"

namespace truel::scenario {
namespace {

constexpr bool kNeeded = true;

constexpr std::array kActorColumns = std::to_array<ColumnInfo>(
    {{"id", kNeeded}, {"name"}, {"kind"}, {"command"}, {"ucdp_id"}, {"record_code"}, {"colour"}});
constexpr std::array kCommandColumns = std::to_array<ColumnInfo>({{"id", kNeeded}, {"name"}});
constexpr std::array kPlaceColumns = std::to_array<ColumnInfo>({{"place_id", kNeeded},
                                                                {"name"},
                                                                {"country"},
                                                                {"admin1"},
                                                                {"latitude", kNeeded},
                                                                {"longitude", kNeeded},
                                                                {"city"},
                                                                {"kind"},
                                                                {"terrain"},
                                                                {"entry"},
                                                                {"geonames_id"},
                                                                {"note"}});
constexpr std::array kLinkColumns = std::to_array<ColumnInfo>({{"a", kNeeded}, {"b", kNeeded}, {"terrain"}, {"road"}});
constexpr std::array kControlColumns = std::to_array<ColumnInfo>({{"place_id", kNeeded},
                                                                  {"from_date", kNeeded},
                                                                  {"to_date", kNeeded},
                                                                  {"controller", kNeeded},
                                                                  {"confidence"},
                                                                  {"source"},
                                                                  {"note"}});
constexpr std::array kDatedColumns =
    std::to_array<ColumnInfo>({{"actor", kNeeded}, {"place_id", kNeeded}, {"date", kNeeded}});
constexpr std::array kTieColumns = std::to_array<ColumnInfo>({{"a", kNeeded}, {"b", kNeeded}});
constexpr std::array kSponsorColumns =
    std::to_array<ColumnInfo>({{"recipient", kNeeded}, {"sponsor", kNeeded}, {"from_date"}, {"to_date"}});
constexpr std::array kPositionColumns = std::to_array<ColumnInfo>({{"actor", kNeeded}, {"issue", kNeeded}});
constexpr std::array kInterventionColumns = std::to_array<ColumnInfo>({{"id", kNeeded},
                                                                       {"date", kNeeded},
                                                                       {"date_basis"},
                                                                       {"action", kNeeded},
                                                                       {"path"},
                                                                       {"actor"},
                                                                       {"place_id"},
                                                                       {"other"},
                                                                       {"dissenters"},
                                                                       {"note"}});
constexpr std::array kClaimColumns = std::to_array<ColumnInfo>({{"id", kNeeded},
                                                                {"source", kNeeded},
                                                                {"paragraph"},
                                                                {"speaker"},
                                                                {"kind"},
                                                                {"subject"},
                                                                {"object"},
                                                                {"place_id"},
                                                                {"from_date"},
                                                                {"to_date"},
                                                                {"low"},
                                                                {"high"},
                                                                {"unit"},
                                                                {"stance"},
                                                                {"positions"},
                                                                {"statement", kNeeded}});
constexpr std::array kTopicColumns = std::to_array<ColumnInfo>({{"id", kNeeded}, {"statement", kNeeded}});
constexpr std::array kAliasColumns = std::to_array<ColumnInfo>({{"name", kNeeded}, {"id", kNeeded}});

constexpr std::array kDeathScoreColumns = std::to_array<ColumnInfo>({{"from_date", kNeeded},
                                                                     {"to_date", kNeeded},
                                                                     {"score", kNeeded},
                                                                     {"model", kNeeded},
                                                                     {"account"},
                                                                     {"value", kNeeded},
                                                                     {"difference"},
                                                                     {"low"},
                                                                     {"high"},
                                                                     {"against"},
                                                                     {"pairs", kNeeded},
                                                                     {"months", kNeeded},
                                                                     {"runs", kNeeded}});

constexpr std::array kForceNumbers =
    std::to_array<ParameterInfo>({{"fighters", "fighters", kAbsent, 0, 1e12, "paper strength"}});
constexpr std::array kSupportNumbers =
    std::to_array<ParameterInfo>({{"share", "share", kAbsent, 0, 1, "part of the people that supports the actor"}});
constexpr std::array kInterventionNumbers = std::to_array<ParameterInfo>(
    {{"value", "of the path, fighters, or alignment", kAbsent, -kUnbounded, kUnbounded,
      "set, realign: the new value; arrive, leave: how many come or go; pledge, merge: 0 if it does not happen"},
     {"compliance", "share", 1, 0, 1, "realign, pledge, merge: of the actor's fighters, those who follow it"},
     {"on", "switch", 1, 0, 1, "whether it happens at all"}});

const std::array kTables = std::to_array<TableInfo>({
    {"actors.csv", Need::always, kActorColumns, actor_parameters()},
    {"commands.csv", Need::never, kCommandColumns, command_parameters()},
    {"places.csv", Need::with_a_map, kPlaceColumns, place_parameters()},
    {"links.csv", Need::never, kLinkColumns, link_parameters()},
    {"control.csv", Need::with_a_map, kControlColumns, {}, false},
    {"forces.csv", Need::with_a_map, kDatedColumns, kForceNumbers},
    {"support.csv", Need::never, kDatedColumns, kSupportNumbers},
    {"ties.csv", Need::never, kTieColumns, tie_parameters()},
    {"sponsors.csv", Need::never, kSponsorColumns, sponsor_parameters()},
    {"positions.csv", Need::never, kPositionColumns, position_parameters()},
    {"interventions.csv", Need::never, kInterventionColumns, kInterventionNumbers},
    {"claims.csv", Need::never, kClaimColumns, {}, false},
    {"topics.csv", Need::never, kTopicColumns, {}, false},
    {"aliases.csv", Need::never, kAliasColumns, {}, false},
    {"death_scores.csv", Need::never, kDeathScoreColumns, {}, false},
});

bool is_needed_number(const TableInfo& info) {
  return info.file == "commands.csv" || info.file == "forces.csv" || info.file == "support.csv" ||
         info.file == "positions.csv" || info.file == "interventions.csv";
}

bool has_map(const PackageFiles& package) {
  constexpr std::array files =
      std::to_array<std::string_view>({"places.csv", "links.csv", "control.csv", "forces.csv", "support.csv"});
  return std::any_of(files.begin(), files.end(), [&](std::string_view file) { return package.find(file) != nullptr; });
}

/// Names of all columns that a table may have.
std::vector<std::string> known_columns(const TableInfo& info) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : info.columns) {
    names.emplace_back(column.name);
  }
  for (const ParameterInfo& number : info.numbers) {
    names.emplace_back(number.name);
  }
  if (info.has_basis) {
    names.emplace_back("basis");
    for (const ParameterInfo& number : info.numbers) {
      names.push_back(std::string(number.name) + "_basis");
    }
  }
  return names;
}

}  // namespace

std::span<const ParameterInfo> force_numbers() {
  return kForceNumbers;
}
std::span<const ParameterInfo> support_numbers() {
  return kSupportNumbers;
}
std::span<const ParameterInfo> intervention_numbers() {
  return kInterventionNumbers;
}
std::span<const TableInfo> tables() {
  return kTables;
}

const TableInfo& table_info(std::string_view file) {
  const auto found = std::find_if(kTables.begin(), kTables.end(), [&](const TableInfo& t) { return t.file == file; });
  TRUEL_CHECK(found != kTables.end());
  return *found;
}

Table::Table(const TableInfo& info, const PackageFiles& package, Mistakes& mistakes)
    : label_(package.label(info.file)) {
  const PackageFile* file = package.find(info.file);
  if (file == nullptr) {
    const bool is_needed = info.need == Need::always || (info.need == Need::with_a_map && has_map(package));
    // A file that is there but could not be loaded has been reported.
    const bool is_reported = mistakes.count(label_) > 0;
    if (is_needed && !is_reported) {
      mistakes.add({label_}, "missing file",
                   fmt::format("every package {}needs it; `truel new DIR` writes an example",
                               info.need == Need::always ? "" : "with a map "));
    }
    is_whole_ = !is_needed && !is_reported;
    return;
  }
  is_present_ = true;
  if (const auto text = text_of(file->bytes, label_, mistakes)) {
    csv_ = parse_csv(*text, label_, mistakes);
    is_whole_ = mistakes.count(label_) == 0;
    find_columns(info, mistakes);
  }
}

void Table::find_columns(const TableInfo& info, Mistakes& mistakes) {
  const std::vector<std::string> known = known_columns(info);
  std::vector<std::string> absent;
  for (const std::string& name : known) {
    const bool is_there =
        std::any_of(csv_.header.begin(), csv_.header.end(), [&](const CsvCell& cell) { return cell.text == name; });
    if (!is_there) {
      absent.push_back(name);
    }
  }
  if (csv_.header.size() == 1 && csv_.header[0].text.find_first_of(";\t") != std::string_view::npos) {
    mistakes.add(at(csv_.header[0]), "a header of one column", "separate the columns with commas");
    is_whole_ = false;
    csv_.rows.clear();
    return;
  }
  for (std::size_t i = 0; i < csv_.header.size(); ++i) {
    const CsvCell& cell = csv_.header[i];
    if (std::find(known.begin(), known.end(), cell.text) == known.end()) {
      mistakes.add(at(cell), cell.text.empty() ? "a column without a name" : "unknown column " + in_quotes(cell.text),
                   cell.text.empty() ? "name it, or remove it"
                                     : mistakes.did_you_mean(cell.text, absent,
                                                             "the columns of this table are listed in "
                                                             "docs/scenario-format.md and docs/parameters.md"));
    } else if (const auto [first, is_new] = index_.try_emplace(std::string(cell.text), i); !is_new) {
      mistakes.add(at(cell), "column " + in_quotes(cell.text) + " is there twice", "remove or rename one");
    }
    constexpr std::string_view kBasis = "_basis";
    if (cell.text.ends_with(kBasis) && info.has_basis) {
      const std::string_view number = cell.text.substr(0, cell.text.size() - kBasis.size());
      const bool is_alone = std::find(absent.begin(), absent.end(), number) != absent.end();
      if (is_alone) {
        mistakes.add(at(cell), fmt::format("column {} without the column {}", in_quotes(cell.text), in_quotes(number)),
                     "add the numbers that it is the basis of, or remove it");
      }
    }
  }
  const auto need = [&](std::string_view name) {
    if (!index_.contains(name)) {
      mistakes.add({label_, csv_.header.empty() ? 1 : csv_.header[0].line, 1}, "no column " + in_quotes(name),
                   "add it to the header");
      is_whole_ = false;
    }
  };
  for (const ColumnInfo& column : info.columns) {
    if (column.is_needed) {
      need(column.name);
    }
  }
  if (is_needed_number(info)) {
    need(info.numbers[0].name);
  }
}

CsvCell Table::cell(const CsvRow& row, std::string_view column) const {
  const auto found = index_.find(column);
  if (found == index_.end() || found->second >= row.n_cells) {
    return {{}, row.line, 1};
  }
  return csv_.cells[row.first + found->second];
}

}  // namespace truel::scenario
