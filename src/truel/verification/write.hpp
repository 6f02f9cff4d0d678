// The results of checks as a table, as JSON and as a page of the documentation.
#pragma once

#include <string>

#include "truel/verification/verify.hpp"

namespace truel::verification {

/// One row a check, fitted to so many columns of a terminal, and a last line that counts them.
std::string terminal_table(const Verification& verification, int columns);

/// {"checks": [{"package", "what", "expected", "got", "tolerance", "verdict", "source"}]}. tolerance: how far got may
/// be from expected, in its own unit. got is a text where there is no number ("never", or how a run failed) and null
/// without data. A relation other than "equal" and, of an effect, its standard error and reason are added to the row.
std::string json(const Verification& verification);

/// The page docs/verification.md: a section with a table for every package.
std::string markdown(const Verification& verification);

}  // namespace truel::verification
