// What a number rests on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truel/model/war.hpp"

namespace truel::claims {

/// One reason why a number is what it is.
struct Basis {
  std::string kind;  ///< claim, source, assumed or default
  std::string id;    ///< of the claim or the source; "" for the others
  std::string text;  ///< the claim's statement, where in the source, the assumption as written
};

/// The parts of a basis as the package writes it ("A12; source:un_2015 table 2; assumed: ..."). A number without a
/// basis of its own (a default, a switch) gives one part of the kind `default`.
std::vector<Basis> resolve_basis(const War& war, std::string_view basis);

/// Whether the parameter is a number that the package gives and has to account for: not a default, not a switch or
/// a choice, not the second path of a symmetric alignment.
bool is_evidence(const War& war, int parameter);

/// Unit, default and meaning of the parameter with this index, or nullptr for a dated number, which has no default.
const ParameterInfo* info_of(const War& war, int parameter);

/// Unit of the parameter with this index into War::parameters.
std::string_view unit_of(const War& war, int parameter);

}  // namespace truel::claims
