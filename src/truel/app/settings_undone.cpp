#include "truel/app/settings_undone.hpp"

#include <algorithm>

#include "truel/model/intervention_numbers.hpp"
#include "truel/model/path.hpp"

namespace truel::app {

std::vector<SettingUndone> settings_undone(const War& war, const std::vector<std::string>& settings) {
  const PathIndex index(war);
  std::vector<SettingUndone> undone;
  for (const std::string& setting : settings) {
    const std::string path(path_of_setting(setting));
    std::size_t cost = 0;
    const std::vector<int> numbers = index.named(path, cost);
    const Intervention* first = nullptr;
    Day earliest = war.end;
    for (const Intervention& i : war.interventions) {
      const auto may_be_on = [&](int number) { return upper_bound(war.parameters[at(number)].distribution) > 0; };
      const auto day = static_cast<Day>(quantile(war.parameters[at(i.when)].distribution, 0.5));
      const bool undoes = day < earliest && std::binary_search(numbers.begin(), numbers.end(), war.changed_by(i)) &&
                          happens(i, may_be_on);
      if (undoes) {
        first = &i;
        earliest = day;
      }
    }
    if (first != nullptr) {
      undone.push_back({path, numbers.size() != 1, war.parameters[at(war.changed_by(*first))].path, first->id, earliest,
                        earliest <= war.start});
    }
  }
  return undone;
}

}  // namespace truel::app
