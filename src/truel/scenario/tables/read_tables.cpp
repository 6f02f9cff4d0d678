// The CSV tables of a package but those of the ledger of claims.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

// Stand for "always": the first and the last day that a date can be written for.
constexpr std::string_view kFirstDay = "0001-01-01";
constexpr std::string_view kLastDay = "9999-12-31";

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

template <class Row, class Key>
void sort_rows(std::vector<Row>& rows, Key key) {
  std::sort(rows.begin(), rows.end(), [&](const Row& x, const Row& y) { return key(x) < key(y); });
}

/// `word` as a sentence of the choices: "`a`, `b` or `c`".
std::string one_of(std::span<const std::string> choices) {
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == choices.size() ? " or " : ", ") + choices[i];
  }
  return text;
}

}  // namespace

int Reader::choice(const Table& table, const CsvCell& cell, std::string_view what,
                   std::span<const std::string> choices) {
  const auto found = std::find(choices.begin(), choices.end(), cell.text);
  if (found != choices.end()) {
    return static_cast<int>(found - choices.begin());
  }
  const std::string known = "write " + one_of(choices);
  if (cell.text.empty()) {
    mistakes_.add(table.at(cell), fmt::format("no {}", what), known);
  } else {
    mistakes_.add(table.at(cell), fmt::format("unknown {} {}", what, in_quotes(cell.text)),
                  mistakes_.did_you_mean(cell.text, choices, known));
  }
  return kNone;
}

std::optional<double> Reader::plain_number(const Table& table, const CsvCell& cell, std::string_view what, double least,
                                           double greatest) {
  if (cell.text.empty()) {
    mistakes_.add(table.at(cell), fmt::format("no {}", what), "fill the cell");
    return std::nullopt;
  }
  const auto parsed = number(cell.text, table.at(cell));
  if (!parsed) {
    return std::nullopt;
  }
  if (!parsed->is_value()) {
    mistakes_.add(table.at(cell), fmt::format("{} is uncertain", what), "give it one value");
    return std::nullopt;
  }
  check_bounds(what, least, greatest, *parsed, table.at(cell));
  return parsed->a;
}

void Reader::read_commands(const Table& table) {
  war_.commands.resize(commands_.names.size());
  for (std::size_t c = 0; c < commands_.names.size(); ++c) {
    war_.commands[c].id = war_.commands[c].name = commands_.names[c];
  }
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (command_rows_[r] == kNone) {
      continue;
    }
    Command& command = war_.commands[at(command_rows_[r])];
    if (const CsvCell name = table.cell(row, "name"); !name.text.empty()) {
      command.name = name.text;
    }
    if (const CsvCell doctrine = table.cell(row, "doctrine"); table.has("doctrine") && doctrine.text.empty()) {
      choice(table, doctrine, "doctrine", words_of(command_parameters()[0].words));
    }
    read_numbers(table, row, command_parameters(), "commands." + command.id + ".");
  }
}

void Reader::read_actors(const Table& table) {
  static const std::array kinds = std::to_array<std::string>({"ground", "air"});
  war_.actors.resize(actors_.names.size());
  actor_where_.assign(actors_.names.size(), {table.label()});
  std::vector<std::string> command_of(actors_.names.size());
  for (std::size_t a = 0; a < actors_.names.size(); ++a) {
    war_.actors[a].id = war_.actors[a].name = command_of[a] = actors_.names[a];
  }
  const bool has_commands = package_.find("commands.csv") != nullptr;
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (actor_rows_[r] == kNone) {
      continue;
    }
    Actor& actor = war_.actors[at(actor_rows_[r])];
    actor_where_[at(actor_rows_[r])] = table.at(table.cell(row, "id"));
    if (const CsvCell name = table.cell(row, "name"); !name.text.empty()) {
      actor.name = name.text;
    }
    if (const CsvCell kind = table.cell(row, "kind"); !kind.text.empty()) {
      actor.kind = choice(table, kind, "kind", kinds) == 1 ? ActorKind::air : ActorKind::ground;
    }
    actor.ucdp_id = table.cell(row, "ucdp_id").text;
    actor.record_code = table.cell(row, "record_code").text;
    actor.colour = table.cell(row, "colour").text;
    if (!actor.colour.empty() && !is_colour(actor.colour)) {
      mistakes_.add(table.at(table.cell(row, "colour")), "invalid colour " + in_quotes(actor.colour),
                    "write # and six hexadecimal digits, as #1f78b4");
    }
    if (const CsvCell command = table.cell(row, "command"); !command.text.empty() && command.text != actor.id) {
      if (has_commands) {
        if (reference(commands_, table, command, "command", "commands.csv") != kNone) {
          command_of[at(actor_rows_[r])] = command.text;
        }
      } else {
        mistakes_.add(table.at(command), "command " + in_quotes(command.text) + " without commands.csv",
                      "add commands.csv, or leave the cell empty: each actor is then its own command");
      }
    }
    read_numbers(table, row, actor_parameters(), "actors." + actor.id + ".");
  }
  // An actor that names no command is its own.
  std::vector<std::string> all = commands_.names;
  for (const std::string& id : command_of) {
    if (commands_.find(id) == kNone) {
      all.push_back(id);
      war_.commands.push_back({.id = id, .name = war_.actors[at(actors_.find(id))].name});
    }
  }
  commands_.set(std::move(all));
  sort_rows(war_.commands, [](const Command& c) { return std::string_view(c.id); });
  for (std::size_t a = 0; a < command_of.size(); ++a) {
    war_.actors[a].command = commands_.find(command_of[a]);
  }
}

void Reader::read_places(const Table& table) {
  war_.places.resize(places_.names.size());
  place_where_.assign(places_.names.size(), {table.label()});
  for (std::size_t p = 0; p < places_.names.size(); ++p) {
    war_.places[p].id = war_.places[p].name = places_.names[p];
  }
  std::vector<std::pair<int, std::string>> city_of;
  for (std::size_t r = 0; r < table.rows().size(); ++r) {
    const CsvRow& row = table.rows()[r];
    if (place_rows_[r] == kNone) {
      continue;
    }
    Place& place = war_.places[at(place_rows_[r])];
    place_where_[at(place_rows_[r])] = table.at(table.cell(row, "place_id"));
    if (const CsvCell name = table.cell(row, "name"); !name.text.empty()) {
      place.name = name.text;
    }
    place.country = table.cell(row, "country").text;
    place.admin1 = table.cell(row, "admin1").text;
    place.kind = table.cell(row, "kind").text;
    place.geonames_id = table.cell(row, "geonames_id").text;
    place.note = table.cell(row, "note").text;
    if (table.has("latitude")) {
      place.latitude = plain_number(table, table.cell(row, "latitude"), "latitude", -90, 90).value_or(0);
    }
    if (table.has("longitude")) {
      place.longitude = plain_number(table, table.cell(row, "longitude"), "longitude", -180, 180).value_or(0);
    }
    if (const CsvCell city = table.cell(row, "city"); !city.text.empty()) {
      is_good_id(city.text, false, table.at(city), "city");
      city_of.emplace_back(place_rows_[r], city.text);
    }
    if (const CsvCell terrain = table.cell(row, "terrain"); !terrain.text.empty()) {
      place.terrain = reference(terrains_, table, terrain, "terrain", "scenario.toml as a table [terrain.ID]");
    }
    if (const CsvCell entry = table.cell(row, "entry"); !entry.text.empty()) {
      place.is_entry = entry.text == "yes";
      if (entry.text != "yes" && entry.text != "no") {
        mistakes_.add(table.at(entry), "entry is " + in_quotes(entry.text), "write yes or no");
      }
    }
    read_numbers(table, row, place_parameters(), "places." + place.id + ".");
  }
  Ids cities;
  std::vector<std::string> names;
  names.reserve(city_of.size());
  for (const auto& [place, city] : city_of) {
    names.push_back(city);
  }
  cities.set(std::move(names));
  for (const auto& [place, city] : city_of) {
    war_.places[at(place)].city = cities.find(city);
  }
}

void Reader::read_links(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("a") || !table.has("b")) {
      continue;
    }
    const CsvCell a = table.cell(row, "a");
    const CsvCell b = table.cell(row, "b");
    Link link{.a = reference(places_, table, a, "place", "places.csv"),
              .b = reference(places_, table, b, "place", "places.csv"),
              .terrain = kNone,
              .road = std::string(table.cell(row, "road").text)};
    if (const CsvCell terrain = table.cell(row, "terrain"); !terrain.text.empty()) {
      link.terrain = reference(terrains_, table, terrain, "terrain", "scenario.toml as a table [terrain.ID]");
    }
    const std::string names = fmt::format("{}.{}", a.text, b.text);
    read_numbers(table, row, link_parameters(), fmt::format("links.{}.", names));
    if (link.a == kNone || link.b == kNone) {
      continue;
    }
    if (link.a == link.b) {
      mistakes_.add(table.at(b), "a road from " + in_quotes(a.text) + " to itself", "name two places");
      continue;
    }
    const auto [first, second] = std::minmax(a.text, b.text);
    if (unique(seen, fmt::format("{}.{}", first, second), fmt::format("road between `{}` and `{}`", first, second),
               table.at(a), "a road has no direction; remove one")) {
      war_.links.push_back(std::move(link));
    }
  }
  sort_rows(war_.links, [](const Link& l) { return std::minmax({l.a, l.b}); });
}

void Reader::read_control(const Table& table) {
  has_all_spells_ = table.is_whole();
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.is_whole()) {
      continue;
    }
    const CsvCell place = table.cell(row, "place_id");
    const CsvCell controller = table.cell(row, "controller");
    const CsvCell to_cell = table.cell(row, "to_date");
    const auto from = date(table, table.cell(row, "from_date"), "from_date");
    const auto to = date(table, to_cell, "to_date");
    ControlSpell spell{.place = reference(places_, table, place, "place", "places.csv")};
    if (controller.text == "contested") {
      spell.controller = kContested;
    } else if (controller.text != "none") {
      spell.controller = reference(actors_, table, controller, "actor", "actors.csv, or write none or contested");
      if (spell.controller != kNone && war_.actors[at(spell.controller)].kind == ActorKind::air) {
        mistakes_.add(table.at(controller), "the air actor " + in_quotes(controller.text) + " holds a place",
                      "name a ground actor, none or contested");
      }
    }
    if (from && to && *from > *to) {
      mistakes_.add(table.at(to_cell), "a spell that ends before it begins", "swap from_date and to_date");
    } else if (from && to && spell.place != kNone) {
      spell.from = *from;
      spell.to = *to;
      spells_.push_back({spell, table.at(place)});
    } else {
      has_all_spells_ = false;
    }
  }
  std::stable_sort(spells_.begin(), spells_.end(), [](const Spell& x, const Spell& y) {
    return std::pair(x.spell.place, x.spell.from) < std::pair(y.spell.place, y.spell.from);
  });
  for (const Spell& s : spells_) {
    war_.control.push_back(s.spell);
  }
}

std::optional<Reader::DatedRow> Reader::read_dated_row(const Table& table, const CsvRow& row,
                                                       std::map<std::string, int>& seen, std::string_view prefix,
                                                       std::span<const ParameterInfo> infos) {
  if (!row.is_whole || !table.has("actor") || !table.has("place_id") || !table.has("date")) {
    return std::nullopt;
  }
  const CsvCell actor = table.cell(row, "actor");
  const CsvCell place = table.cell(row, "place_id");
  const CsvCell day_cell = table.cell(row, "date");
  const bool is_everywhere = place.text == "*";
  const DatedRow found{
      .actor = reference(actors_, table, actor, "actor", "actors.csv"),
      .place = is_everywhere ? kEverywhere : reference(places_, table, place, "place", "places.csv, or write *"),
      .date = date(table, day_cell, "date").value_or(kNoDay)};
  const std::string key = fmt::format("{}.{}.{}", actor.text, is_everywhere ? "all" : place.text, day_cell.text);
  const std::size_t before = given_.size();
  const CsvCell value = table.cell(row, infos[0].name);
  if (value.text.empty() && table.has(infos[0].name)) {
    mistakes_.add(table.at(value), fmt::format("no {}", infos[0].name), "write a number, 0 for none");
  }
  if (read_numbers(table, row, infos, "") == 1) {
    given_[before].path = fmt::format("{}.{}", prefix, key);
  }
  if (found.date != kNoDay) {
    dated_rows_.push_back({found.date, table.at(day_cell)});
  }
  if (found.actor == kNone || found.place == kNone || found.date == kNoDay ||
      !unique(seen, key, "row for this actor, place and date", table.at(actor), "remove one")) {
    return std::nullopt;
  }
  return found;
}

void Reader::read_forces(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    const auto found = read_dated_row(table, row, seen, "forces", force_numbers());
    if (!found) {
      continue;
    }
    if (war_.actors[at(found->actor)].kind == ActorKind::air) {
      const CsvCell actor = table.cell(row, "actor");
      mistakes_.add(table.at(actor), "forces of the air actor " + in_quotes(actor.text),
                    "give its sorties_per_day in actors.csv instead");
    }
    war_.forces.push_back({found->actor, found->place, found->date});
  }
  sort_rows(war_.forces, [](const Force& f) { return std::tuple(f.actor, f.place, f.date); });
}

void Reader::read_support(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (const auto found = read_dated_row(table, row, seen, "support", support_numbers())) {
      war_.support.push_back({found->actor, found->place, found->date});
    }
  }
  sort_rows(war_.support, [](const SupportRow& s) { return std::tuple(s.actor, s.place, s.date); });
}

void Reader::read_ties(const Table& table) {
  std::map<std::string, int> seen;
  std::map<std::pair<int, int>, std::size_t> alignment;  // pair, smaller first, to its first number in given_
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("a") || !table.has("b")) {
      continue;
    }
    const CsvCell a = table.cell(row, "a");
    const CsvCell b = table.cell(row, "b");
    const int from = reference(actors_, table, a, "actor", "actors.csv");
    const int to = reference(actors_, table, b, "actor", "actors.csv");
    const std::size_t before = given_.size();
    read_numbers(table, row, tie_parameters(), fmt::format("ties.{}.{}.", a.text, b.text));
    if (from == kNone || to == kNone ||
        !unique(seen, fmt::format("{}.{}", a.text, b.text), fmt::format("tie from `{}` to `{}`", a.text, b.text),
                table.at(a), "join the two rows")) {
      given_.resize(before);
      continue;
    }
    for (std::size_t g = before; g < given_.size(); ++g) {
      if (given_[g].path.ends_with(".alignment")) {
        const auto [other, is_new] = alignment.try_emplace(std::minmax(from, to), g);
        const Given& first = given_[other->second];
        if (!is_new && to_string(first.distribution) != to_string(given_[g].distribution)) {
          mistakes_.add(
              given_[g].where,
              fmt::format("the alignment of `{}` and `{}` is given twice, as {} and {}", a.text, b.text,
                          to_string(first.distribution), to_string(given_[g].distribution)),
              fmt::format("the other is in line {}; it holds for both directions, so give it once", first.where.line));
        }
      } else if (from == to) {
        mistakes_.add(given_[g].where, "a tie of `" + std::string(a.text) + "` with itself",
                      "only the alignment of an actor with itself means anything");
      }
    }
  }
}

void Reader::read_sponsors(const Table& table) {
  std::map<std::string, int> seen;
  for (const CsvRow& row : table.rows()) {
    if (!row.is_whole || !table.has("recipient") || !table.has("sponsor")) {
      continue;
    }
    const CsvCell recipient = table.cell(row, "recipient");
    const CsvCell sponsor = table.cell(row, "sponsor");
    const CsvCell from_cell = table.cell(row, "from_date");
    const CsvCell to_cell = table.cell(row, "to_date");
    Sponsor entry{.recipient = reference(actors_, table, recipient, "actor", "actors.csv"),
                  .sponsor = std::string(sponsor.text),
                  .from = parse_date(kFirstDay).value_or(0),
                  .to = parse_date(kLastDay).value_or(0)};
    bool is_good = entry.recipient != kNone;
    if (sponsor.text.empty()) {
      mistakes_.add(table.at(sponsor), "no sponsor", "fill the cell");
      is_good = false;
    } else {
      is_good = is_good_id(sponsor.text, false, table.at(sponsor), "sponsor") && is_good;
    }
    if (!from_cell.text.empty()) {
      const auto from = date(table, from_cell, "from_date");
      entry.from = from.value_or(entry.from);
    }
    if (!to_cell.text.empty()) {
      const auto to = date(table, to_cell, "to_date");
      entry.to = to.value_or(entry.to);
    }
    if (entry.from > entry.to) {
      mistakes_.add(table.at(to_cell), "a flow that ends before it begins", "swap from_date and to_date");
    }
    const std::size_t before = given_.size();
    read_numbers(table, row, sponsor_parameters(), fmt::format("sponsors.{}.{}.", recipient.text, sponsor.text));
    if (is_good && unique(seen, fmt::format("{}.{}", recipient.text, sponsor.text),
                          fmt::format("sponsor `{}` of `{}`", sponsor.text, recipient.text), table.at(sponsor),
                          fmt::format("for another period give it a suffix, as {}_2", sponsor.text))) {
      war_.sponsors.push_back(std::move(entry));
    } else {
      given_.resize(before);
    }
  }
  sort_rows(war_.sponsors, [](const Sponsor& s) { return std::tuple(s.recipient, std::string_view(s.sponsor)); });
}

}  // namespace truel::scenario
