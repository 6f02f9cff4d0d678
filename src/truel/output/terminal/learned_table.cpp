#include "truel/output/terminal/learned_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/model/index_of.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/terminal/table_layout.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

constexpr std::size_t kMostTold = 4;

/// "isis - kurds_sdf" by the names of those that are actors.
std::string dyad_name(const War& war, const std::string& dyad) {
  constexpr std::string_view kBetween = " - ";
  const std::size_t middle = dyad.find(kBetween);
  const auto side = [&](const std::string& id) {
    const ActorIndex actor = index_of(war.actors, id);
    return actor == kNone ? printable(id) : short_name(war, actor);
  };
  return side(dyad.substr(0, middle)) + " and " + side(dyad.substr(middle + kBetween.size()));
}

/// Adds a table of the rows of the first account whose factors lie farthest from 1.
template <class Row, class NameOf>
void add_farthest(TextTable& out, std::vector<Row> rows, const char* words, const char* head, const NameOf& name_of) {
  if (rows.empty()) {
    return;
  }
  std::erase_if(rows, [account = rows.front().account](const Row& row) { return row.account != account; });
  const std::size_t all = rows.size();
  const auto distance = [](const Row& row) { return std::abs(math::log(row.median)); };
  std::stable_sort(rows.begin(), rows.end(), [&](const Row& x, const Row& y) { return distance(x) > distance(y); });
  rows.resize(std::min(all, kMostTold));
  out.text(
      fmt::format("{}, as learned by {} (the farthest from 1 of {}):", words, long_date(rows.front().origin), all));
  const auto factor = [](double x) { return x < 10 ? fmt::format("{:#.2g}", x) : fmt::format("{:.0f}", x); };
  out.table(rows, std::vector<TextTable::Of<Row>>{
                      {head, name_of},
                      {"Factor", [&](const Row& row) { return factor(row.median); }},
                      {"90 % of runs", [&](const Row& row) { return factor(row.low) + "–" + factor(row.high); }}});
}

}  // namespace

std::string learned_table(const record::AnalysisFindings& learned, const War& war, int columns_wide) {
  TextTable out(columns_wide);
  add_farthest(out, learned.pairs, "How many two sides kill of each other, against what the package says", "Pair",
               [&](const record::LearnedLethality& pair) { return dyad_name(war, pair.dyad); });
  if (!learned.pairs.empty() && !learned.places.empty()) {
    out.blank();
  }
  add_farthest(out, learned.places, "How strong the holder of a place is, against what the package says", "Place",
               [&](const record::LearnedDefence& place) { return printable(war.places[at(place.place)].name); });
  return std::move(out).take();
}

}  // namespace truel::output
