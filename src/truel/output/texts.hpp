// Result files that are texts.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "truel/output/output.hpp"

namespace truel::output {

/// Writes texts (name, content) and provenance.json, with the citations of a record, into `folder`; as `write` of
/// output.hpp otherwise.
WrittenFiles write_texts(const CompiledModel& model, const solver::SolveOptions& options,
                         std::span<const std::pair<std::string, std::string>> texts,
                         std::span<const std::string> citations, const Provenance& provenance,
                         const std::filesystem::path& folder);

}  // namespace truel::output
