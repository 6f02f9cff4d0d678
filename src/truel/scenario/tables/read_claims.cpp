// The ledger: claims.csv, the topics on which claims agree or differ, and the names that sources use.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

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

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower;
}

}  // namespace

Ids Reader::parties() const {
  std::vector<std::string> names = actors_.names;
  names.insert(names.end(), commands_.names.begin(), commands_.names.end());
  for (const Sponsor& sponsor : war_.sponsors) {
    names.push_back(sponsor.sponsor);
  }
  Ids ids;
  ids.set(std::move(names));
  ids.is_whole = actors_.is_whole && commands_.is_whole && mistakes_.count(package_.label("sponsors.csv")) == 0;
  return ids;
}

void Reader::check_party(const Table& table, const CsvCell& cell, const Ids& known) {
  if (!cell.text.empty()) {
    reference(known, table, cell, "party", "actors.csv, commands.csv or, as a sponsor, to sponsors.csv");
  }
}

std::vector<Position> Reader::read_positions(const Table& table, const CsvCell& cell) {
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
      mistakes_.add(table.at(cell), "malformed position " + in_quotes(part),
                    "write TOPIC: for, TOPIC: against or TOPIC: doubts, and `;` between several");
      continue;
    }
    if (topics_.find(topic) == kNone) {
      if (topics_.is_whole) {
        mistakes_.add(table.at(cell), "unknown topic " + in_quotes(topic),
                      mistakes_.did_you_mean(topic, topics_.names, "add it to topics.csv"));
      }
      continue;
    }
    const bool is_twice =
        std::any_of(positions.begin(), positions.end(), [&](const Position& p) { return p.topic == topic; });
    if (is_twice) {
      mistakes_.add(table.at(cell), "two positions on the topic " + in_quotes(topic), "remove one");
      continue;
    }
    positions.push_back({std::string(topic), static_cast<Stand>(stand - kStands.begin())});
  }
  return positions;
}

void Reader::read_topics(const Table& table) {
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (topic_rows_[r] == kNone) {
      continue;
    }
    const CsvCell statement = table.cell(row, "statement");
    if (statement.text.empty() && table.has("statement")) {
      mistakes_.add(table.at(statement), "a topic without a statement",
                    "write the sentence that claims are for or against");
    }
    war_.topics.push_back({topics_.names[at(topic_rows_[r])], std::string(statement.text)});
  }
  std::sort(war_.topics.begin(), war_.topics.end(), [](const Topic& a, const Topic& b) { return a.id < b.id; });
}

void Reader::read_aliases(const Table& table) {
  Ids known = parties();
  std::vector<std::string> names = std::move(known.names);
  names.insert(names.end(), places_.names.begin(), places_.names.end());
  known.set(std::move(names));
  known.is_whole = known.is_whole && places_.is_whole;
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("name") || !table.has("id")) {
      continue;
    }
    const CsvCell name = table.cell(row, "name");
    const CsvCell id = table.cell(row, "id");
    if (trimmed(name.text).empty()) {
      mistakes_.add(table.at(name), "an alias without a name", "write the name as sources do");
      continue;
    }
    const bool is_first = unique(seen, lower_case(name.text), "name " + in_quotes(name.text), table.at(name),
                                 "a name stands for one id, whatever its case; remove one");
    const bool is_known =
        reference(known, table, id, "id", "actors.csv, commands.csv, sponsors.csv or places.csv") != kNone;
    if (is_first && is_known) {
      war_.aliases.push_back({std::string(name.text), std::string(id.text)});
    }
  }
  std::sort(war_.aliases.begin(), war_.aliases.end(), [](const Alias& a, const Alias& b) { return a.name < b.name; });
}

void Reader::read_claims(const Table& table) {
  const Ids known_parties = parties();
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (claim_rows_[r] == kNone) {
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
      mistakes_.add(table.at(source), "a claim without a source", "name an entry of sources.json");
    } else if (table.has("source")) {
      reference(sources_, table, source, "source", "sources.json");
    }
    if (table.has("statement") && claim.statement.empty()) {
      mistakes_.add(table.at(table.cell(row, "statement")), "a claim without a statement",
                    "say in your own words what is claimed");
    }
    if (const CsvCell paragraph = table.cell(row, "paragraph"); !paragraph.text.empty()) {
      const char* end = paragraph.text.data() + paragraph.text.size();
      const auto [stop, error] = std::from_chars(paragraph.text.data(), end, claim.paragraph);
      if (error != std::errc() || stop != end || claim.paragraph < 1) {
        mistakes_.add(table.at(paragraph), "malformed paragraph " + in_quotes(paragraph.text),
                      "write a whole number from 1");
      }
    }
    if (const CsvCell kind = table.cell(row, "kind"); !kind.text.empty()) {
      choice(table, kind, "kind", kClaimKinds);
    }
    if (const CsvCell stance = table.cell(row, "stance"); !stance.text.empty()) {
      choice(table, stance, "stance", kStances);
    }
    if (const CsvCell place = table.cell(row, "place_id"); !place.text.empty()) {
      reference(places_, table, place, "place", "places.csv");
    }
    for (const std::string_view column : {"subject", "object"}) {
      check_party(table, table.cell(row, column), known_parties);
    }
    claim.positions = read_positions(table, table.cell(row, "positions"));
    for (const std::string_view column : {"from_date", "to_date"}) {
      const CsvCell cell = table.cell(row, column);
      if (!cell.text.empty() && !is_partial_date(cell.text)) {
        mistakes_.add(table.at(cell), "impossible date " + in_quotes(cell.text), "write YYYY-MM-DD, YYYY-MM or YYYY");
      }
    }
    std::optional<double> ends[2];
    const std::array<std::string_view, 2> columns{"low", "high"};
    for (std::size_t i = 0; i < 2; ++i) {
      if (const CsvCell cell = table.cell(row, columns.at(i)); !cell.text.empty()) {
        ends[i] = plain_number(table, cell, columns.at(i), -kGreatestClaim, kGreatestClaim);
      }
    }
    if (ends[0] && ends[1] && *ends[0] > *ends[1]) {
      mistakes_.add(table.at(table.cell(row, "high")), "a range upside down: low is above high", "swap low and high");
    }
    war_.claims.push_back(std::move(claim));
  }
  std::sort(war_.claims.begin(), war_.claims.end(), [](const Claim& a, const Claim& b) { return a.id < b.id; });
}

}  // namespace truel::scenario
