#include "truel/scenario/reading/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "truel/base/bytes/utf8.hpp"
#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/scenario/checks/numbers_together.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"

namespace truel::scenario {
namespace {

/// Where a number is written that is set for one run: over all accounts.
constexpr const char* kSet = "--set";

void lay_over(const Account& account, War& war) {
  war.laid_over.push_back(account.id);
  for (const AccountSetting& setting : account.settings) {
    if (Parameter& parameter = war.parameters[at(setting.target)]; parameter.where.file != kSet) {
      parameter.distribution = setting.distribution;
      parameter.basis = setting.basis;
      parameter.where = setting.where;
      parameter.is_given = true;
    }
  }
  if (account.draws.rows() > 0) {
    war.draws.push_back(account.draws);
  }
}

}  // namespace

std::vector<std::string> account_ids(const Context& in) {
  std::vector<std::string> ids;
  for (const PackageFile& file : in.package.files) {
    if (is_account(file)) {
      ids.push_back(file.name.substr(9, file.name.size() - 14));  // between "accounts/" and ".toml"
    }
  }
  return ids;
}

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
    const auto account =
        std::find_if(in.war.accounts.begin(), in.war.accounts.end(), [&](const Account& a) { return a.id == id; });
    if (account == in.war.accounts.end()) {
      const std::vector<std::string> known = account_ids(in);
      if (std::find(known.begin(), known.end(), id) == known.end()) {
        in.mistakes.add({"--account"}, "unknown account " + in_quotes(id),
                        in.mistakes.did_you_mean(id, known,
                                                 known.empty() ? "this package has no accounts"
                                                               : fmt::format("known are {}", fmt::join(known, ", "))));
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
  std::vector<Distribution> values;  // of each line
  for (const std::string& setting : in.overlay.settings) {
    const Location where{kSet};
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      in.mistakes.add(where, "no = in " + in_quotes(setting), "write --set PATH=VALUE");
      continue;
    }
    const std::string_view path = trimmed(std::string_view(setting).substr(0, equals));
    PathLine line{std::string(path), resolve_all(in, path, where), where};
    const auto distribution =
        read_number(in, std::string_view(setting).substr(equals + 1), where, takes_of_first(in, line));
    if (!line.numbers.empty() && distribution) {
      check_values(in, line, *distribution, where);
      lines.push_back(std::move(line));
      values.push_back(*distribution);
    }
  }
  for (const Precedence::Laid& laid : laid_by(in, lines, true)) {
    set_number(in, laid.number, values[at(laid.line)], "assumed: set for this run", {kSet});
  }
}

Result<War> with_account(War war, std::string_view id) {
  Mistakes mistakes;
  for (const std::string& name : known_files()) {
    mistakes.announce(war.folder + "/" + name);
  }
  const auto account =
      std::find_if(war.accounts.begin(), war.accounts.end(), [&](const Account& a) { return a.id == id; });
  TRUEL_CHECK(account != war.accounts.end() && war.laid_over.empty());
  lay_over(Account(*account), war);
  check_numbers_together(war, mistakes);
  if (!mistakes.empty()) {
    return mistakes.take();
  }
  return war;
}

}  // namespace truel::scenario
