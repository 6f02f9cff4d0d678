#include "truel/output/report/dated_events.hpp"

#include <map>
#include <set>
#include <utility>

#include "truel/model/intervention_numbers.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/report/page_evidence.hpp"

namespace truel::output {

bool does_something(const CompiledModel& model, std::size_t intervention) {
  const War& war = model.war();
  const Intervention& one = war.interventions[intervention];
  const auto is_zero = [&](int number) {
    return war.parameters[at(number)].distribution.is_value() && model.medians()[at(number)] == 0;
  };
  const bool has_value = one.action == InterventionAction::set || one.action == InterventionAction::realign ||
                         !is_zero(war.intervention(static_cast<int>(intervention)));
  return happens(one, [&](int number) { return !is_zero(number); }) && has_value;
}

Json dated_events_json(const CompiledModel& model) {
  const War& war = model.war();
  std::map<std::pair<Day, std::string>, std::set<std::string>> events;  // date and note -> bases as written
  for (std::size_t i = 0; i < war.interventions.size(); ++i) {
    const Intervention& one = war.interventions[i];
    const auto day = static_cast<Day>(model.medians()[at(one.when)]);
    if (day > war.start && day <= war.end && !one.note.empty() && does_something(model, i)) {
      events[{day, one.note}].insert(war.parameters[at(war.intervention(static_cast<int>(i)))].basis);
    }
  }
  Json list = Json::array();
  for (const auto& [event, bases] : events) {
    Json basis = Json::array();
    std::set<std::string> said;
    for (const std::string& text : bases) {
      for (const Basis& part : resolve_basis(war, text)) {
        if (said.insert(part.kind + "\n" + part.id + "\n" + part.text).second) {
          basis.push_back(page_basis(part));
        }
      }
    }
    list.push_back({{"date", format_date(event.first)}, {"note", event.second}, {"basis", std::move(basis)}});
  }
  return list;
}

}  // namespace truel::output
