// Two versions of a war side by side, as text, tables and files.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/ensemble/compare/compare.hpp"
#include "truel/output/json.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// What the reader must know of one side.
struct ComparedSide {
  std::string name;                             ///< short: heads a column
  std::string title;                            ///< what it is, for a sentence
  std::vector<std::string> accounts, settings;  ///< of this side
};

/// A comparison and what it is of.
struct ComparedWar {
  const CompiledModel& model;  ///< of the first side
  std::array<ComparedSide, 2> sides;
  const ensemble::Comparison& comparison;
  ActorIndex without = kNone;           ///< the actor that the second side does without, if that is the question
  std::array<std::string, 2> deadly{};  ///< of each side: deadly_text
};

/// An outcome in words: "Fighters on the last day, Islamic State", and its numbers as the tables show them.
struct RowWords {
  std::string what, first, second, difference, interval;
};
RowWords words_of(const War& war, const ensemble::ComparedRow& row);

/// One or two sentences: what changes most, or who gains from the actor that the second side is without.
std::string comparison_answer(const ComparedWar& war);

/// Of each side in which far too many die, that it is so.
std::vector<std::string> deadly_sides(const ComparedWar& war);

/// Why no more pairs were run, or how many there are so far: of a comparison with `until_sure`.
std::string until_sure_words(const ensemble::Comparison& comparison);

/// The answer and a table for each outcome that changes, at most `columns_wide` columns, without the last line end.
std::string comparison_table(const ComparedWar& war, int columns_wide);

/// comparison.json, without a line end; comparison.csv, an outcome a row; pairs.csv, an outcome and realization a row
/// (docs/compare.md).
std::string comparison_json(const ComparedWar& war, const solver::SolveOptions& options, const Provenance& provenance);
std::string comparison_csv(const ComparedWar& war);
std::string pairs_csv(const ComparedWar& war);

/// comparison.json, and besides the kind of every outcome, intervals of both sides and who holds the places.
Json comparison_page(const ComparedWar& war, const solver::SolveOptions& options, const Provenance& provenance);

/// places.csv, a place and a holder of it a row; report.html, "" in a build without the page.
std::string compared_places_csv(const ComparedWar& war);
std::string comparison_html(const ComparedWar& war, const solver::SolveOptions& options, const Provenance& provenance);

/// Writes these five and provenance.json into `folder`; as `write` of output.hpp otherwise.
WrittenFiles write_comparison(const ComparedWar& war, const solver::SolveOptions& options, const Provenance& provenance,
                              const std::filesystem::path& folder);

}  // namespace truel::output
