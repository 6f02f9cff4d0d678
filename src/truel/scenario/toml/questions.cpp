// `[[question]]` of scenario.toml: what the package is meant to answer, and by which result.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>

#include "truel/base/formats/toml_fields.hpp"
#include "truel/scenario/reading/ids.hpp"
#include "truel/scenario/toml/toml.hpp"

namespace truel::scenario {
namespace {

const std::array kQuestionKeys =
    std::to_array<std::string>({"words", "metric", "form", "answer", "threshold", "yes", "no", "accounts", "basis"});
/// Those that can be written.
const std::vector<std::string> kForms(kAnswerForms.begin() + 1, kAnswerForms.end());
constexpr std::string_view kValue = "{value}";

std::string_view name_of(OutcomeScale scale) {
  constexpr std::array<std::string_view, 5> kNames{"a count", "a share", "a probability", "a day", "a number"};
  return kNames.at(static_cast<std::size_t>(scale));
}

AnswerForm form_of(int choice) {
  return static_cast<AnswerForm>(choice + 1);
}

void warn_of_metrics(Context& in, const Question& question, const std::vector<Location>& where) {
  std::set<Metric> seen;
  bool is_mixed = false;
  for (std::size_t i = 0; i < question.metrics.size(); ++i) {
    const OutcomeScale first = scale_of(question.metrics[0]);
    const OutcomeScale scale = scale_of(question.metrics[i]);
    if (!seen.insert(question.metrics[i]).second) {
      in.warnings.add(where[i], "a second " + in_quotes(question.names[i]) + " in the list", "remove one");
    } else if (scale != first && !is_mixed) {
      is_mixed = true;
      in.warnings.add(where[i],
                      fmt::format("{} is {} and {} {}, in one list", in_quotes(question.names[i]), name_of(scale),
                                  in_quotes(question.names[0]), name_of(first)),
                      "a list puts the greatest first: ask for each kind in a question of its own");
    }
  }
}

void warn_of_threshold(Context& in, const Question& question, const Location& where) {
  const OutcomeScale scale = scale_of(question.metrics.front());
  if (scale == OutcomeScale::number) {
    return;
  }
  const bool is_part = scale == OutcomeScale::share || scale == OutcomeScale::event;
  double greatest = is_part ? 1 : kUnbounded;
  if (scale == OutcomeScale::day && in.start && in.end) {
    greatest = in.end->day - in.start->day;
  }
  if (question.threshold >= 0 && question.threshold < greatest) {
    return;
  }
  const bool is_percent = is_part && question.threshold > 1 && question.threshold <= 100;
  in.warnings.add(where,
                  fmt::format("{} is {} and can never be {} {:.10g}", in_quotes(question.names[0]), name_of(scale),
                              question.threshold < 0 ? "below" : "above", question.threshold),
                  is_percent ? fmt::format("write {:.10g} for {:.10g} %", question.threshold / 100, question.threshold)
                  : std::isfinite(greatest) ? fmt::format("keep it from 0 to below {:.10g}", greatest)
                                            : std::string("keep it at 0 or above"));
}

void read_question_metrics(Context& in, const TomlValue& table, Question& question) {
  const TomlValue* metric = table.find("metric");
  if (metric == nullptr) {
    in.mistakes.add(table.where, "a question without a metric",
                    "write metric = \"actors.ID.value_share\", or put its words into questions = [...]");
    return;
  }
  if (metric->kind == TomlKind::array && metric->items.empty()) {
    in.mistakes.add(metric->where, "a question without a metric", "name at least one in the list");
  }
  if (metric->kind != TomlKind::array && !toml_is(*metric, TomlKind::string, "metric", in.mistakes)) {
    return;
  }
  std::vector<Location> where;  // of each metric
  for (const TomlValue& item : metric->kind == TomlKind::array ? metric->items : std::vector{*metric}) {
    if (!toml_is(item, TomlKind::string, "an item of metric", in.mistakes)) {
      continue;
    }
    const auto named = metric_named(in, item.text, item.where);
    if (!named) {
      if (item.text.empty()) {
        in.mistakes.add(item.where, "an empty metric", "docs/parameters.md lists the metrics");
      }
      continue;
    }
    if (named->statistic != Statistic::mean || item.text.ends_with(".mean") || info_of(*named).value == nullptr) {
      in.mistakes.add(item.where, in_quotes(item.text) + " is no result of one realization",
                      "name a metric without an ending such as .q50: the answer gives mean and quantiles");
      continue;
    }
    if (named->is_date && in.start && in.end && (named->day < in.start->day || named->day > in.end->day)) {
      in.mistakes.add(item.where, format_date(named->day) + " is not a day of the scenario",
                      fmt::format("it runs from {} to {}", format_date(in.start->day), format_date(in.end->day)));
      continue;
    }
    question.names.push_back(item.text);
    question.metrics.push_back(*named);
    where.push_back(item.where);
  }
  warn_of_metrics(in, question, where);
}

void read_question_form(Context& in, const TomlValue& table, Question& question) {
  const TomlValue* metric = table.find("metric");
  const bool is_list = metric != nullptr && metric->kind == TomlKind::array && metric->items.size() > 1;
  const TomlValue* threshold = table.find("threshold");
  const AnswerForm likely = threshold != nullptr ? AnswerForm::yes_or_no
                            : is_list            ? AnswerForm::list
                                                 : AnswerForm::number;
  question.form = form_of(toml_choice(table, "form", kForms, static_cast<int>(likely) - 1, in.mistakes));
  if (is_list && question.form != AnswerForm::list) {
    in.mistakes.add(metric->where, "several metrics in a question that is no list",
                    "keep one, or leave form and threshold out");
  }
  if (threshold != nullptr) {
    const bool is_number = threshold->kind == TomlKind::integer || threshold->kind == TomlKind::real;
    if (!is_number || !std::isfinite(threshold->number)) {
      in.mistakes.add(threshold->where, "threshold is no finite number", "write it as 0.5");
    }
    question.threshold = threshold->number;
    if (is_number && question.metrics.size() == 1) {
      warn_of_threshold(in, question, threshold->where);
    }
  } else if (question.form == AnswerForm::yes_or_no) {
    in.mistakes.add(table.where, "a yes or no without a threshold", "write threshold = 0.5");
  }
  for (const auto& [key, sentence] : {std::pair{"yes", &question.yes}, std::pair{"no", &question.no}}) {
    const TomlValue* given = table.find(key);
    if (question.form == AnswerForm::yes_or_no) {
      *sentence = toml_text(table, key, true, in.mistakes);
    } else if (given != nullptr) {
      in.mistakes.add(given->where, fmt::format("{} in a question without a threshold", key), "add threshold = 0.5");
    }
  }
  if (const TomlValue* answer = table.find("answer");
      answer != nullptr && toml_is(*answer, TomlKind::string, "answer", in.mistakes)) {
    const auto value = answer->text.find(kValue);
    if (question.form == AnswerForm::list) {
      in.mistakes.add(answer->where, "answer in a question that is a list", "leave it out");
    } else if (value == std::string::npos || answer->text.find(kValue, value + 1) != std::string::npos) {
      in.mistakes.add(answer->where, "an answer without one {value}", "write {value} where the number belongs");
    }
    question.answer = answer->text;
  }
}

void read_question(Context& in, const TomlValue& table) {
  check_toml_keys(table, kQuestionKeys, "key", in.mistakes);
  Question question;
  question.where = table.where;
  question.words = toml_text(table, "words", true, in.mistakes);
  read_question_metrics(in, table, question);
  read_question_form(in, table, question);
  question.accounts = toml_accounts(in, table, in.warnings);
  const std::vector<std::string> all = question.accounts.empty() ? in.account_ids : question.accounts;
  if (question.form == AnswerForm::spread && std::set<std::string>(all.begin(), all.end()).size() < 2) {
    in.mistakes.add(table.where, "a spread over fewer than two accounts",
                    "name two different ones in accounts, or choose another form");
  }
  question.basis = toml_text(table, "basis", false, in.mistakes);
  if (!question.basis.empty()) {
    check_basis(in, question.basis, table.find("basis")->where);
  }
  in.war.questions.push_back(std::move(question));
}

}  // namespace

void read_questions(Context& in) {
  for (const TomlValue& entry : in.questions) {
    if (toml_is(entry, TomlKind::table, "[question]", in.mistakes)) {
      read_question(in, entry);
    }
  }
}

}  // namespace truel::scenario
