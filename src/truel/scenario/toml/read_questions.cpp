// `[[question]]` of scenario.toml: what the package is meant to answer, and by which result.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>

#include "truel/scenario/reader/reader.hpp"

namespace truel::scenario {
namespace {

const std::array kQuestionKeys =
    std::to_array<std::string>({"words", "metric", "form", "answer", "threshold", "yes", "no", "accounts", "basis"});
/// In the order of AnswerForm, less the first.
const std::array kAnswerForms = std::to_array<std::string>({"number", "yes-or-no", "list", "spread"});
constexpr std::string_view kValue = "{value}";

std::string_view name_of(OutcomeScale scale) {
  constexpr std::array<std::string_view, 5> kNames{"a count", "a share", "a probability", "a day", "a number"};
  return kNames.at(static_cast<std::size_t>(scale));
}

AnswerForm form_of(int choice) {
  return static_cast<AnswerForm>(choice + 1);
}

}  // namespace

void Reader::warn_of_metrics(const Question& question, const std::vector<Location>& where) {
  std::set<Metric> seen;
  bool is_mixed = false;
  for (std::size_t i = 0; i < question.metrics.size(); ++i) {
    const OutcomeScale first = scale_of(question.metrics[0]);
    const OutcomeScale scale = scale_of(question.metrics[i]);
    if (!seen.insert(question.metrics[i]).second) {
      warnings_.add(where[i], "a second " + in_quotes(question.names[i]) + " in the list", "remove one");
    } else if (scale != first && !is_mixed) {
      is_mixed = true;
      warnings_.add(where[i],
                    fmt::format("{} is {} and {} {}, in one list", in_quotes(question.names[i]), name_of(scale),
                                in_quotes(question.names[0]), name_of(first)),
                    "a list puts the greatest first: ask for each kind in a question of its own");
    }
  }
}

void Reader::warn_of_threshold(const Question& question, const Location& where) {
  const OutcomeScale scale = scale_of(question.metrics.front());
  if (scale == OutcomeScale::number) {
    return;
  }
  const bool is_part = scale == OutcomeScale::share || scale == OutcomeScale::event;
  double greatest = is_part ? 1 : kUnbounded;
  if (scale == OutcomeScale::day && package_start_ && package_end_) {
    greatest = package_end_->day - package_start_->day;
  }
  if (question.threshold >= 0 && question.threshold < greatest) {
    return;
  }
  const bool is_percent = is_part && question.threshold > 1 && question.threshold <= 100;
  warnings_.add(where,
                fmt::format("{} is {} and can never be {} {:.10g}", in_quotes(question.names[0]), name_of(scale),
                            question.threshold < 0 ? "below" : "above", question.threshold),
                is_percent ? fmt::format("write {:.10g} for {:.10g} %", question.threshold / 100, question.threshold)
                : std::isfinite(greatest) ? fmt::format("keep it from 0 to below {:.10g}", greatest)
                                          : std::string("keep it at 0 or above"));
}

void Reader::read_question_metrics(const TomlValue& table, Question& question) {
  const TomlValue* metric = table.find("metric");
  if (metric == nullptr) {
    mistakes_.add(table.where, "a question without a metric",
                  "write metric = \"actors.ID.value_share\", or put its words into questions = [...]");
    return;
  }
  if (metric->kind == TomlKind::array && metric->items.empty()) {
    mistakes_.add(metric->where, "a question without a metric", "name at least one in the list");
  }
  if (metric->kind != TomlKind::array && !expect(*metric, TomlKind::string, "metric")) {
    return;
  }
  std::vector<Location> where;  // of each metric
  for (const TomlValue& item : metric->kind == TomlKind::array ? metric->items : std::vector{*metric}) {
    if (!expect(item, TomlKind::string, "an item of metric")) {
      continue;
    }
    const auto named = metric_named(item.text, item.where);
    if (!named) {
      if (item.text.empty()) {
        mistakes_.add(item.where, "an empty metric", "docs/parameters.md lists the metrics");
      }
      continue;
    }
    if (named->statistic != Statistic::mean || item.text.ends_with(".mean") || named->kind == MetricKind::cases_count ||
        named->kind == MetricKind::cases_relative_error) {
      mistakes_.add(item.where, in_quotes(item.text) + " is no result of one realization",
                    "name a metric without an ending such as .q50: the answer gives mean and quantiles");
      continue;
    }
    if (named->is_date && package_start_ && package_end_ &&
        (named->day < package_start_->day || named->day > package_end_->day)) {
      mistakes_.add(
          item.where, format_date(named->day) + " is not a day of the scenario",
          fmt::format("it runs from {} to {}", format_date(package_start_->day), format_date(package_end_->day)));
      continue;
    }
    question.names.push_back(item.text);
    question.metrics.push_back(*named);
    where.push_back(item.where);
  }
  warn_of_metrics(question, where);
}

void Reader::read_question_form(const TomlValue& table, Question& question) {
  const TomlValue* metric = table.find("metric");
  const bool is_list = metric != nullptr && metric->kind == TomlKind::array && metric->items.size() > 1;
  const TomlValue* threshold = table.find("threshold");
  const AnswerForm likely = threshold != nullptr ? AnswerForm::yes_or_no
                            : is_list            ? AnswerForm::list
                                                 : AnswerForm::number;
  question.form = form_of(toml_choice(table, "form", kAnswerForms, static_cast<int>(likely) - 1));
  if (is_list && question.form != AnswerForm::list) {
    mistakes_.add(metric->where, "several metrics in a question that is no list",
                  "keep one, or leave form and threshold out");
  }
  if (threshold != nullptr) {
    const bool is_number = threshold->kind == TomlKind::integer || threshold->kind == TomlKind::real;
    if (!is_number || !std::isfinite(threshold->number)) {
      mistakes_.add(threshold->where, "threshold is no finite number", "write it as 0.5");
    }
    question.threshold = threshold->number;
    if (is_number && question.metrics.size() == 1) {
      warn_of_threshold(question, threshold->where);
    }
  } else if (question.form == AnswerForm::yes_or_no) {
    mistakes_.add(table.where, "a yes or no without a threshold", "write threshold = 0.5");
  }
  for (const auto& [key, sentence] : {std::pair{"yes", &question.yes}, std::pair{"no", &question.no}}) {
    const TomlValue* given = table.find(key);
    if (question.form == AnswerForm::yes_or_no) {
      *sentence = toml_text(table, key, true);
    } else if (given != nullptr) {
      mistakes_.add(given->where, fmt::format("{} in a question without a threshold", key), "add threshold = 0.5");
    }
  }
  if (const TomlValue* answer = table.find("answer");
      answer != nullptr && expect(*answer, TomlKind::string, "answer")) {
    const auto value = answer->text.find(kValue);
    if (question.form == AnswerForm::list) {
      mistakes_.add(answer->where, "answer in a question that is a list", "leave it out");
    } else if (value == std::string::npos || answer->text.find(kValue, value + 1) != std::string::npos) {
      mistakes_.add(answer->where, "an answer without one {value}", "write {value} where the number belongs");
    }
    question.answer = answer->text;
  }
}

void Reader::read_question(const TomlValue& table) {
  check_keys(table, kQuestionKeys, "key");
  Question question;
  question.where = table.where;
  question.words = toml_text(table, "words", true);
  read_question_metrics(table, question);
  read_question_form(table, question);
  question.accounts = toml_accounts(table, warnings_);
  const std::vector<std::string> all = question.accounts.empty() ? account_ids() : question.accounts;
  if (question.form == AnswerForm::spread && std::set<std::string>(all.begin(), all.end()).size() < 2) {
    mistakes_.add(table.where, "a spread over fewer than two accounts",
                  "name two different ones in accounts, or choose another form");
  }
  question.basis = toml_text(table, "basis", false);
  if (!question.basis.empty()) {
    check_basis(question.basis, table.find("basis")->where);
  }
  war_.questions.push_back(std::move(question));
}

void Reader::read_questions() {
  for (const TomlValue& entry : question_entries_) {
    if (expect(entry, TomlKind::table, "[question]")) {
      read_question(entry);
    }
  }
}

}  // namespace truel::scenario
