// What the numbers of a war rest on, for pages that show it.
#pragma once

#include "truel/claims/basis.hpp"
#include "truel/output/json.hpp"

namespace truel::output {

/// {"kind", "id", "text"}; the id of an assumption is null.
Json page_basis(const claims::Basis& part);

/// {"claims", "conflicts", "sources", "numbers", "basis_counts", "with_basis", "also_called"}.
Json page_evidence(const War& war);

}  // namespace truel::output
