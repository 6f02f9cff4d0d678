#include "truel/record/forecast_war.hpp"

#include <algorithm>

#include "truel/base/index.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::record {

std::pair<Day, Day> first_days_possible(const War& war) {
  std::pair<Day, Day> days{war.start, war.start};
  for (const ControlSpell& spell : war.control) {
    days.first = std::min(days.first, spell.from);
    days.second = std::max(days.second, spell.to);
  }
  return days;
}

Result<War> forecast_war(const std::filesystem::path& package, const std::string& account,
                         const std::vector<std::string>& settings, Day origin, Day until, bool told) {
  scenario::Overlay overlay;
  if (!account.empty()) {
    overlay.accounts = {account};
  }
  overlay.settings = settings;
  overlay.from = origin;
  overlay.until = until;
  auto war = scenario::read(package, overlay);
  if (war && !told) {
    std::erase_if(war->interventions, [&](const Intervention& i) {
      return upper_bound(war->parameters[at(i.when)].distribution) > origin;
    });
  }
  return war;
}

}  // namespace truel::record
