#include "truel/scenario/reading/overlay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/model/index_of.hpp"
#include "truel/model/names.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"

namespace truel::scenario {
namespace {

/// Where a number is written that is set for one run.
constexpr const char* kSet = "--set";
/// What is set for one run to take what accounts say of a number away.
constexpr std::string_view kPackage = "package";

void replace(War& war, int number, const Distribution& distribution, const std::string& basis, const Location& where) {
  Parameter& parameter = war.parameters[at(number)];
  war.replaced.emplace_back(number, parameter);
  parameter.distribution = distribution;
  parameter.basis = basis;
  parameter.where = where;
  parameter.is_given = true;
}

void lay_over(const Account& account, War& war) {
  war.laid_over.push_back(account.id);
  for (const AccountSetting& setting : account.settings) {
    replace(war, setting.target, setting.distribution, setting.basis, setting.where);
  }
  if (account.draws.rows() > 0) {
    war.draws.push_back(account.draws);
  }
}

/// Lays the package's own number over what accounts made of it.
void put_back(War& war, int number) {
  const auto first = std::find_if(war.replaced.begin(), war.replaced.end(),
                                  [&](const auto& replaced) { return replaced.first == number; });
  if (first != war.replaced.end()) {
    Parameter own = first->second;
    war.replaced.emplace_back(number, std::exchange(war.parameters[at(number)], std::move(own)));
  }
}

/// Leaves the basic model.
void take_off(War& war) {
  for (auto replaced = war.replaced.rbegin(); replaced != war.replaced.rend(); ++replaced) {
    war.parameters[at(replaced->first)] = std::move(replaced->second);
  }
  war.replaced.clear();
  war.laid_over.clear();
  war.draws.clear();
  war.given.clear();
}

/// Lets another actor, or none, hold a place on the first day, if the path is places.ID.control.
bool give_place(Context& in, std::string_view path, std::string_view value, const Location& where) {
  constexpr std::string_view kTable = "places.", kColumn = ".control";
  if (!path.starts_with(kTable) || !path.ends_with(kColumn) || path.size() <= kTable.size() + kColumn.size()) {
    return false;
  }
  const auto id = path.substr(kTable.size(), path.size() - kTable.size() - kColumn.size());
  const PlaceIndex place = index_of(in.war.places, id);
  const auto may_hold = [&](std::string_view who) {
    const ActorIndex actor = index_of(in.war.actors, who);
    return actor != kNone && in.war.actors[at(actor)].kind != ActorKind::air;
  };
  if (place == kNone) {
    in.mistakes.add(where, "unknown place " + in_quotes(id),
                    in.mistakes.did_you_mean(id, ids_of(in.war.places), "name one of places.csv"));
  } else if (value == kPackage) {
    std::erase_if(in.war.given, [&](const auto& given) { return given.first == place; });
  } else if (value != "none" && !may_hold(value)) {
    std::vector<std::string> holders = ids_of(in.war.actors);
    std::erase_if(holders, [&](const std::string& who) { return !may_hold(who); });
    in.mistakes.add(where, in_quotes(value) + " is no actor that can hold a place",
                    in.mistakes.did_you_mean(value, holders, "name a ground actor of actors.csv, or none"));
  } else {
    in.war.given.emplace_back(place, index_of(in.war.actors, value));
  }
  return true;
}

/// What somebody may have meant who names no account of the package: its letter ("C" of "C: ...").
std::string account_meant(Context& in, const std::string& id) {
  const std::vector<std::string>& known = in.account_ids;
  for (const Account& account : in.war.accounts) {
    if (!id.empty() && lower_case(account_letter(account.title)) == lower_case(id)) {
      return did_you_mean(account.id);
    }
  }
  return in.mistakes.did_you_mean(
      id, known, known.empty() ? "this package has no accounts" : fmt::format("known are {}", fmt::join(known, ", ")));
}

}  // namespace

void apply_overlay(Context& in) {
  for (Parameter& parameter : in.war.parameters) {
    parameter.varies_in_package = !parameter.distribution.is_value();
  }
  for (const Account& account : in.war.accounts) {
    for (const AccountSetting& setting : account.settings) {
      in.war.parameters[at(setting.target)].varies_in_package |= !setting.distribution.is_value();
    }
  }
  for (const std::string& id : in.overlay.accounts) {
    if (id == kBase) {
      continue;  // the package as it stands
    }
    const auto account =
        std::find_if(in.war.accounts.begin(), in.war.accounts.end(), [&](const Account& a) { return a.id == id; });
    if (account == in.war.accounts.end()) {
      if (std::find(in.account_ids.begin(), in.account_ids.end(), id) == in.account_ids.end()) {
        in.mistakes.add({"--account"}, "unknown account " + in_quotes(id), account_meant(in, id));
      }
      continue;
    }
    if (std::find(in.war.laid_over.begin(), in.war.laid_over.end(), id) != in.war.laid_over.end()) {
      in.mistakes.add({"--account"}, in_quotes(id) + " is named twice", "name it once");
      continue;
    }
    lay_over(*account, in.war);
  }
  std::vector<PathLine> lines;
  std::vector<std::optional<Distribution>> values;  // of each line; none: the package's own
  for (const std::string& setting : in.overlay.settings) {
    const Location where{kSet};
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      in.mistakes.add(where, "no = in " + in_quotes(setting), "write --set PATH=VALUE");
      continue;
    }
    const std::string_view path = path_of_setting(setting);
    if (give_place(in, path, trimmed(std::string_view(setting).substr(equals + 1)), where)) {
      continue;
    }
    PathLine line{std::string(path), resolve_all(in, path, where), where};
    if (line.numbers.empty()) {
      continue;  // what its value should be nobody can say: it may be a word
    }
    const std::string_view value = std::string_view(setting).substr(equals + 1);
    if (trimmed(value) == kPackage) {
      lines.push_back(std::move(line));
      values.push_back({});
      continue;
    }
    const auto distribution = read_number(in, value, where, number_form_of_first(in, line));
    if (distribution) {
      check_values(in, line, *distribution, where);
      lines.push_back(std::move(line));
      values.push_back(*distribution);
    }
  }
  for (const Precedence::Assignment& laid : laid_by(in, lines, true)) {
    if (const std::optional<Distribution>& value = values[at(laid.line)]) {
      replace(in.war, laid.number, *value, "assumed: set for this run", {kSet});
    } else {
      put_back(in.war, laid.number);
    }
  }
}

Result<War> with_overlay(War war, const Overlay& overlay) {
  const PackageFiles package{.folder = war.folder, .files = {}};  // has no mistakes, and nothing is read again
  Context in(package, overlay, {});
  in.war = std::move(war);
  in.end = {in.war.package_end, {}};
  in.account_ids = ids_of(in.war.accounts);
  take_off(in.war);
  if (!overlay.settings.empty()) {
    in.paths.index.emplace(in.war);
  }
  apply_overlay(in);
  check_numbers_together(in.war, in.mistakes);
  if (!in.mistakes.empty()) {
    return in.mistakes.take();
  }
  return std::move(in.war);
}

}  // namespace truel::scenario
