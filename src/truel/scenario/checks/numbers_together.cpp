#include "truel/scenario/checks/numbers_together.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "truel/base/index.hpp"

namespace truel::scenario {

std::vector<Misfit> misfits(const War& war) {
  std::vector<Misfit> found;
  const auto add = [&](int number, ActorIndex a, ActorKind kind) {
    if (war.actors[at(a)].kind == kind) {
      found.push_back({number, a});
    }
  };
  const int n_actors = static_cast<int>(war.actors.size());
  for (ActorIndex a = 0; a < n_actors; ++a) {
    add(war.actor(a, ActorParameter::wrong_side_probability), a, ActorKind::ground);
    for (const ActorParameter p : kOfGroundAlone) {
      add(war.actor(a, p), a, ActorKind::air);
    }
    for (ActorIndex b = 0; b < n_actors; ++b) {
      for (const TieParameter p : {TieParameter::wrong_side_probability, TieParameter::deconfliction}) {
        add(war.tie(a, b, p), a, ActorKind::ground);
        add(war.tie(a, b, p), b, ActorKind::air);
      }
      for (const TieParameter p : {TieParameter::trade, TieParameter::passage}) {
        add(war.tie(a, b, p), a, ActorKind::air);
        add(war.tie(a, b, p), b, ActorKind::air);
      }
    }
  }
  return found;
}

namespace {

constexpr double kSlack = 1e-9;  // sums of decimal shares such as 0.1 + 0.2 are not exact
constexpr std::size_t kMostSteps = 20'000'000;

std::string label_of(const War& war, const char* file) {
  return war.folder + "/" + file;
}

void check_thresholds(const War& war, Mistakes& mistakes) {
  const Parameter& ally = war.parameters[at(war.law(LawParameter::ally_threshold))];
  const Parameter& enemy = war.parameters[at(war.law(LawParameter::enemy_threshold))];
  if (checked_least(ally.distribution) <= checked_greatest(enemy.distribution)) {
    const Parameter& reported = ally.is_given ? ally : enemy;
    mistakes.add(reported.where,
                 fmt::format("the threshold of allies, {}, is not above that of enemies, {}",
                             to_string(ally.distribution), to_string(enemy.distribution)),
                 "two actors cannot be allies and enemies at once: choose ally above enemy");
  }
}

void check_air_and_ground(const War& war, Mistakes& mistakes) {
  for (const auto& [number, actor] : misfits(war)) {
    const Parameter& parameter = war.parameters[at(number)];
    if (parameter.is_given && checked_greatest(parameter.distribution) > 0) {
      const bool is_air = war.actors[at(actor)].kind == ActorKind::air;
      mistakes.add(parameter.where,
                   fmt::format("`{}` with the {} actor `{}`", parameter.path.substr(parameter.path.rfind('.') + 1),
                               is_air ? "air" : "ground", war.actors[at(actor)].id),
                   is_air ? "it has neither fighters nor land: leave the cell empty"
                          : "it flies no sorties: leave the cell empty");
    }
  }
}

void check_shares(const War& war, Mistakes& mistakes) {
  const int n_actors = static_cast<int>(war.actors.size());
  // What is laid over the package is the likelier cause, then the last row.
  const auto suspicion = [table = label_of(war, "ties.csv")](const Parameter& p) {
    return std::pair(p.where.file != table, p.where.line);
  };
  for (ActorIndex a = 0; a < n_actors; ++a) {
    double sum = 0;
    const Parameter* last = nullptr;
    for (ActorIndex b = 0; b < n_actors; ++b) {
      const Parameter& share = war.parameters[at(war.tie(a, b, TieParameter::share))];
      if (share.is_given) {
        sum += checked_greatest(share.distribution);
        last = last == nullptr || suspicion(*last) < suspicion(share) ? &share : last;
      }
    }
    if (last != nullptr && sum > 1 + kSlack) {
      mistakes.add(last->where,
                   fmt::format("the shares of `{}` over its enemies reach {:.6g}, above 1", war.actors[at(a)].id, sum),
                   "lower them, or narrow their ranges");
    }
  }
}

void check_support(const War& war, Mistakes& mistakes) {
  // Support of all actors at a place, on each day on which a row of it begins to hold. A row with `*` holds at the
  // places that the actor does not name.
  struct Backing {
    int row;
    double share;
  };
  const auto share_of = [&](int row) {
    return checked_greatest(war.parameters[at(war.support_row(row))].distribution);
  };
  std::set<PlaceIndex> named{kEverywhere};
  for (const SupportRow& row : war.support) {
    named.insert(row.place);
  }
  std::map<PlaceIndex, std::vector<int>> rows_of;  // rows of a place, by date
  for (int r = 0; r < static_cast<int>(war.support.size()); ++r) {
    rows_of[war.support[at(r)].place].push_back(r);
  }
  const auto by_date = [&](int x, int y) {
    const SupportRow& a = war.support[at(x)];
    const SupportRow& b = war.support[at(y)];
    return std::tuple(a.date, a.actor, a.place) < std::tuple(b.date, b.actor, b.place);
  };
  const std::vector<int>& everywhere = rows_of[kEverywhere];
  if (everywhere.size() * named.size() > kMostSteps) {
    mistakes.add({label_of(war, "support.csv")},
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
    std::map<ActorIndex, Backing> backing;
    double sum = 0;
    bool is_named_here = place == kEverywhere;  // what `*` alone does wrong is reported once, for `*`
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const SupportRow& row = war.support[at(rows[i])];
      const auto found = backing.find(row.actor);
      const bool is_named_before =
          found != backing.end() && war.support[at(found->second.row)].place != kEverywhere && place != kEverywhere;
      if (row.place != kEverywhere || !is_named_before) {
        sum -= found != backing.end() ? found->second.share : 0;
        backing[row.actor] = {rows[i], share_of(rows[i])};
        sum += backing[row.actor].share;
      }
      is_named_here = is_named_here || row.place != kEverywhere;
      const bool is_last_of_day = i + 1 == rows.size() || war.support[at(rows[i + 1])].date != row.date;
      if (is_last_of_day && is_named_here && sum > 1 + kSlack) {
        const Parameter& p = war.parameters[at(war.support_row(rows[i]))];
        mistakes.add(p.where,
                     fmt::format("the support of all actors {} on {} reaches {:.6g}, above 1",
                                 place == kEverywhere ? "everywhere" : "at `" + war.places[at(place)].id + "`",
                                 format_date(row.date), sum),
                     "lower the shares, or narrow their ranges");
        break;
      }
    }
  }
}

}  // namespace

void check_numbers_together(const War& war, Mistakes& mistakes) {
  check_shares(war, mistakes);
  check_support(war, mistakes);
  check_thresholds(war, mistakes);
  for (Diagnostic& fault : law_faults(war)) {
    mistakes.add(std::move(fault.where), std::move(fault.what), std::move(fault.hint));
  }
  check_air_and_ground(war, mistakes);
}

}  // namespace truel::scenario
