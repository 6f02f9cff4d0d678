// The solvers by name, for whatever names one: packages, programs and Python.
#pragma once

#include <array>
#include <string_view>

namespace truel {

/// In the order of solver::SolverKind.
inline constexpr std::array<std::string_view, 3> kSolverNames{"leap", "exact", "mean-field"};
inline constexpr std::string_view kUsualSolver = kSolverNames.front();

}  // namespace truel
