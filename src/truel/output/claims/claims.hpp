// Claims for people and machines: what `truel claims` prints.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/claims/conflicts.hpp"
#include "truel/claims/coverage.hpp"
#include "truel/claims/evidence.hpp"
#include "truel/output/json.hpp"

namespace truel::output {

// Text at most `width` columns wide (60 at the least).
std::string claims_table(const claims::Evidence& evidence, std::span<const int> claims, int width);
std::string numbers_table(const claims::Evidence& evidence, std::span<const claims::Number> numbers, int width);
std::string conflicts_table(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts, int width);
std::string coverage_table(const claims::CoverageTables& coverage, int width);

// RFC 4180, one header line. Of numbers: one row for each part of a basis; of conflicts: one for each pair of claims.
std::string claims_csv(const claims::Evidence& evidence, std::span<const int> claims);
std::string numbers_csv(const claims::Evidence& evidence, std::span<const claims::Number> numbers);
std::string conflicts_csv(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts);
std::string coverage_csv(const claims::CoverageTables& coverage);

Json claims_json(const claims::Evidence& evidence, std::span<const int> claims);
Json numbers_json(const claims::Evidence& evidence, std::span<const claims::Number> numbers);
Json conflicts_json(const claims::Evidence& evidence, std::span<const claims::Conflict> conflicts);
Json coverage_json(const claims::CoverageTables& coverage);

/// The numbers that stand out of the noise in a sensitivity.json, for each of its outcomes. Errors: the file cannot be
/// read, is none, or names a number that the war does not have.
Result<std::vector<claims::Influence>> read_influence(const std::filesystem::path& file, const War& war);

/// What is to be linked: claims with their sources and speakers, numbers with what they derive from, contradictions.
struct LinkedData {
  std::span<const int> claims{};
  std::span<const claims::Number> numbers{};
  std::span<const claims::Conflict> conflicts{};
};

/// RDF with the terms of PROV-O (W3C recommendation of 30 April 2013) and Dublin Core; what these lack has names of
/// the vocabulary urn:truel:terms#. As Turtle 1.1 and as JSON-LD 1.1: the same statements.
std::string turtle(const claims::Evidence& evidence, const LinkedData& data);
std::string json_ld(const claims::Evidence& evidence, const LinkedData& data);

/// "for", "against", "doubts"
std::string_view to_string(Stand stand);

}  // namespace truel::output
