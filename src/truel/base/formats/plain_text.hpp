// Text that somebody may have saved in any editor.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "truel/base/formats/mistakes.hpp"

namespace truel {

/// The text of a file without its byte-order mark; nothing, and a mistake, if it is empty, not UTF-8, or holds
/// control characters.
std::optional<std::string_view> text_of(std::string_view bytes, const std::string& label, Mistakes& mistakes);

}  // namespace truel
