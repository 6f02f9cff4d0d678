// Mistakes that show only when the parts of a package are held against each other.
#include <fmt/format.h>

#include <GeographicLib/Geodesic.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <set>

#include "truel/base/index.hpp"
#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

constexpr double kSlack = 1e-9;  // sums of decimal shares such as 0.1 + 0.2 are not exact
constexpr int kMostComponents = 100;
constexpr std::size_t kMostSteps = 20'000'000;

struct Vector {
  double x, y, z;
};

Vector on_sphere(const Place& place) {
  const double latitude = place.latitude * std::numbers::pi / 180;
  const double longitude = place.longitude * std::numbers::pi / 180;
  return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
}

/// The first place of each component, by place.
std::vector<int> components(int n_places, const std::vector<Link>& links) {
  std::vector<int> root(at(n_places));
  std::iota(root.begin(), root.end(), 0);
  const auto find = [&](int p) {
    while (root[at(p)] != p) {
      p = root[at(p)] = root[at(root[at(p)])];
    }
    return p;
  };
  for (const Link& link : links) {
    const int a = find(link.a);
    const int b = find(link.b);
    root[at(std::max(a, b))] = std::min(a, b);
  }
  for (int p = 0; p < n_places; ++p) {
    root[at(p)] = find(p);
  }
  return root;
}

}  // namespace

void Reader::check_connected(const Table& places, const Table& links) {
  // A road left out because of another mistake would look like a gap in the map.
  if (!links.is_present() || mistakes_.count(links.label()) > 0 || mistakes_.count(places.label()) > 0) {
    return;
  }
  const int n = static_cast<int>(war_.places.size());
  const std::vector<int> component = components(n, war_.links);
  std::map<int, int> size;
  for (const int c : component) {
    ++size[c];
  }
  if (size.size() < 2) {
    return;
  }
  const int main = std::max_element(size.begin(), size.end(), [](const auto& x, const auto& y) {
                     return x.second < y.second;
                   })->first;
  std::vector<Vector> where;
  for (const Place& place : war_.places) {
    where.push_back(on_sphere(place));
  }
  int n_reported = 0;
  for (const auto& [first, count] : size) {
    if (first == main) {
      continue;
    }
    if (++n_reported > kMostComponents) {
      mistakes_.add({places.label(), 0, 0},
                    fmt::format("{} more parts of the map are cut off",
                                size.size() - 1 - static_cast<std::size_t>(kMostComponents)),
                    "add roads to links.csv");
      break;
    }
    int nearest_place = kNone;
    double best = -2;
    for (int p = 0; p < n; ++p) {
      const Vector& a = where[at(first)];
      const Vector& b = where[at(p)];
      const double cosine = a.x * b.x + a.y * b.y + a.z * b.z;
      if (component[at(p)] == main && cosine > best) {
        best = cosine;
        nearest_place = p;
      }
    }
    const Place& from = war_.places[at(first)];
    const Place& to = war_.places[at(nearest_place)];
    double metres = 0;
    GeographicLib::Geodesic::WGS84().Inverse(from.latitude, from.longitude, to.latitude, to.longitude, metres);
    mistakes_.add(place_where_[at(first)],
                  count == 1
                      ? fmt::format("no road leads to `{}`", from.id)
                      : fmt::format("no road leads to the part of the map around `{}`, {} places", from.id, count),
                  fmt::format("add a road to links.csv; the nearest place of the main map is `{}`, {:.0f} km away",
                              to.id, metres / 1000));
  }
}

void Reader::check_spells() {
  // spells_ is sorted by place and first day; a spell may overlap any earlier one, not only the last.
  for (std::size_t i = 0, longest = 0; i < spells_.size(); ++i) {
    const Spell& spell = spells_[i];
    const Spell& before = spells_[longest];
    const bool is_same_place = i > 0 && before.spell.place == spell.spell.place;
    if (is_same_place && spell.spell.from <= before.spell.to) {
      const bool is_later_line = spell.where.line > before.where.line;
      const Spell& reported = is_later_line ? spell : before;
      const Spell& other = is_later_line ? before : spell;
      mistakes_.add(reported.where,
                    fmt::format("overlapping spells of `{}`: {} to {} is also in line {}",
                                war_.places[at(spell.spell.place)].id, format_date(spell.spell.from),
                                format_date(std::min(spell.spell.to, before.spell.to)), other.where.line),
                    "both ends are inclusive: let one end the day before the other begins");
    }
    if (!is_same_place || spell.spell.to > before.spell.to) {
      longest = i;
    }
  }
}

void Reader::check_dates() {
  if (package_start_ && package_end_ && package_start_->day > package_end_->day) {
    mistakes_.add(package_start_->where,
                  fmt::format("the scenario starts on {}, after its end on {}", format_date(package_start_->day),
                              format_date(package_end_->day)),
                  "swap start and end");
  } else if (package_end_) {
    for (const Dated& row : dated_rows_) {
      if (row.day > package_end_->day) {
        mistakes_.add(row.where, fmt::format("{} is after the end of the scenario", format_date(row.day)),
                      fmt::format("the scenario ends on {}: change the date, or end in scenario.toml",
                                  format_date(package_end_->day)));
      }
    }
  }
  if (!package_start_ || !package_end_) {
    return;
  }
  war_.start = overlay_.from.value_or(package_start_->day);
  war_.package_end = package_end_->day;
  war_.end = overlay_.until.value_or(war_.package_end);
  if (war_.start > war_.end && (overlay_.from || overlay_.until)) {
    mistakes_.add(
        {overlay_.from ? "--from" : "--until"},
        fmt::format("the run starts on {}, after its end on {}", format_date(war_.start), format_date(war_.end)),
        "choose --from and --until so that the first is not later");
  }
  if (!has_all_spells_ || spells_.empty()) {
    return;
  }
  Day first = spells_[0].spell.from;
  Day last = spells_[0].spell.to;
  for (const Spell& s : spells_) {
    first = std::min(first, s.spell.from);
    last = std::max(last, s.spell.to);
  }
  if (war_.start < first || war_.start > last) {
    mistakes_.add(overlay_.from ? Location{"--from"} : package_start_->where,
                  fmt::format("{} is outside the control record", format_date(war_.start)),
                  fmt::format("control.csv covers {} to {}", format_date(first), format_date(last)));
  }
}

void Reader::check_forces_begin() {
  if (war_.forces.empty() || !package_start_ || mistakes_.count(package_.label("forces.csv")) > 0) {
    return;
  }
  Day first = war_.forces[0].date;
  for (const Force& force : war_.forces) {
    first = std::min(first, force.date);
  }
  if (first > war_.start) {
    mistakes_.add(overlay_.from ? Location{"--from"} : package_start_->where,
                  fmt::format("nobody has forces yet on {}", format_date(war_.start)),
                  fmt::format("forces.csv begins on {}", format_date(first)));
  }
}

void Reader::check_thresholds() {
  const Parameter& ally = war_.parameters[at(war_.law(LawParameter::ally_threshold))];
  const Parameter& enemy = war_.parameters[at(war_.law(LawParameter::enemy_threshold))];
  if (checked_least(ally.distribution) <= checked_greatest(enemy.distribution)) {
    const Parameter& reported = ally.is_given ? ally : enemy;
    mistakes_.add(reported.where,
                  fmt::format("the threshold of allies, {}, is not above that of enemies, {}",
                              to_string(ally.distribution), to_string(enemy.distribution)),
                  "two actors cannot be allies and enemies at once: choose ally above enemy");
  }
}

std::vector<Reader::Misfit> Reader::misfits() const {
  std::vector<Misfit> found;
  const auto add = [&](int number, ActorIndex a, ActorKind kind) {
    if (war_.actors[at(a)].kind == kind) {
      found.push_back({number, a});
    }
  };
  const int n_actors = static_cast<int>(war_.actors.size());
  for (ActorIndex a = 0; a < n_actors; ++a) {
    add(war_.actor(a, ActorParameter::wrong_side_probability), a, ActorKind::ground);
    for (const ActorParameter p : {ActorParameter::underground_share, ActorParameter::underground_recruitment_per_day,
                                   ActorParameter::policing_per_day}) {
      add(war_.actor(a, p), a, ActorKind::air);
    }
    for (ActorIndex b = 0; b < n_actors; ++b) {
      for (const TieParameter p : {TieParameter::wrong_side_probability, TieParameter::deconfliction}) {
        add(war_.tie(a, b, p), a, ActorKind::ground);
        add(war_.tie(a, b, p), b, ActorKind::air);
      }
      for (const TieParameter p : {TieParameter::trade, TieParameter::passage}) {
        add(war_.tie(a, b, p), a, ActorKind::air);
        add(war_.tie(a, b, p), b, ActorKind::air);
      }
    }
  }
  return found;
}

void Reader::check_air_and_ground() {
  for (const auto& [number, actor] : misfits()) {
    const Parameter& parameter = war_.parameters[at(number)];
    if (parameter.is_given && checked_greatest(parameter.distribution) > 0) {
      const bool is_air = war_.actors[at(actor)].kind == ActorKind::air;
      mistakes_.add(parameter.where,
                    fmt::format("`{}` with the {} actor `{}`", parameter.path.substr(parameter.path.rfind('.') + 1),
                                is_air ? "air" : "ground", war_.actors[at(actor)].id),
                    is_air ? "it has neither fighters nor land: leave the cell empty"
                           : "it flies no sorties: leave the cell empty");
    }
  }
}

void Reader::check_shares() {
  const int n_actors = static_cast<int>(war_.actors.size());
  // What is laid over the package is the likelier cause, then the last row.
  const auto suspicion = [table = package_.label("ties.csv")](const Parameter& p) {
    return std::pair(p.where.file != table, p.where.line);
  };
  for (ActorIndex a = 0; a < n_actors; ++a) {
    double sum = 0;
    const Parameter* last = nullptr;
    for (ActorIndex b = 0; b < n_actors; ++b) {
      const Parameter& share = war_.parameters[at(war_.tie(a, b, TieParameter::share))];
      if (share.is_given) {
        sum += checked_greatest(share.distribution);
        last = last == nullptr || suspicion(*last) < suspicion(share) ? &share : last;
      }
    }
    if (last != nullptr && sum > 1 + kSlack) {
      mistakes_.add(
          last->where,
          fmt::format("the shares of `{}` over its enemies reach {:.6g}, above 1", war_.actors[at(a)].id, sum),
          "lower them, or narrow their ranges");
    }
  }
}

void Reader::check_support() {
  // Support of all actors at a place, on each day on which a row of it begins to hold. A row with `*` holds at the
  // places that the actor does not name.
  struct Held {
    int row;
    double share;
  };
  const auto share_of = [&](int row) {
    return checked_greatest(war_.parameters[at(war_.support_row(row))].distribution);
  };
  std::set<PlaceIndex> named{kEverywhere};
  for (const SupportRow& row : war_.support) {
    named.insert(row.place);
  }
  std::map<PlaceIndex, std::vector<int>> rows_of;  // rows of a place, by date
  for (int r = 0; r < static_cast<int>(war_.support.size()); ++r) {
    rows_of[war_.support[at(r)].place].push_back(r);
  }
  const auto by_date = [&](int x, int y) {
    const SupportRow& a = war_.support[at(x)];
    const SupportRow& b = war_.support[at(y)];
    return std::tuple(a.date, a.actor, a.place) < std::tuple(b.date, b.actor, b.place);
  };
  const std::vector<int>& everywhere = rows_of[kEverywhere];
  if (everywhere.size() * named.size() > kMostSteps) {
    mistakes_.add({package_.label("support.csv")},
                  fmt::format("{} rows for everywhere beside {} places", everywhere.size(), named.size()),
                  "give fewer dates with *");
    return;
  }
  for (const PlaceIndex place : named) {
    std::vector<int> rows = rows_of[place];
    if (place != kEverywhere) {
      rows.insert(rows.end(), everywhere.begin(), everywhere.end());
    }
    std::sort(rows.begin(), rows.end(), by_date);
    std::map<ActorIndex, Held> held;
    double sum = 0;
    bool is_named_here = place == kEverywhere;  // what `*` alone does wrong is reported once, for `*`
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SupportRow& row = war_.support[at(rows[i])];
      const auto found = held.find(row.actor);
      const bool is_named_before =
          found != held.end() && war_.support[at(found->second.row)].place != kEverywhere && place != kEverywhere;
      if (row.place != kEverywhere || !is_named_before) {
        sum -= found != held.end() ? found->second.share : 0;
        held[row.actor] = {rows[i], share_of(rows[i])};
        sum += held[row.actor].share;
      }
      is_named_here = is_named_here || row.place != kEverywhere;
      const bool is_last_of_day = i + 1 == rows.size() || war_.support[at(rows[i + 1])].date != row.date;
      if (is_last_of_day && is_named_here && sum > 1 + kSlack) {
        const Parameter& p = war_.parameters[at(war_.support_row(rows[i]))];
        mistakes_.add(p.where,
                      fmt::format("the support of all actors {} on {} reaches {:.6g}, above 1",
                                  place == kEverywhere ? "everywhere" : "at `" + war_.places[at(place)].id + "`",
                                  format_date(row.date), sum),
                      "lower the shares, or narrow their ranges");
        break;
      }
    }
  }
}

}  // namespace truel::scenario
