// accounts/*.toml: rival explanations.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>

#include "truel/base/formats/plain_text.hpp"
#include "truel/base/formats/toml_fields.hpp"
#include "truel/base/index.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/reading/numbers.hpp"
#include "truel/scenario/reading/paths.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

const std::array kAccountKeys =
    std::to_array<std::string>({"title", "story", "claims", "over", "draws", "basis", "fitted_until", "set"});
const std::array kSettingKeys = std::to_array<std::string>({"path", "value", "basis"});

const std::array kAccountLists = std::to_array<std::string>({"set"});
/// Numbers that accounts have from those that they lie over, all together: each takes some hundred bytes.
constexpr std::size_t kMostInherited = 1'000'000;

/// What an account lies over, by its id, until it is laid.
struct LowerAccount {
  std::string account;
  Location where;
};
using LowerAccounts = std::map<std::string, LowerAccount>;

/// The paths at the key `path`, one or a list of them, each with the numbers that it names.
std::vector<PathLine> toml_paths(Context& in, const TomlValue& entry) {
  std::vector<PathLine> lines;
  const TomlValue* value = entry.find("path");
  if (value == nullptr || value->kind != TomlKind::array) {
    if (std::string path = toml_text(entry, "path", true, in.mistakes); value != nullptr && !path.empty()) {
      std::vector<int> numbers = resolve_all(in, path, value->where);
      lines.push_back({std::move(path), std::move(numbers), value->where});
    }
    return lines;
  }
  if (value->items.empty()) {
    in.mistakes.add(value->where, "no path in the list", "write path = [\"...\", \"...\"], or one path alone");
  }
  for (const TomlValue& item : value->items) {
    if (toml_is(item, TomlKind::string, "a path", in.mistakes)) {
      lines.push_back({item.text, resolve_all(in, item.text, item.where), item.where});
    }
  }
  return lines;
}

void read_account(Context& in, const PackageFile& file, LowerAccounts& over) {
  const std::string label = in.package.label(file.name);
  Account account;
  account.id = account_id(file);
  is_good_id(in, account.id, false, {label}, "account id");
  if (account.id == kBase) {
    in.mistakes.add({label}, fmt::format("an account of the name {}, which is the basic model's", kBase),
                    "give the file another name");
  }
  const auto text = text_of(file.bytes, label, in.mistakes);
  const auto root = text ? parse_toml(*text, label, in.mistakes, kAccountLists) : std::nullopt;
  if (!root) {
    return;
  }
  check_toml_keys(*root, kAccountKeys, "key", in.mistakes);
  account.title = toml_text(*root, "title", true, in.mistakes);
  account.story = toml_text(*root, "story", false, in.mistakes);
  account.claims = toml_texts(*root, "claims", in.mistakes);
  if (const TomlValue* claims = root->find("claims"); claims != nullptr && in.claims.is_whole) {
    for (const TomlValue& claim : claims->items) {
      if (claim.kind == TomlKind::string && in.claims.find(claim.text) == kNone) {
        in.mistakes.add(claim.where, "unknown claim " + in_quotes(claim.text),
                        in.mistakes.did_you_mean(claim.text, in.claims.names, "add it to claims.csv"));
      }
    }
  }
  if (const std::string below = toml_text(*root, "over", false, in.mistakes); !below.empty()) {
    if (const Location where = root->find("over")->where; check_account(in, below, where)) {
      over.emplace(account.id, LowerAccount{below, where});
    }
  }
  std::vector<PathLine> lines;
  std::vector<AccountSetting> said;  // of each line
  for (const TomlValue& entry : toml_tables(*root, "set", in.mistakes)) {
    if (!toml_is(entry, TomlKind::table, "[set]", in.mistakes)) {
      continue;
    }
    check_toml_keys(entry, kSettingKeys, "key", in.mistakes);
    std::vector<PathLine> named = toml_paths(in, entry);
    const std::string basis = toml_text(entry, "basis", false, in.mistakes);
    const TomlValue* value = entry.find("value");
    if (value == nullptr) {
      in.mistakes.add(entry.where, "no value", "write value = ...");
      continue;
    }
    const auto known =
        std::find_if(named.begin(), named.end(), [](const PathLine& line) { return !line.numbers.empty(); });
    const auto distribution =
        toml_number(in, *value, "value", known == named.end() ? NumberForm{} : number_form_of_first(in, *known));
    if (basis.empty()) {
      in.mistakes.add(value->where, "a number without a basis", "write basis = \"...\" in the same [[set]]");
    } else {
      check_basis(in, basis, entry.find("basis")->where);
    }
    for (PathLine& line : named) {
      if (!line.numbers.empty() && distribution) {
        check_values(in, line, *distribution, value->where);
        said.push_back({kNone, *distribution, basis, value->where, line.numbers.size() == 1 ? line.path : ""});
        lines.push_back(std::move(line));
      }
    }
  }
  std::map<int, int> first_line;  // of each number that the account sets
  for (const Precedence::Assignment& laid : laid_by(in, lines, false)) {
    account.settings.push_back(said[at(laid.line)]);
    account.settings.back().target = laid.number;
    first_line.emplace(laid.number, lines[at(laid.line)].where.line);
  }
  if (root->find("fitted_until") != nullptr) {
    account.fitted_until = toml_date(*root, "fitted_until", in.mistakes);
  }
  read_draws(in, *root, account, first_line);
  in.war.accounts.push_back(std::move(account));
}

/// Gives each account that lies over another the numbers of that one which it does not set itself.
void lay_accounts_over(Context& in, LowerAccounts lower) {
  std::size_t n_inherited = 0;
  for (Account& top : in.war.accounts) {
    std::vector<Account*> chain{&top};
    for (auto over = lower.find(top.id); over != lower.end(); over = lower.find(chain.back()->id)) {
      const auto below = std::find_if(in.war.accounts.begin(), in.war.accounts.end(),
                                      [&](const Account& a) { return a.id == over->second.account; });
      if (below == in.war.accounts.end()) {
        break;  // a file that cannot be read, which is told
      }
      if (std::find(chain.begin(), chain.end(), &*below) != chain.end()) {
        in.mistakes.add(over->second.where, fmt::format("the account {} lies over itself", in_quotes(below->id)),
                        "let one account of the circle lie over the basic model: remove its over");
        lower.clear();
        return;
      }
      chain.push_back(&*below);
    }
    for (std::size_t k = chain.size() - 1; k-- > 0;) {
      Account& account = *chain[k];
      const Account& below = *chain[k + 1];
      if (below.draws.rows() > 0) {
        in.mistakes.add(lower.at(account.id).where, fmt::format("{} is a table of draws", in_quotes(below.id)),
                        "an account lies over one of values and ranges");
      }
      n_inherited += below.settings.size();
      if (n_inherited > kMostInherited) {
        in.mistakes.add(lower.at(account.id).where, "accounts lie over too many numbers",
                        fmt::format("keep those that they have from others at {} in a package", kMostInherited));
        return;
      }
      std::set<int> own;
      for (const AccountSetting& setting : account.settings) {
        own.insert(setting.target);
      }
      std::copy_if(below.settings.begin(), below.settings.end(), std::back_inserter(account.settings),
                   [&](const AccountSetting& setting) { return !own.contains(setting.target); });
      account.fitted_until = std::max(account.fitted_until, below.fitted_until);
      lower.erase(account.id);
    }
  }
}

}  // namespace

bool check_account(Context& in, const std::string& id, const Location& where) {
  const std::vector<std::string>& known = in.account_ids;
  if (std::find(known.begin(), known.end(), id) != known.end()) {
    return true;
  }
  in.mistakes.add(where, "unknown account " + in_quotes(id),
                  in.mistakes.did_you_mean(id, known,
                                           known.empty() ? "this package has no accounts"
                                                         : fmt::format("known are {}", fmt::join(known, ", "))));
  return false;
}

void read_accounts(Context& in) {
  LowerAccounts over;
  for (const PackageFile& file : in.package.files) {
    if (is_account(file)) {
      read_account(in, file, over);
    }
  }
  lay_accounts_over(in, std::move(over));
}

}  // namespace truel::scenario
