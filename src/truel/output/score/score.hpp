// Scores against a record, for people and for programs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "truel/output/output.hpp"
#include "truel/record/score/score.hpp"

namespace truel::output {

/// {"windows": [a row for each window, target, subset, score and model], ...} (docs/scores.md), without a line end.
std::string scores_json(const record::Scores& scores, const record::ScoreOptions& options,
                        const Provenance& provenance);

/// score.json, compact: the rows of the scores that a page shows, reliability, and who held each place beside what the
/// model said of it; with a format of its own.
std::string score_page_json(const record::Scores& scores, const record::ScoreOptions& options,
                            const Provenance& provenance);

/// report.html: score.json, and of the war and the run what a page needs besides; "" in a build without the page.
std::string score_html(const record::Scores& scores, const record::ScoreOptions& options, const Provenance& provenance);

/// Every row of the scores, and the losses of each place or dyad in each window.
std::string scores_csv(const record::Scores& scores);
std::string losses_csv(const record::Scores& scores);

/// What a person reads first: where the model is worse than a baseline, then the table; at most `columns_wide` columns.
std::string scores_table(const record::Scores& scores, const record::ScoreOptions& options, int columns_wide);

/// What became of every file of a record, and which of its places and sides the war has not, without the last line end.
std::string observations_text(const War& war, const record::Observations& observations);

/// Writes report.html (where the build has the page), scores.json, score.json, scores.csv, losses.csv, patterns.csv
/// where facts of fronts were asked for, the pictures and provenance.json into `folder`; as `write` of output.hpp
/// otherwise.
WrittenFiles write_scores(const record::Scores& scores, const record::ScoreOptions& options,
                          const Provenance& provenance, const std::filesystem::path& folder);

}  // namespace truel::output
