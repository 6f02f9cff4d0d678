#include "truel/app/accounts.hpp"

#include <algorithm>
#include <utility>

#include "truel/app/package.hpp"
#include "truel/model/path.hpp"

namespace truel::app {

Result<std::vector<CompiledModel>> under_each_account(const std::filesystem::path& package, scenario::Overlay overlay,
                                                      const War& war) {
  std::vector<CompiledModel> models;
  for (const Account& account : war.accounts) {
    overlay.accounts = {account.id};
    auto model = load(package, overlay);
    if (!model) {
      return model.error();
    }
    models.push_back(std::move(*model));
  }
  return models;
}

std::vector<ensemble::AccountSummary> summarise_accounts(const ensemble::Summary& base, const War& war,
                                                         const std::vector<CompiledModel>& models,
                                                         const solver::SolveOptions& options, const FillStore& fill) {
  std::vector<ensemble::AccountSummary> result{
      {"", base.runs, base.failed_runs, base.actors, base.answers, base.control}};
  for (std::size_t i = 0; i < models.size(); ++i) {
    auto store = ensemble::RunStore::open({}, war.accounts[i].id);
    if (!store || !fill(i, *store)) {
      break;
    }
    ensemble::Summary own = ensemble::summarise(models[i], options, *store);
    result.push_back({war.accounts[i].id, own.runs, own.failed_runs, std::move(own.actors), std::move(own.answers),
                      std::move(own.control)});
  }
  return result;
}

std::vector<SettingUndone> settings_undone(const War& war, const std::vector<std::string>& settings) {
  const PathIndex index(war);
  std::vector<SettingUndone> undone;
  for (const std::string& setting : settings) {
    const std::string path = setting.substr(0, setting.find('='));
    std::size_t cost = 0;
    const std::vector<int> numbers = index.named(path, cost);
    const Intervention* first = nullptr;
    Day earliest = war.end;
    for (const Intervention& i : war.interventions) {
      const auto is_never = [&](const Parameter& on) { return on.distribution.is_value() && on.distribution.a <= 0; };
      const auto day = static_cast<Day>(quantile(war.parameters[at(i.when)].distribution, 0.5));
      const bool undoes = i.action == InterventionAction::set && day < earliest &&
                          std::binary_search(numbers.begin(), numbers.end(), i.target) &&
                          !is_never(war.parameters[at(i.on)]);
      if (undoes) {
        first = &i;
        earliest = day;
      }
    }
    if (first != nullptr) {
      undone.push_back({path, numbers.size() != 1, war.parameters[at(first->target)].path, first->id, earliest,
                        earliest <= war.start});
    }
  }
  return undone;
}

}  // namespace truel::app
