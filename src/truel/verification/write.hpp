// The results of checks, of which each field is told once, as a table, as JSON and as a page of the documentation.
#pragma once

#include <string>

#include "truel/verification/verify.hpp"

namespace truel::verification {

/// The checks that failed, or all with those in front, each with the run it looked at; then a line a package, and a
/// last line that counts them. Fitted to so many columns of a terminal.
std::string terminal_table(const Verification& verification, int columns, bool shows_all = false);

/// {"checks": [{"package", "what", "expected", "got", "tolerance", "verdict", "source"}]}. tolerance: how far got may
/// be from expected, in its own unit. got is a text where there is no number ("never", or how a run failed) and null
/// without data. A relation other than "equal" is added to the row; so are, of a check with `against`, "effect" (a
/// number or null), "se" (its Monte Carlo error) and "reason", and what the package says of a known miss.
std::string json(const Verification& verification);

/// A page: a section with a table for every package. Where every package compares two runs, one
/// table of all effects instead, then sections with the checks of another kind (docs/mechanisms.md).
std::string markdown(const Verification& verification);

}  // namespace truel::verification
