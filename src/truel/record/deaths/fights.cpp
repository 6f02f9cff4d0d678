#include "truel/record/deaths/fights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "truel/base/index.hpp"

namespace truel::record {

std::vector<Fight> fights_of(const Dyads& dyads) {
  std::vector<Fight> fights;
  for (std::size_t d = 0; d < dyads.size(); ++d) {
    const auto& [one, other] = dyads.sides()[d];
    fights.push_back({one, other, d});
    fights.push_back({other, one, d});
  }
  std::sort(fights.begin(), fights.end(),
            [](const Fight& a, const Fight& b) { return std::tie(a.side, a.enemy) < std::tie(b.side, b.enemy); });
  return fights;
}

std::vector<double> sums_of(const DeathSeries& series, const std::vector<int>& months) {
  std::vector<double> sums;
  for (const std::vector<double>& deaths : series.deaths) {
    double& sum = sums.emplace_back(0);
    for (const int month : months) {
      sum += deaths[at(month - series.first)];
    }
  }
  return sums;
}

std::vector<double> shares_of(const std::vector<Fight>& fights, const std::vector<double>& deaths) {
  std::map<std::string, double> of_side;
  for (const Fight& fight : fights) {
    of_side[fight.side] += deaths[fight.dyad];
  }
  std::vector<double> shares;
  for (const Fight& fight : fights) {
    const double all = of_side[fight.side];
    shares.push_back(all > 0 ? deaths[fight.dyad] / all : std::numeric_limits<double>::quiet_NaN());
  }
  return shares;
}

std::vector<std::vector<double>> member_shares(const std::vector<Fight>& fights,
                                               const std::vector<std::vector<double>>& deaths) {
  std::vector<std::vector<double>> members(fights.size());
  const std::size_t n = deaths.empty() ? 0 : deaths.front().size();
  std::vector<double> of_one(deaths.size());
  for (std::size_t k = 0; k < n; ++k) {
    std::transform(deaths.begin(), deaths.end(), of_one.begin(), [&](const auto& own) { return own[k]; });
    const std::vector<double> shares = shares_of(fights, of_one);
    for (std::size_t f = 0; f < fights.size(); ++f) {
      if (std::isfinite(shares[f])) {
        members[f].push_back(shares[f]);
      }
    }
  }
  for (std::vector<double>& own : members) {
    std::sort(own.begin(), own.end());
  }
  return members;
}

std::vector<std::vector<double>> as_members(const std::vector<double>& deaths) {
  std::vector<std::vector<double>> members;
  for (const double d : deaths) {
    members.push_back({d});
  }
  return members;
}

}  // namespace truel::record
