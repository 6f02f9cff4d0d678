#include "truel/output/summary/answers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "truel/base/math.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/summary/facts.hpp"
#include "truel/output/summary/falls.hpp"
#include "truel/output/terminal/text.hpp"

namespace truel::output {
namespace {

using ensemble::Answers;
using ensemble::AnswerSummary;
using ensemble::Summary;

/// In the order of OutcomeScale.
constexpr std::array<std::string_view, 5> kScaleNames{"people", "share", "probability", "days", "number"};

/// Entries of a list that a sentence names.
constexpr std::size_t kNamed = 6;

std::string value_text(const War& war, OutcomeScale scale, double x) {
  switch (scale) {
    case OutcomeScale::event:
    case OutcomeScale::share:
      return percent(x);
    case OutcomeScale::day:
      return std::isfinite(x) ? long_date(date_of(war, x)) : "-";
    case OutcomeScale::people: {
      const std::string tenths = fixed(x, 1);
      return std::abs(x) < 10 && !tenths.ends_with(".0") ? tenths : rounded_count(x);
    }
    case OutcomeScale::number:
      break;
  }
  return std::isfinite(x) ? fixed(x, 2) : "-";
}

/// The number that a sentence gives: means of shares, the middle run of what has long tails.
double middle_of(OutcomeScale scale, const AnswerSummary& a) {
  return scale == OutcomeScale::event || scale == OutcomeScale::share ? a.quantity.mean : a.quantity.q50;
}

Interval interval_of(OutcomeScale scale, const AnswerSummary& a) {
  return scale == OutcomeScale::event ? a.interval : Interval{a.quantity.q05, a.quantity.q95};
}

/// The 95 % interval of the mean: of a number without bounds that is the same in many runs, that number; NaN of too
/// few.
Interval interval_of_mean(OutcomeScale scale, const AnswerSummary& a) {
  const ensemble::Quantity& q = a.quantity;
  const bool is_same = q.se == 0 && q.runs >= ensemble::Moments::kFewestForInterval && std::isnan(q.mean_interval.low);
  return scale == OutcomeScale::event ? a.interval : is_same ? Interval{q.mean, q.mean} : q.mean_interval;
}

/// "34 % (30–38 %)"; a day also says in how many runs it comes.
std::string value_with_interval(const War& war, OutcomeScale scale, const AnswerSummary& a) {
  if (a.share <= 0) {
    return scale == OutcomeScale::day ? "never in any run" : "no number in any run";
  }
  const Interval interval = interval_of(scale, a);
  const std::string low = value_text(war, scale, interval.low);
  const std::string high = value_text(war, scale, interval.high);
  std::vector<std::string> notes;
  if (low != high) {
    const bool is_percent = low.ends_with(" %") && high.ends_with(" %");
    notes.push_back(fmt::format("{}–{}", is_percent ? low.substr(0, low.size() - 2) : low, high));
  }
  if (a.share < 1) {
    notes.push_back(fmt::format("in {} of {} runs", grouped(a.quantity.runs), grouped(a.quantity.runs / a.share)));
  }
  const std::string value = value_text(war, scale, middle_of(scale, a));
  return notes.empty() ? value : fmt::format("{} ({})", value, fmt::join(notes, "; "));
}

std::string filled(const std::string& sentence, const std::string& value) {
  constexpr std::string_view kValue = "{value}";
  const auto hole = sentence.find(kValue);
  return hole == std::string::npos
             ? value
             : printable(sentence.substr(0, hole)) + value + printable(sentence.substr(hole + kValue.size()));
}

std::string list_text(const War& war, const Question& question, const std::vector<AnswerSummary>& values) {
  const std::vector<std::string> labels = metric_labels(war, question);
  const OutcomeScale scale = scale_of(question.metrics.front());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i].share > 0 && (scale == OutcomeScale::day || middle_of(scale, values[i]) != 0)) {
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    const double x = middle_of(scale, values[i]);
    const double y = middle_of(scale, values[j]);
    return scale == OutcomeScale::day ? x < y : x > y;
  });
  std::vector<std::string> parts;
  for (const std::size_t i : order) {
    if (parts.size() == kNamed) {
      const std::size_t left = order.size() - kNamed;
      parts.push_back(fmt::format("{} {}", left, left == 1 ? "other" : "others"));
      break;
    }
    parts.push_back(labels[i] + " " + value_with_interval(war, scale_of(question.metrics[i]), values[i]));
  }
  return parts.empty() ? "none of them" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string yes_or_no_text(const War& war, const Question& question, const AnswerSummary& a) {
  const OutcomeScale scale = scale_of(question.metrics.front());
  const Interval mean = interval_of_mean(scale, a);
  const std::string verdict = mean.low > question.threshold     ? printable(question.yes)
                              : mean.high <= question.threshold ? printable(question.no)
                              : std::isnan(mean.low)            ? "Too few runs to tell"
                              : scale == OutcomeScale::event
                                  ? "Too close to tell"
                                  : fmt::format("Too close to tell, as the average may be {} to {}",
                                                value_text(war, scale, mean.low), value_text(war, scale, mean.high));
  // A share in percent would read as the chance that the answer is right.
  const std::string sentence =
      question.answer.empty() && scale == OutcomeScale::share && a.share > 0 ? "a share of {value}" : question.answer;
  return verdict + ": " + filled(sentence, value_with_interval(war, scale, a));
}

std::string text_of_answer(const War& war, const Question& question, const std::vector<AnswerSummary>& values) {
  const Metric& first = question.metrics.front();
  const bool has_day = first.day >= 0 || first.is_date;
  if (has_day && values.front().day == kNone) {
    return "That day lies outside this run.";
  }
  switch (question.form) {
    case AnswerForm::yes_or_no:
      return yes_or_no_text(war, question, values.front());
    case AnswerForm::list:
      return list_text(war, question, values);
    default:
      return filled(question.form == AnswerForm::number ? question.answer : std::string(),
                    value_with_interval(war, scale_of(first), values.front()));
  }
}

bool is_asked_of(const Question& question, const std::string& account) {
  return question.accounts.empty() ||
         std::find(question.accounts.begin(), question.accounts.end(), account) != question.accounts.end();
}

/// How far the accounts of a question lie apart, between the two furthest; "" of fewer than two.
std::string spread_text(const War& war, const Question& question, const std::vector<SaidAnswer>& answers,
                        AccountsBy by) {
  const OutcomeScale scale = scale_of(question.metrics.front());
  const SaidAnswer* least = nullptr;
  const SaidAnswer* most = nullptr;
  const auto mean = [](const SaidAnswer* a) { return a->values->front().quantity.mean; };
  std::size_t rivals = 0;
  for (const SaidAnswer& a : answers) {
    if (a.account.empty() || a.values->front().share <= 0) {
      continue;
    }
    ++rivals;
    least = least == nullptr || mean(&a) < mean(least) ? &a : least;
    most = most == nullptr || mean(&a) > mean(most) ? &a : most;
  }
  if (rivals < 2) {
    return "";
  }
  const double apart = mean(most) - mean(least);
  // Of a difference of two, each with an interval of its own (Newcombe 1998, method 10).
  const Interval low = interval_of_mean(scale, least->values->front());
  const Interval high = interval_of_mean(scale, most->values->front());
  const Interval difference{apart - math::hypot(mean(most) - high.low, low.high - mean(least)),
                            apart + math::hypot(high.high - mean(most), mean(least) - low.low)};
  const bool is_share = scale == OutcomeScale::event || scale == OutcomeScale::share;
  const auto size = [&](double x) {
    return is_share ? fixed(whole_percent(x), 0) : scale == OutcomeScale::number ? fixed(x, 2) : rounded_count(x);
  };
  const char* unit = is_share ? " points" : scale == OutcomeScale::day ? " days" : "";
  const bool is_known = std::isfinite(difference.low);
  const std::string range = is_known ? fmt::format("{}–{}", size(std::max(0.0, difference.low)), size(difference.high))
                                     : "too few runs for an interval";
  const auto name = [&](const std::string& id) { return by == AccountsBy::title ? account_title(war, id) : id; };
  const std::string text =
      // Other answers tell the middle run of what has long tails.
      fmt::format("from {}{} ({}) to {} ({}), {}{} apart ({})", value_text(war, scale, mean(least)),
                  is_share ? "" : " on average", name(least->account), value_text(war, scale, mean(most)),
                  name(most->account), size(apart), unit, range);
  return filled(question.answer, text) + (!is_known || difference.low > 0 ? "" : "; no more than chance");
}

/// How a value of the metric is written.
std::string_view scale_name(const Metric& metric) {
  return kScaleNames.at(static_cast<std::size_t>(scale_of(metric)));
}

}  // namespace

std::string early_end_text(const War& war) {
  return war.end >= war.package_end
             ? std::string()
             : fmt::format("This run ends on {}, not on {}: answers about the end are for the earlier day.",
                           long_date(war.end), long_date(war.package_end));
}

std::vector<std::string> metric_labels(const War& war, const Question& question) {
  const std::vector<Metric>& metrics = question.metrics;
  const auto differs = [&](auto part) {
    return std::any_of(metrics.begin(), metrics.end(),
                       [&](const Metric& m) { return m.*part != metrics.front().*part; });
  };
  const bool differs_at_all =
      differs(&Metric::actor) || differs(&Metric::other) || differs(&Metric::place) || differs(&Metric::issue);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const Metric& m = metrics[i];
    std::string label;
    const auto add = [&](bool is_told, const std::string& word, const char* join) {
      if (is_told) {
        label += (label.empty() ? "" : join) + word;
      }
    };
    add(m.place >= 0 && (differs(&Metric::place) || !differs_at_all),
        m.place >= 0 ? printable(war.places[at(m.place)].name) : "", ": ");
    add(m.issue >= 0 && (differs(&Metric::issue) || !differs_at_all), m.issue >= 0 ? war.issues[at(m.issue)] : "",
        ": ");
    add(m.actor >= 0 && (differs(&Metric::actor) || !differs_at_all), m.actor >= 0 ? short_name(war, m.actor) : "",
        ": ");
    add(m.other >= 0 && (differs(&Metric::other) || !differs_at_all), m.other >= 0 ? short_name(war, m.other) : "",
        " against ");
    labels.push_back(label.empty() ? question.names[i] : label);
  }
  // Metrics of one actor that differ in something else are told apart by their names alone.
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (std::count(labels.begin(), labels.end(), labels[i]) > 1) {
      return question.names;
    }
  }
  return labels;
}

std::vector<SaidAnswer> answers_to(const CompiledModel& model, const Summary& summary, std::size_t question) {
  const War& war = model.war();
  const Question& q = war.questions[question];
  std::vector<SaidAnswer> said;
  if (q.metrics.empty() || summary.runs == 0 || (q.form == AnswerForm::spread && summary.accounts.empty())) {
    return said;
  }
  const auto add = [&](const std::string& account, const Answers& answers) {
    if (question < answers.size()) {  // an account of which no run came to its end has none
      said.push_back({account, text_of_answer(war, q, answers[question]), &answers[question]});
    }
  };
  if (summary.accounts.empty()) {
    const bool is_asked = q.accounts.empty() || std::any_of(war.laid_over.begin(), war.laid_over.end(),
                                                            [&](const std::string& id) { return is_asked_of(q, id); });
    if (is_asked) {
      add(fmt::format("{}", fmt::join(war.laid_over, ", ")), summary.answers);
    }
    return said;
  }
  for (const ensemble::AccountSummary& account : summary.accounts) {
    if (is_asked_of(q, account.id) && account.runs > 0) {
      add(account.id, account.answers);
    }
  }
  return said;
}

std::string conclusion_of(const CompiledModel& model, const Summary& summary, std::size_t question, AccountsBy by) {
  const War& war = model.war();
  const Question& q = war.questions[question];
  if (q.metrics.empty()) {
    return "";
  }
  const std::vector<SaidAnswer> answers = answers_to(model, summary, question);
  if (q.form == AnswerForm::spread) {
    return spread_text(war, q, answers, by);
  }
  if (!answers.empty()) {
    return "";
  }
  if (q.accounts.empty()) {
    return "No run came to its end, so there is no answer.";
  }
  if (by == AccountsBy::title) {
    return fmt::format("It is asked of {}.", fmt::join(account_titles(war, q.accounts), ", "));
  }
  return fmt::format("It is asked of {}: add --each-account, or --account.", fmt::join(q.accounts, ", "));
}

Json questions_json(const CompiledModel& model, const Summary& summary, int digits, AccountsBy by) {
  const War& war = model.war();
  const auto written = [&](double x) { return digits > 0 ? significant(x, digits) : number(x); };
  const std::optional<record::OwnControl> observed = record::own_control(war);
  Json list = Json::array();
  for (std::size_t i = 0; i < war.questions.size(); ++i) {
    const Question& q = war.questions[i];
    Json question = {{"words", q.words}};
    if (q.metrics.empty()) {
      list.push_back(std::move(question));
      continue;
    }
    question["form"] = kAnswerForms.at(static_cast<std::size_t>(q.form));
    question["scale"] = scale_name(q.metrics.front());
    question["metrics"] = q.names;
    question["labels"] = metric_labels(war, q);
    if (q.form == AnswerForm::yes_or_no) {
      question["threshold"] = q.threshold;
    }
    if (!q.basis.empty()) {
      question["basis"] = q.basis;
    }
    question["conclusion"] = conclusion_of(model, summary, i, by);
    if (observed) {
      question["fact"] = fact_of(war, *observed, q);
    }
    Json& answers = question["answers"] = Json::array();
    for (const SaidAnswer& answer : answers_to(model, summary, i)) {
      Json values = Json::array();
      for (std::size_t m = 0; m < q.metrics.size(); ++m) {
        const AnswerSummary& a = (*answer.values)[m];
        Json value = digits > 0 ? quantity(a.quantity, digits) : quantity(a.quantity);
        const Interval interval = interval_of(scale_of(q.metrics[m]), a);
        value["low"] = written(interval.low);
        value["high"] = written(interval.high);
        value["share_of_runs"] = written(a.share);
        value["runs"] = a.quantity.runs;
        if (a.day != kNone) {
          value["date"] = format_date(war.start + a.day);
        }
        values.push_back(std::move(value));
      }
      answers.push_back(
          {{"account", account_name(answer.account)}, {"text", answer.text}, {"values", std::move(values)}});
    }
    list.push_back(std::move(question));
  }
  return list;
}

}  // namespace truel::output
