// What the parts of a war are called in the result files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truel/claims/basis.hpp"
#include "truel/world/compiled/compiled_model.hpp"
#include "truel/world/journal.hpp"

namespace truel::output {

using claims::Basis;
using claims::is_evidence;
using claims::resolve_basis;
using claims::unit_of;

/// The package folder's own name: the same wherever the folder lies.
std::string package_name(const War& war);

/// The actor's name for a line of text, without what it explains in brackets at its end ("Nusra Front (from July
/// ...)"). Printable.
std::string short_name(const War& war, ActorIndex actor);

/// The title of the account with this id; of "base" that it is the basic model.
std::string account_title(const War& war, std::string_view id);

/// Those of several accounts.
std::vector<std::string> account_titles(const War& war, const std::vector<std::string>& ids);

/// " under ID" of an account, "" of the basic model.
std::string under_account(const std::string& id);

/// The actor's id, or "none".
std::string_view holder_id(const War& war, ActorIndex holder);

/// Why it happened, in words and with the numbers that decided; "" where its kind says all. Of a dated change its note,
/// or its id.
std::string reason_of(const War& war, const Event& event);

/// Id of a place, or "" for nowhere.
std::string_view place_id(const War& war, PlaceIndex place);

}  // namespace truel::output
