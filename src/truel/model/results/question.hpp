// What a package is meant to answer: `[[question]]` in scenario.toml.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/result.hpp"
#include "truel/model/results/metric.hpp"

namespace truel {

/// How an answer is said. words: the question has no metric, so that nothing answers it. number: the metric. yes_or_no:
/// on which side of a threshold it lies. list: several metrics, greatest first. spread: how far accounts lie apart.
enum class AnswerForm { words, number, yes_or_no, list, spread };
/// In the order of AnswerForm; nobody writes the first.
inline constexpr std::array<std::string_view, 5> kAnswerForms{"words", "number", "yes-or-no", "list", "spread"};

struct Question {
  std::string words;
  AnswerForm form = AnswerForm::words;
  std::vector<std::string> names{};  ///< of the metrics, as written
  std::vector<Metric> metrics{};     ///< what they mean; one unless the form is list
  std::string answer{};     ///< the sentence of a number or spread, with {value} in it; empty: the number alone
  double threshold = 0;     ///< of yes_or_no
  std::string yes{}, no{};  ///< what holds above the threshold, and at or below it
  std::vector<std::string> accounts{};  ///< ids of the accounts that it is asked of; empty: of all, and of the package
  std::string basis{};                  ///< may be empty
  Location where{};
};

}  // namespace truel
