#include "truel/ensemble/compare/variants.hpp"

#include <algorithm>
#include <cmath>

#include "truel/base/index.hpp"
#include "truel/laws/laws.hpp"
#include "truel/model/distributions/truncated.hpp"

namespace truel::ensemble {
namespace {

/// Undoes dated changes of allegiance that the actor takes part in.
void leave_out_of_events(War& war, ActorIndex actor) {
  for (std::size_t row = 0; row < war.interventions.size(); ++row) {
    Intervention& i = war.interventions[row];
    i.dissenters = i.dissenters == actor ? kNone : i.dissenters;
    const bool takes_part = i.actor == actor || (is_allegiance(i.action) && i.other == actor);
    if (takes_part) {
      if (i.is_of_many) {
        i.other = kNone;  // the others keep what the change says of them
        continue;
      }
      const bool is_realigned = i.action == InterventionAction::realign;
      hold(war, war.intervention(static_cast<int>(row)), is_realigned ? neutral_alignment(war) : 0);
    }
  }
}

}  // namespace

std::vector<int> rows_that_set(const War& war, int parameter) {
  const auto [a, b] = war.alignment_pair(parameter);
  std::vector<int> rows;
  for (std::size_t row = 0; row < war.interventions.size(); ++row) {
    const Intervention& i = war.interventions[row];
    const bool realigns =
        i.action == InterventionAction::realign && a != kNone && std::minmax(i.actor, i.other) == std::minmax(a, b);
    if (realigns || (i.action == InterventionAction::set && i.target == parameter)) {
      rows.push_back(static_cast<int>(row));
    }
  }
  return rows;
}

bool may_be_positive(const War& war, int parameter) {
  const auto above_zero = [&](int p) { return upper_bound(war.parameters[at(p)].distribution) > 0; };
  const std::vector<int> rows = rows_that_set(war, parameter);
  return above_zero(parameter) ||
         std::any_of(rows.begin(), rows.end(), [&](int row) { return above_zero(war.intervention(row)); });
}

void hold(War& war, int parameter, double value) {
  const auto set = [&](int p) { war.parameters[at(p)].distribution = {.a = value}; };
  set(parameter);
  for (const int row : rows_that_set(war, parameter)) {
    if (Intervention& i = war.interventions[at(row)]; i.is_of_many) {
      if (i.action == InterventionAction::set) {  // its value is that of other numbers, too
        i.target = kNone;
      } else {
        i.other = kNone;
      }
    } else {
      set(war.intervention(row));
    }
  }
}

double neutral_alignment(const War& war) {
  const auto middle = [&](LawParameter p) { return median(war.parameters[at(war.law(p))]); };
  return (middle(LawParameter::ally_threshold) + middle(LawParameter::enemy_threshold)) / 2;
}

std::vector<std::pair<int, double>> all_effort_at(const CompiledModel& model, CommandIndex command, ActorIndex actor) {
  const War& war = model.war();
  std::vector<std::pair<int, double>> held{
      {war.command(command, CommandParameter::doctrine), static_cast<double>(Doctrine::fixed)}};
  for (const ActorIndex a : model.members(command)) {
    for (ActorIndex b = 0; b < model.n_actors(); ++b) {
      const int share = war.tie(a, b, TieParameter::share);
      if (b == actor || std::isfinite(model.medians()[at(share)])) {
        held.emplace_back(share, b == actor ? 1 : 0);
      }
    }
  }
  return held;
}

Result<War> without(const War& base, ActorIndex actor) {
  if (may_be_positive(base, base.law(laws::number_of<laws::Alignment>(laws::Alignment::on)))) {
    for (const LawParameter rule : {laws::number_of<laws::Alignment>(laws::Alignment::triads),
                                    laws::number_of<laws::Alignment>(laws::Alignment::landscape)}) {
      if (may_be_positive(base, base.law(rule))) {
        return Diagnostic{base.parameters[at(base.law(rule))].where,
                          "alignment moves by triads or by sides, which count every actor",
                          "compare with a package that has one actor less"};
      }
    }
  }
  War war = base;
  const auto n_actors = static_cast<ActorIndex>(war.actors.size());
  for (std::size_t row = 0; row < war.forces.size(); ++row) {
    if (war.forces[row].actor == actor) {
      hold(war, war.force(static_cast<int>(row)), 0);
    }
  }
  leave_out_of_events(war, actor);
  for (ControlSpell& spell : war.control) {
    spell.controller = spell.controller == actor ? kNone : spell.controller;
  }
  for (const RecruitsInfo& recruits : kRecruits) {
    hold(war, war.actor(actor, recruits.number), 0);
  }
  for (const ActorParameter p : {ActorParameter::sorties_per_day, ActorParameter::horizon, ActorParameter::size}) {
    hold(war, war.actor(actor, p), 0);
  }
  hold(war, war.actor(actor, ActorParameter::excluded), 1);
  for (std::size_t row = 0; row < war.sponsors.size(); ++row) {
    const Sponsor& sponsor = war.sponsors[row];
    if (sponsor.recipient == actor || sponsor.sponsor == war.actors[at(actor)].id) {
      for (std::size_t p = 0; p < sponsor_parameters().size(); ++p) {
        hold(war, war.sponsor(static_cast<int>(row), static_cast<SponsorParameter>(p)), 0);
      }
    }
  }
  const double neutral = neutral_alignment(war);
  for (ActorIndex other = 0; other < n_actors; ++other) {
    if (other == actor) {
      continue;
    }
    hold(war, war.alignment(actor, other), neutral);
    for (const TieParameter p : {TieParameter::bargain, TieParameter::blowback, TieParameter::rivalry,
                                 TieParameter::defection_per_day, TieParameter::trade, TieParameter::passage}) {
      hold(war, war.tie(actor, other, p), 0);
      hold(war, war.tie(other, actor, p), 0);
    }
  }
  return war;
}

}  // namespace truel::ensemble
