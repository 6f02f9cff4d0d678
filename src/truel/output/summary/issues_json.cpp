#include "truel/output/summary/issues.hpp"

namespace truel::output {

Json issues_json(const CompiledModel& model, const ensemble::Summary& summary) {
  using Of = IssueResultInfo::Of;
  const War& war = model.war();
  const IssueShape& shape = model.issues();
  const std::span<const IssueResultInfo> results = issue_law().results;
  const int n_results = static_cast<int>(results.size());
  const auto mean_and_error = [&](std::size_t where) {
    const ensemble::Quantity& q = summary.issues.last_day[where];
    return Json{{"mean", number(q.mean)}, {"se", number(q.se)}};
  };
  Json issues = Json::object();
  for (IssueIndex i = 0; i < shape.issues; ++i) {
    Json& issue = issues[war.issues[at(i)]] = Json::object();
    for (int r = 0; r <= shape.rounds; ++r) {
      Json& round = issue["rounds"].emplace_back();
      for (int k = 0; k < n_results; ++k) {
        if (results[at(k)].of == Of::round) {
          round[results[at(k)].name] = mean_and_error(shape.place(k, i, r));
        }
      }
    }
    const std::size_t n_times = summary.days.size();
    for (int k = 0; k < n_results; ++k) {
      const auto& by_time = summary.issues.by_time[at(k)];
      for (std::size_t t = 0; t < n_times && !by_time.empty(); ++t) {
        issue[results[at(k)].name].push_back(quantity(by_time[at(i) * n_times + t]));
      }
    }
    Json& actors = issue["actors"] = Json::object();
    for (const Seat& seat : war.seats) {
      if (seat.issue != i) {
        continue;
      }
      Json& actor = actors[war.actors[at(seat.actor)].id];
      for (int k = 0; k < n_results; ++k) {
        if (const Of of = results[at(k)].of; of == Of::round_and_actor || of == Of::actor) {
          actor[results[at(k)].name] = mean_and_error(shape.place(k, i, shape.rounds, seat.actor));
        }
      }
    }
  }
  return issues;
}

}  // namespace truel::output
