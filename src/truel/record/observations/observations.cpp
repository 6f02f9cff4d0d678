#include "truel/record/observations/observations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <utility>

#include "truel/base/bytes/sha256.hpp"
#include "truel/base/bytes/utf8.hpp"
#include "truel/base/formats/csv.hpp"
#include "truel/base/formats/mistakes.hpp"
#include "truel/base/geodesic.hpp"
#include "truel/base/month.hpp"
#include "truel/record/observations/columns.hpp"
#include "truel/record/observations/read_events.hpp"
#include "truel/record/observations/text_file.hpp"

namespace truel::record {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUcdp = "UCDP events";
constexpr std::string_view kAcled = "ACLED events";
constexpr std::string_view kGeonames = "GeoNames places";

/// What publishers ask to be cited by, for tables that have one publisher whatever the name of the file.
constexpr std::pair<std::string_view, std::string_view> kPublished[] = {
    {kUcdp,
     "UCDP Georeferenced Event Dataset, CC BY 4.0: Sundberg and Melander (2013), Introducing the UCDP Georeferenced "
     "Event Dataset, Journal of Peace Research 50(4), 523-532; Pettersson and Öberg (2020), Organized violence, "
     "1989-2019, Journal of Peace Research 57(4)."},
    {kAcled,
     "Armed Conflict Location & Event Data (ACLED), acleddata.com, by its terms of use: Raleigh, Kishi and Linke "
     "(2023), Political instability patterns are obscured by conflict dataset scope conditions, sources, and coding "
     "choices, Humanities and Social Sciences Communications 10, 74."},
    {kGeonames, "GeoNames, geonames.org, CC BY 4.0."}};

bool is_acled_event(const Event& event) {
  return event.id.starts_with("acled");
}

struct Spell {
  PlaceIndex place = kNone;
  Day from = 0, to = 0;
  int holder = kUnknown;
  bool is_low = false;
};

/// As GeoNames publishes its tables: tabs, no header.
bool is_text(std::string_view file) {
  const std::string name = lower_case(file);
  return name.ends_with(".txt") || name.ends_with(".txt.gz") || name.ends_with(".tsv");
}

bool is_table(const fs::path& path) {
  const std::string name = lower_case(path.filename().string());
  return name.ends_with(".csv") || name.ends_with(".csv.gz") || is_text(name);
}

/// All tables below the folder in the order of their names; or those that the rules name.
std::vector<fs::path> tables_below(const fs::path& folder, const Rules& rules, Mistakes& mistakes) {
  std::vector<fs::path> files;
  std::error_code error;
  if (auto fault = no_folder(folder)) {
    mistakes.add(fault->where, fault->what, fault->hint);
    return files;
  }
  for (const std::string& name : rules.files) {
    if (!fs::is_regular_file(folder / name, error)) {
      mistakes.add({(folder / name).string()}, "no such file, though observations.toml names it",
                   "name a file below the folder of --observed");
    }
    files.push_back(folder / name);
  }
  if (rules.files.empty()) {
    for (auto entry = fs::recursive_directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
         !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      if (entry->is_regular_file(error) && is_table(entry->path())) {
        files.push_back(entry->path());
      }
    }
    std::sort(files.begin(), files.end());
  }
  return files;
}

class Importer {
 public:
  Importer(const War& war, const Rules& rules, Observations& out, Mistakes& mistakes)
      : war_(war), rules_(rules), out_(out), mistakes_(mistakes), events_(war, rules, out) {}

  void read(const fs::path& path, const std::string& name) {
    auto text = read_text(path);
    if (!text) {
      for (const Diagnostic& fault : text.error()) {
        mistakes_.add(fault.where, fault.what, fault.hint);
      }
      return;
    }
    if (is_text(name)) {
      read_gazetteer(*text, name);
      return;
    }
    Mistakes faults;
    const std::string first_line = text->substr(0, text->find('\n'));
    const bool has_semicolons =
        std::count(first_line.begin(), first_line.end(), ';') > std::count(first_line.begin(), first_line.end(), ',');
    CsvTable table = parse_csv(*text, path.string(), faults, has_semicolons ? ';' : ',');
    const std::string sha256 = sha256_hex(*text);
    if (const std::string_view names = missing_ucdp_names(table); !names.empty()) {
      text->insert(0, names);
      table = parse_csv(*text, path.string(), faults);
    }
    const Columns columns(table);
    ObservedFile file{.name = name, .kind = "", .sha256 = sha256, .rows = table.rows.size()};
    if (columns.has({"place_id"}) && columns.has({"from_date"}) && columns.has({"to_date"}) &&
        columns.has({"controller"})) {
      file.kind = "control spells";
      file.is_read = true;
      for (const Diagnostic& fault : faults.take()) {
        mistakes_.add(fault.where, fault.what, fault.hint);
      }
      read_control(table, columns, path.string());
    } else if (is_acled(columns)) {
      file.kind = kAcled;
      file.is_read = true;
      acled_months_.merge(events_.read_acled(table, columns));
    } else if (columns.has({"type_of_violence", "type_of_violence_derived"}) && columns.has({"latitude"})) {
      file.kind = not_ucdp_events(columns);
      file.is_read = file.kind.empty();
      if (file.is_read) {
        file.kind = kUcdp;
        ucdp_months_.merge(events_.read_ucdp(table, columns));
      }
    } else {
      file.kind = "no columns that are known";
    }
    out_.files.push_back(std::move(file));
  }

  /// Keeps the events of one kind of data set, in the order of their days, and the months that it covers.
  void finish_events() {
    const auto n_acled =
        static_cast<std::size_t>(std::count_if(out_.events.begin(), out_.events.end(), is_acled_event));
    const bool is_acled_alone = n_acled > 0 && n_acled == out_.events.size();
    if (n_acled > 0 && !is_acled_alone) {
      std::erase_if(out_.events, is_acled_event);
      out_.count("dropped: ACLED events beside UCDP events, which would count twice", n_acled);
    }
    std::stable_sort(out_.events.begin(), out_.events.end(),
                     [](const Event& a, const Event& b) { return std::tie(a.date, a.id) < std::tie(b.date, b.id); });
    out_.covered_months = is_acled_alone ? acled_months_ : ucdp_months_;
    if (!out_.covered_months.empty()) {
      out_.events_from = first_day(*out_.covered_months.begin());
      out_.events_to = first_day(*out_.covered_months.rbegin() + 1) - 1;
    }
  }

  /// Lays the spells over the package's own record of the days before the first of them.
  void finish_control() {
    Day first = std::numeric_limits<Day>::max();
    Day last = std::numeric_limits<Day>::min();
    for (const ControlSpell& spell : war_.control) {
      first = std::min(first, spell.from);
      last = std::max(last, spell.to);
    }
    if (!spells_.empty()) {
      out_.control_from = spells_.front().from;
      out_.control_to = spells_.front().to;
      for (const Spell& spell : spells_) {
        out_.control_from = std::min(out_.control_from, spell.from);
        out_.control_to = std::max(out_.control_to, spell.to);
      }
      first = std::min(first, out_.control_from);
      last = out_.control_to;
    }
    if (first > last) {
      return;
    }
    out_.control = ControlRecord(war_.places.size(), first, last);
    const Day before = spells_.empty() ? last : out_.control_from - 1;
    for (const ControlSpell& spell : war_.control) {
      out_.control.set(spell.place, spell.from, std::min(spell.to, before), out_.sides.of_holder(spell.controller),
                       false);
    }
    // Where two spells differ the one that began later is nearer to the day.
    std::stable_sort(spells_.begin(), spells_.end(), [](const Spell& a, const Spell& b) { return a.from < b.from; });
    std::vector<const Spell*> latest(war_.places.size(), nullptr);
    std::size_t contradicting = 0;
    for (const Spell& spell : spells_) {
      out_.control.set(spell.place, spell.from, spell.to, spell.holder, spell.is_low);
      const Spell*& earlier = latest[at(spell.place)];
      contradicting += earlier != nullptr && spell.from <= earlier->to && spell.holder != earlier->holder;
      earlier = earlier == nullptr || spell.to >= earlier->to ? &spell : earlier;
    }
    out_.count("kept with a doubt: spells that begin before another holder's spell of the same place has ended",
               contradicting);
    out_.count("kept as sure: spells with a confidence that is none of high, medium and low", unknown_confidences_);
    for (const MergedSides& merged : rules_.merged) {
      for (const std::string& code : merged.codes) {
        out_.count(fmt::format("of [merged] in observations.toml without effect: {} is no side", code),
                   out_.sides.find(code) == kNone);
      }
    }
    for (const auto& [air, supported] : rules_.supports) {
      const bool is_air = std::any_of(war_.actors.begin(), war_.actors.end(), [&, name = air](const Actor& a) {
        return record_code(a) == name && out_.sides.find(name) == kNone;
      });
      out_.count(fmt::format(
                     "of [supports] in observations.toml without effect: {} is no side without men on the ground", air),
                 !is_air);
      for (const std::string& code : supported) {
        out_.count(fmt::format("of [supports] in observations.toml without effect: {} is no side", code),
                   out_.sides.find(code) == kNone);
      }
    }
  }

 private:
  PlaceIndex place(std::string_view id) const {
    const auto rule = rules_.places.find(id);
    const std::string_view meant = rule == rules_.places.end() ? id : std::string_view(rule->second);
    for (std::size_t p = 0; p < war_.places.size(); ++p) {
      if (war_.places[p].id == meant) {
        return static_cast<PlaceIndex>(p);
      }
    }
    return kNone;
  }

  int holder(std::string_view text) {
    const auto rule = rules_.holders.find(text);
    const std::string_view code = rule == rules_.holders.end() ? text : std::string_view(rule->second);
    if (code == "contested") {
      return kContested;
    }
    if (const int known = out_.sides.find(code); known != kNone) {
      return known;
    }
    for (std::size_t a = 0; a < war_.actors.size(); ++a) {
      if (war_.actors[a].id == code && out_.sides.of_actor[a] != kNone) {
        return out_.sides.of_actor[a];
      }
    }
    ++out_.unmatched_sides[std::string(text)];
    return out_.sides.add(code);  // a holder that no actor of the war counts as
  }

  /// geonameid, name, ..., latitude and longitude as 5th and 6th of 19 columns (geonames.org/export).
  void read_gazetteer(std::string_view text, const std::string& name) {
    constexpr std::size_t kColumns = 19;
    ObservedFile file{.name = name, .kind = "no columns that are known", .sha256 = sha256_hex(text)};
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t to = std::min(text.find('\n', from), text.size());
      const std::string_view line = text.substr(from, to - from);
      from = to + 1;
      if (static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t')) + 1 != kColumns) {
        continue;
      }
      std::array<std::string_view, 6> cells;
      for (std::size_t k = 0, at_char = 0; k < cells.size(); ++k) {
        const std::size_t end = line.find('\t', at_char);
        cells.at(k) = line.substr(at_char, end - at_char);
        at_char = end + 1;
      }
      const auto latitude = parse_count(cells[4]);
      const auto longitude = parse_count(cells[5]);
      if (!parse_count(cells[0]) || !latitude || !longitude) {
        continue;
      }
      ++file.rows;
      file.kind = kGeonames;
      file.is_read = out_.has_gazetteer = true;
      for (std::size_t p = 0; p < war_.places.size(); ++p) {
        const Place& place = war_.places[p];
        if (place.geonames_id == cells[0]) {
          out_.gazetteer.push_back({static_cast<PlaceIndex>(p), std::string(cells[1]),
                                    great_circle_km(place.latitude, place.longitude, *latitude, *longitude)});
        }
      }
    }
    out_.files.push_back(std::move(file));
  }

  void read_control(const CsvTable& table, const Columns& columns, const std::string& label) {
    const std::size_t id = columns.find({"place_id"});
    const std::size_t from = columns.find({"from_date"});
    const std::size_t to = columns.find({"to_date"});
    const std::size_t controller = columns.find({"controller"});
    const std::size_t confidence = columns.find({"confidence"});
    for (const CsvRow& row : table.rows) {
      if (!row.is_whole) {
        continue;  // a mistake that is told
      }
      const auto first = parse_any_date(columns.cell(row, from));
      const auto last = parse_any_date(columns.cell(row, to));
      if (!first || !last) {
        mistakes_.add({label, row.line}, "a spell without two dates", "write from_date and to_date as YYYY-MM-DD");
        continue;
      }
      if (*first > *last) {
        mistakes_.add({label, row.line}, "a spell that ends before it begins", "swap from_date and to_date");
        continue;
      }
      const PlaceIndex p = place(columns.cell(row, id));
      if (p == kNone) {
        ++out_.unmatched_places[std::string(columns.cell(row, id))];
        continue;
      }
      const std::string_view sure = columns.cell(row, confidence);
      unknown_confidences_ += std::find(kConfidences.begin(), kConfidences.end(), sure) == kConfidences.end();
      spells_.push_back({p, *first, *last, holder(columns.cell(row, controller)), sure == kConfidences.back()});
    }
  }

  const War& war_;
  const Rules& rules_;
  Observations& out_;
  Mistakes& mistakes_;
  EventReader events_;
  std::vector<Spell> spells_;
  std::set<int> ucdp_months_, acled_months_;
  std::size_t unknown_confidences_ = 0;
};

/// ", not even FILE, FILE"; "" of none.
std::string names_of(const std::vector<ObservedFile>& files) {
  std::vector<std::string> names;
  for (const ObservedFile& file : files) {
    names.push_back(file.name);
  }
  return names.empty() ? "" : fmt::format(", not even {}", fmt::join(names, ", "));
}

/// Cites what was read: by what the package says of the name of its file, else by the kind of its table.
void cite(const Rules& rules, Observations& out) {
  const bool has_acled = out.events.empty() || is_acled_event(out.events.front());  // else left out beside UCDP
  const auto add = [&](ObservedFile& file, std::string_view text) {
    file.is_cited = true;
    if (std::find(out.citations.begin(), out.citations.end(), text) == out.citations.end()) {
      out.citations.emplace_back(text);
    }
  };
  for (ObservedFile& file : out.files) {
    if (!file.is_read || (file.kind == kAcled && !has_acled)) {
      continue;
    }
    for (const std::string& text : citations_of(rules, file.name)) {
      add(file, text);
    }
    for (const auto& [kind, text] : kPublished) {
      if (file.kind == kind && !file.is_cited) {
        add(file, text);
      }
    }
  }
}

}  // namespace

std::string Observations::gaps() const {
  std::string text;
  int before = covered_months.empty() ? 0 : *covered_months.begin();
  for (const int month : covered_months) {
    if (month > before + 1) {
      text += fmt::format("{}{}", text.empty() ? "" : ", ", format_month(before + 1));
      text += month > before + 2 ? " to " + format_month(month - 1) : "";
    }
    before = month;
  }
  return text;
}

std::string Observations::sha256() const {
  std::string lines;
  for (const ObservedFile& file : files) {
    if (file.is_read) {
      lines += fmt::format("{}  {}\n", file.sha256, file.name);
    }
  }
  return sha256_hex(lines);
}

void Observations::count(const std::string& reason, std::size_t rows) {
  const auto found = std::find_if(counts.begin(), counts.end(), [&](const Count& c) { return c.reason == reason; });
  if (found != counts.end()) {
    found->rows += rows;
  } else if (rows > 0) {
    counts.push_back({reason, rows});
  }
}

std::optional<Diagnostic> no_folder(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) {
    return std::nullopt;
  }
  return Diagnostic{{folder.string()},
                    fs::exists(folder, error) ? "not a folder" : "no such folder",
                    "give --observed the folder that holds the data"};
}

Result<Observations> read_observations(const War& war, const Rules& rules, const fs::path& folder) {
  Mistakes mistakes;
  Observations out;
  out.sides = sides_of(war);
  Importer importer(war, rules, out, mistakes);
  for (const fs::path& path : tables_below(folder, rules, mistakes)) {
    importer.read(path, path.lexically_relative(folder).generic_string());
  }
  if (mistakes.empty() && std::none_of(out.files.begin(), out.files.end(), [](const auto& f) { return f.is_read; })) {
    mistakes.add({folder.string()}, fmt::format("no table of control spells and none of events{}", names_of(out.files)),
                 "docs/observed-data.md says which columns such tables have; other files than .csv and .csv.gz are not "
                 "read: unpack an archive");
  }
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  importer.finish_control();
  importer.finish_events();
  cite(rules, out);
  return out;
}

Result<PackageRecord> read_record(const War& war, const fs::path& package, const fs::path& folder) {
  TRUEL_TRY(auto rules, read_rules(package));
  Observations none;
  none.sides = sides_of(war);
  TRUEL_TRY(auto observations, folder.empty() ? std::move(none) : read_observations(war, rules, folder));
  return PackageRecord{std::move(rules), std::move(observations)};
}

}  // namespace truel::record
