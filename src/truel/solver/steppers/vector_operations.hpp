// What CVODE does to its vectors, for few unknowns.
#pragma once

#include <sundials/sundials_nvector.h>

namespace truel::solver {

/// Lets a serial vector, and those made like it afterwards, be added, scaled and measured by plain loops. The library's
/// own functions tell a dozen cases apart before each loop, which for a few numbers takes longer than the loop. Every
/// number is the same to the bit.
void use_plain_loops(N_Vector vector);

}  // namespace truel::solver
