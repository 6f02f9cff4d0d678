// scenario.toml and accounts, a file for each part.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/results/metric.hpp"
#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// Words, days, constants and terrains. What names things of other files is kept for the functions below.
void read_scenario_toml(Context& in);
void read_sets(Context& in);
void read_accounts(Context& in);
void read_checks(Context& in);
void read_questions(Context& in);

/// The table that `draws` of an account names, as settings of its columns and rows. first_line: of the paths that the
/// account sets already.
void read_draws(Context& in, const TomlValue& root, Account& account, std::map<int, int>& first_line);
/// A mistake where no account has this id. Whether one has.
bool check_account(Context& in, const std::string& id, const Location& where);
/// Ids of accounts at the key `accounts`. twice: gets those that are named again.
std::vector<std::string> toml_accounts(Context& in, const TomlValue& table, Mistakes& twice);
/// What the name of a metric means; nothing, and a mistake, if it is none.
std::optional<Metric> metric_named(Context& in, std::string_view text, const Location& where);

}  // namespace truel::scenario
