// A war with a few claims.
#pragma once

#include "truel/claims/evidence.hpp"

namespace truel::claims {

/// Actors north and south (command `joint`) and sky (its own command), places alpha and two parts of beta, topics
/// `many` and `late`, an account `rival`; no claims, and every number a default.
War without_claims();

/// Gives the number at the path.
void give(War& war, std::string_view path, double value, std::string_view basis);

/// Adds a setting of the account `rival`.
void set(War& war, std::string_view path, std::string_view basis);

/// Adds a claim; call before Evidence is made.
Claim& claim(War& war, std::string id);

}  // namespace truel::claims
