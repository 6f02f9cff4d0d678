// What to say of a name that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace truel {

/// "did you mean `x`?"
std::string did_you_mean(std::string_view x);

/// The same with the known text nearest to `text` (nearest() says how near it has to be), or `otherwise`
/// where nothing is near. before: what stands before what was meant.
std::string did_you_mean(std::string_view text, std::span<const std::string> known, std::string otherwise,
                         std::string_view before = "");

}  // namespace truel
