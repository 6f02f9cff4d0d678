// claims.csv: what sources say.

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/evidence/evidence.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"

namespace truel::scenario {
namespace {

const std::array kClaimKinds =
    std::to_array<std::string>({"quantity", "tie", "event", "intention", "causal", "accusation", "denial", "forecast"});
const std::array kStances = std::to_array<std::string>({"asserts", "denies", "doubts", "reports"});

const std::array kStands = std::to_array<std::string>({"for", "against", "doubts"});

// Sums, widths and squares of what two claims say stay finite.
constexpr double kGreatestClaim = 1e100;

/// YYYY, YYYY-MM or YYYY-MM-DD: sources often name only a year or a month.
bool is_partial_date(std::string_view text) {
  std::string whole(text);
  whole += text.size() == 4 ? "-01-01" : text.size() == 7 ? "-01" : "";
  return parse_date(whole).has_value();
}

void check_party(Context& in, const Table& table, const CsvCell& cell, const Ids& known) {
  if (!cell.text.empty()) {
    reference(in, known, table, cell, "party", "actors.csv, commands.csv or, as a sponsor, to sponsors.csv");
  }
}

std::vector<Position> positions_of(Context& in, const Table& table, const CsvCell& cell) {
  std::vector<Position> positions;
  std::string_view rest = cell.text;
  while (!rest.empty()) {
    const auto semicolon = rest.find(';');
    const std::string_view part = trimmed(rest.substr(0, semicolon));
    rest = semicolon == std::string_view::npos ? std::string_view{} : rest.substr(semicolon + 1);
    if (part.empty()) {
      continue;
    }
    const auto colon = part.find(':');
    const std::string_view topic = trimmed(part.substr(0, colon));
    const std::string_view word =
        colon == std::string_view::npos ? std::string_view{} : trimmed(part.substr(colon + 1));
    const auto stand = std::find(kStands.begin(), kStands.end(), word);
    if (stand == kStands.end()) {
      in.mistakes.add(table.at(cell), "malformed position " + in_quotes(part),
                      "write TOPIC: for, TOPIC: against or TOPIC: doubts, and `;` between several");
      continue;
    }
    if (in.topics.find(topic) == kNone) {
      if (in.topics.is_whole) {
        in.mistakes.add(table.at(cell), "unknown topic " + in_quotes(topic),
                        in.mistakes.did_you_mean(topic, in.topics.names, "add it to topics.csv"));
      }
      continue;
    }
    const bool is_twice =
        std::any_of(positions.begin(), positions.end(), [&](const Position& p) { return p.topic == topic; });
    if (is_twice) {
      in.mistakes.add(table.at(cell), "two positions on the topic " + in_quotes(topic), "remove one");
      continue;
    }
    positions.push_back({std::string(topic), static_cast<Stand>(stand - kStands.begin())});
  }
  return positions;
}

}  // namespace

Ids parties(const Context& in) {
  std::vector<std::string> names = in.actors.names;
  names.insert(names.end(), in.commands.names.begin(), in.commands.names.end());
  for (const Sponsor& sponsor : in.war.sponsors) {
    names.push_back(sponsor.sponsor);
  }
  Ids ids;
  ids.set(std::move(names));
  ids.is_whole = in.actors.is_whole && in.commands.is_whole && in.mistakes.count(in.package.label("sponsors.csv")) == 0;
  return ids;
}

TableInfo claims_table() {
  static constexpr std::array kColumns = std::to_array<ColumnInfo>({{"id", kNeeded},
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
  return {.file = "claims.csv", .columns = kColumns, .has_basis = false};
}

void read_claims(Context& in) {
  const Table& table = in.table("claims.csv");
  const Ids known_parties = parties(in);
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (in.claims.of_row[r] == kNone) {
      continue;
    }
    const auto text = [&](std::string_view column) { return std::string(table.cell(row, column).text); };
    Claim claim{.id = text("id"),
                .source = text("source"),
                .speaker = text("speaker"),
                .kind = text("kind"),
                .subject = text("subject"),
                .object = text("object"),
                .place = text("place_id"),
                .from_date = text("from_date"),
                .to_date = text("to_date"),
                .unit = text("unit"),
                .stance = text("stance"),
                .statement = text("statement"),
                .low = text("low"),
                .high = text("high")};
    const CsvCell source = table.cell(row, "source");
    if (table.has("source") && source.text.empty()) {
      in.mistakes.add(table.at(source), "a claim without a source", "name an entry of sources.json");
    } else if (table.has("source")) {
      reference(in, in.sources, table, source, "source", "sources.json");
    }
    if (table.has("statement") && claim.statement.empty()) {
      in.mistakes.add(table.at(table.cell(row, "statement")), "a claim without a statement",
                      "say in your own words what is claimed");
    }
    if (const CsvCell paragraph = table.cell(row, "paragraph"); !paragraph.text.empty()) {
      const char* end = paragraph.text.data() + paragraph.text.size();
      const auto [stop, error] = std::from_chars(paragraph.text.data(), end, claim.paragraph);
      if (error != std::errc() || stop != end || claim.paragraph < 1) {
        in.mistakes.add(table.at(paragraph), "malformed paragraph " + in_quotes(paragraph.text),
                        "write a whole number from 1");
      }
    }
    if (const CsvCell kind = table.cell(row, "kind"); !kind.text.empty()) {
      read_choice(in, table, kind, "kind", kClaimKinds);
    }
    if (const CsvCell stance = table.cell(row, "stance"); !stance.text.empty()) {
      read_choice(in, table, stance, "stance", kStances);
    }
    if (const CsvCell place = table.cell(row, "place_id"); !place.text.empty()) {
      reference(in, in.places, table, place, "place", "places.csv");
    }
    for (const std::string_view column : {"subject", "object"}) {
      check_party(in, table, table.cell(row, column), known_parties);
    }
    claim.positions = positions_of(in, table, table.cell(row, "positions"));
    for (const std::string_view column : {"from_date", "to_date"}) {
      const CsvCell cell = table.cell(row, column);
      if (!cell.text.empty() && !is_partial_date(cell.text)) {
        in.mistakes.add(table.at(cell), "impossible date " + in_quotes(cell.text), "write YYYY-MM-DD, YYYY-MM or YYYY");
      }
    }
    const CsvCell from = table.cell(row, "from_date");
    const CsvCell to = table.cell(row, "to_date");
    const std::size_t both = std::min(from.text.size(), to.text.size());  // 2016 to 2016-05 begins before it ends
    if (both > 0 && from.text.substr(0, both) > to.text.substr(0, both)) {
      in.mistakes.add(table.at(to), "a claim that ends before it begins", "swap from_date and to_date");
    }
    std::optional<double> ends[2];
    const std::array<std::string_view, 2> columns{"low", "high"};
    for (std::size_t i = 0; i < 2; ++i) {
      if (const CsvCell cell = table.cell(row, columns.at(i)); !cell.text.empty()) {
        ends[i] = plain_number(in, table, cell, columns.at(i), -kGreatestClaim, kGreatestClaim);
      }
    }
    if (ends[0] && ends[1] && *ends[0] > *ends[1]) {
      in.mistakes.add(table.at(table.cell(row, "high")), "a range upside down: low is above high", "swap low and high");
    }
    in.war.claims.push_back(std::move(claim));
  }
  std::sort(in.war.claims.begin(), in.war.claims.end(), [](const Claim& a, const Claim& b) { return a.id < b.id; });
}

}  // namespace truel::scenario
