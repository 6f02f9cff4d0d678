// Which build of truel this is.
#pragma once

#include <string_view>

namespace truel {

/// Sixteen hexadecimal digits that name all that the numbers of a run depend on besides what is asked: the library's
/// sources, the compiler and its flags, the processor, the libraries that compute. The same sources built in the same
/// way have the same, wherever they lie and wherever they come from.
std::string_view build_identity();

}  // namespace truel
