// What an ensemble answers to the questions of its package, in words and as data.
#pragma once

#include <string>
#include <vector>

#include "truel/output/json.hpp"

namespace truel::output {

/// An answer under one account.
struct SaidAnswer {
  std::string account;  ///< id; "": the basic model
  std::string text;
  const std::vector<ensemble::AnswerSummary>* values = nullptr;  ///< [metric of the question]
};

/// The answers to a question under each account that it is asked of and that was run: one where no accounts were run
/// side by side. Empty: the question has no metric, or is asked of accounts alone that were not run.
std::vector<SaidAnswer> answers_to(const CompiledModel& model, const ensemble::Summary& summary, std::size_t question);

/// How a sentence names accounts: by their ids in a terminal and in summary.json, by their titles on the page.
enum class AccountsBy { id, title };

/// What all its answers say together, or why there is none; "" where each answer stands for itself, or where nothing is
/// asked, as how far accounts lie apart of a run of one.
std::string conclusion_of(const CompiledModel& model, const ensemble::Summary& summary, std::size_t question,
                          AccountsBy by = AccountsBy::id);

/// That the run ends before the day which the words of a question may name; "" where it does not.
std::string early_end_text(const War& war);

/// What tells the metrics of a question apart, in words: the actor, the enemy, the place. [metric]
std::vector<std::string> metric_labels(const War& war, const Question& question);

/// The questions with all their answers, for summary.json and the page. digits below 1: as many as the numbers have.
Json questions_json(const CompiledModel& model, const ensemble::Summary& summary, int digits, AccountsBy by);

}  // namespace truel::output
