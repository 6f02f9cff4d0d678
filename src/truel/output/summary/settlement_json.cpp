#include "truel/output/summary/settlement.hpp"

namespace truel::output {

Json settlement_json(const CompiledModel& model, const ensemble::Summary& summary) {
  const War& war = model.war();
  const SettlementShape& shape = model.settlement();
  const std::vector<ensemble::Quantity>& last_day = summary.settlement.last_day;
  const auto mean_and_error = [&](std::size_t where) {
    return Json{{"mean", number(last_day[where].mean)}, {"se", number(last_day[where].se)}};
  };
  Json issues = Json::object();
  for (IssueIndex i = 0; i < shape.issues; ++i) {
    Json& issue = issues[war.issues[at(i)]] = Json::object();
    for (int r = 0; r <= shape.rounds; ++r) {
      issue["rounds"].push_back(
          {{"median", mean_and_error(shape.median(i, r))}, {"mean", mean_and_error(shape.mean(i, r))}});
    }
    for (std::size_t t = 0; t < summary.days.size(); ++t) {
      issue["median"].push_back(quantity(summary.settlement.median[at(i) * summary.days.size() + t]));
      issue["mean"].push_back(quantity(summary.settlement.mean[at(i) * summary.days.size() + t]));
    }
    Json& actors = issue["actors"] = Json::object();
    for (const Seat& seat : war.seats) {
      if (seat.issue != i) {
        continue;
      }
      Json& actor = actors[war.actors[at(seat.actor)].id] = {
          {"position", mean_and_error(shape.position(i, shape.rounds, seat.actor))}};
      for (std::size_t f = 0; f < kSeatFacts.size(); ++f) {
        actor[kSeatFacts[f].name] = mean_and_error(shape.seat(i, static_cast<SeatFact>(f), seat.actor));
      }
    }
  }
  return issues;
}

}  // namespace truel::output
