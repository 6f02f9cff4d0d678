// What a call brings: bodies read into questions and packages, and mistakes told back.
#pragma once

#include <string_view>

#include "truel/base/result.hpp"
#include "truel/output/json.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "what_if.hpp"

namespace truel::server {

/// Limits of what one call may bring.
inline constexpr std::size_t kLargestQuestion = 64 * 1024, kLargestDraft = 256 * 1024, kLargestBody = 2 * kLargestDraft;

/// The question that a body asks. Errors: the one thing that makes it none.
Result<Question> question_of(std::string_view body);

/// The files of a war that was written on the page, {"files": {name: text}}: names that the format knows, texts of
/// together at most kLargestDraft bytes. They lie in no folder, so that mistakes name files alone. Errors: as of a
/// question.
Result<scenario::PackageFiles> draft_of(std::string_view body);

/// {"files": {name: text}} of a package; nothing where they are too large to come back as a draft.
output::Json files_json(const scenario::PackageFiles& package);

/// [{"where": "file:line", "file", "line", "column", "what", "hint"}]
output::Json diagnostics_json(const Diagnostics& list);

/// {"errors": [...]}
output::Json errors_json(const Diagnostics& mistakes);

}  // namespace truel::server
