// The grammar of a basis: what a number of a package rests on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truel/model/war.hpp"

namespace truel {

/// What a part of a basis says a number rests on. `other`: words that are none of the three.
enum class BasisKind { claim, source, assumed, other };

/// One part of a basis as it is written. Views of the text that was read.
struct BasisPart {
  BasisKind kind = BasisKind::other;
  std::string_view id;    ///< of the claim or the source; "" for the others
  std::string_view text;  ///< the whole part, without the spaces around it
  std::string_view rest;  ///< what follows `assumed:` or the id of a source: the reason, where in the source
};

/// The parts of a basis, which `;` separates: `assumed: why`, `source:ID where`, or one word, the id of
/// a claim. Empty parts are left out. Whether ids are known is not looked at: of a number that the package does not
/// give, the basis "default" reads as a claim that nobody made.
std::vector<BasisPart> basis_parts(std::string_view basis);

/// Whether a basis assumes anything, alone or beside a claim or a source.
bool assumes(std::string_view basis);

/// What a basis counts for: the id of the source of each claim that it names, "other sources" for `source:`, each once,
/// in the order of the basis; if there is none of these, "assumed", or "default" without an assumption.
std::vector<std::string> sources_of_basis(const War& war, std::string_view basis);

}  // namespace truel
