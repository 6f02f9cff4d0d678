#include "truel/sensitivity/study.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "truel/base/random.hpp"
#include "truel/model/basis.hpp"
#include "truel/model/distributions/truncated.hpp"
#include "truel/sensitivity/keys.hpp"

namespace truel::sensitivity {
namespace {

/// Uniform whole numbers below n, one after another.
std::size_t below(RandomStream& random, std::size_t n) {
  return std::min(n - 1, static_cast<std::size_t>(random.uniform() * static_cast<double>(n)));
}

}  // namespace

std::string table_of(std::string_view path) {
  constexpr std::string_view kScenario = "scenario.";
  if (path.starts_with(kScenario)) {
    path.remove_prefix(kScenario.size());
  }
  return std::string(path.substr(0, path.find('.')));
}

Rest rest_of(const Input& input) {
  const auto names = [&](std::string_view name) {
    return std::find(input.sources.begin(), input.sources.end(), name) != input.sources.end();
  };
  return names("assumed") || names("default") ? Rest::assumptions
         : assumes(input.basis)               ? Rest::partly_assumed
         : names("other sources")             ? Rest::outside_sources
                                              : Rest::claims;
}

std::vector<Group> groups_of(const std::vector<Input>& inputs, Grouping grouping, const War& war) {
  std::map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (grouping == Grouping::source) {
      for (const std::string& source : inputs[i].sources) {
        by_name[source].push_back(i);
      }
    } else if (grouping == Grouping::basis) {
      by_name[kRestNames[static_cast<std::size_t>(rest_of(inputs[i]))]].push_back(i);
    } else {
      by_name[grouping == Grouping::table ? inputs[i].table : war.parameters[at(inputs[i].parameter)].path].push_back(
          i);
    }
  }
  std::vector<Group> groups;
  for (auto& [name, members] : by_name) {
    groups.push_back({name, std::move(members)});
  }
  return groups;
}

Result<Study> make_study(std::vector<Rival> rivals, Grouping grouping) {
  TRUEL_CHECK(!rivals.empty());
  const War& war = rivals.front().model.war();
  Study study;
  study.grouping = grouping;
  for (const Rival& rival : rivals) {
    const War& other = rival.model.war();
    if (other.sha256 != war.sha256 || other.parameters.size() != war.parameters.size() || other.start != war.start ||
        other.end != war.end) {
      return Diagnostic{{}, "the accounts are not of one war", "run them with the same package, dates and settings"};
    }
    if (!other.draws.empty()) {
      return Diagnostic{{other.folder + "/" + other.draws.front().file},
                        "numbers that were drawn together have no shares of their own in a variance",
                        "name accounts without draws"};
    }
  }
  for (std::size_t p = 0; p < war.parameters.size(); ++p) {
    const auto is_uncertain = [&](const Rival& rival) {
      return !rival.model.war().parameters[p].distribution.is_value();
    };
    const auto found = std::find_if(rivals.begin(), rivals.end(), is_uncertain);
    if (found != rivals.end()) {
      const Parameter& parameter = found->model.war().parameters[p];
      study.inputs.push_back({static_cast<int>(p), parameter.distribution, parameter.basis,
                              sources_of_basis(found->model.war(), parameter.basis), table_of(parameter.path)});
    }
  }
  if (study.inputs.empty() && rivals.size() == 1) {
    return Diagnostic{{war.folder},
                      "no number is uncertain and there is one account: all that varies is chance",
                      "give ranges to numbers (\"0.2..0.5\"), or accounts"};
  }
  study.groups = groups_of(study.inputs, grouping, war);
  study.rivals = std::move(rivals);
  return study;
}

std::size_t account_at(const Study& study, std::uint64_t seed, std::uint32_t block, int point) {
  // A random order of the rivals for every round of as many blocks (Fisher and Yates).
  const std::size_t n = study.rivals.size();
  const auto round = static_cast<std::uint32_t>(block / n);
  RandomStream random(seed, round, kAccountStep, Purpose::design, static_cast<std::uint32_t>(point));
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = n - 1; i > 0; --i) {
    std::swap(order[i], order[below(random, i + 1)]);
  }
  return order[block % n];
}

double draw_at(const Study& study, std::uint64_t seed, std::uint32_t block, int point, std::size_t input) {
  return RandomStream(seed, block, kPointStep + static_cast<std::uint32_t>(point), Purpose::design,
                      static_cast<std::uint32_t>(study.inputs[input].parameter))
      .uniform();
}

int point_of_account(const Study& study, std::size_t role) {
  if (role >= study.first_group_role()) {
    return 0;
  }
  const auto known = static_cast<Role>(role);
  return known == Role::second || known == Role::second_repeated || known == Role::first_other_account ? 1 : 0;
}

int point_of_input(const Study& study, std::size_t role, std::size_t input) {
  if (role >= study.first_group_role()) {
    const std::vector<std::size_t>& group = study.groups[role - study.first_group_role()].inputs;
    return std::binary_search(group.begin(), group.end(), input) ? 1 : 0;
  }
  const auto known = static_cast<Role>(role);
  return known == Role::second || known == Role::second_repeated || known == Role::second_other_account ? 1 : 0;
}

std::size_t set_values(const Study& study, std::uint64_t seed, std::uint32_t block, std::size_t role,
                       std::span<double> values) {
  const std::size_t account = account_at(study, seed, block, point_of_account(study, role));
  const CompiledModel& model = study.rivals[account].model;
  std::copy(model.medians().begin(), model.medians().end(), values.begin());
  for (std::size_t i = 0; i < study.inputs.size(); ++i) {
    const auto p = at(study.inputs[i].parameter);
    const Parameter& parameter = model.war().parameters[p];
    if (!parameter.distribution.is_value()) {
      const double u = draw_at(study, seed, block, point_of_input(study, role, i), i);
      values[p] = truncated_quantile(parameter.distribution, u, parameter.least, parameter.greatest);
    }
  }
  return account;
}

}  // namespace truel::sensitivity
