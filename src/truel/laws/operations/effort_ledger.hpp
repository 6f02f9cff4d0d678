// Effort as a budget: what every command has to spend on each enemy, in man-days, and the operations it has ordered.
#pragma once

#include <vector>

#include "truel/world/compiled/compiled_model.hpp"

namespace truel::laws {

/// An attack on a place from its order to the day its men are fit for another.
struct Operation {
  static constexpr int kRunning = -1;
  CommandIndex command;
  PlaceIndex place;
  ActorIndex enemy;
  double men;     ///< planned; once they march, those who are there or on the way
  int ordered;    ///< day of the order, which allied commands know from the next day on
  int march_day;  ///< day on which the preparation ends
  int until;      ///< planned last day, of recovery too
  bool is_exception;
  double planned = men;  ///< as ordered
  int rest = kRunning;   ///< once the attack is over: the day on which its men are free again
  bool has_marched = false;
  double advanced_km = 0;  ///< road from its first place

  bool is_preparing() const { return rest == kRunning && !has_marched; }
  bool is_known_to_allies(int day) const { return is_preparing() && ordered < day; }
};

/// What kept a command from attacking: sums over its decisions, and over the places that it looked at.
struct PlanTally {
  double decisions = 0, men = 0, deployable = 0;
  double places = 0;     ///< of enemies, or of nobody, beside its land
  double no_men = 0;     ///< of these: none of its free men could reach it
  double unlikely = 0;   ///< it had too few of them to win
  double no_effort = 0;  ///< effort for that enemy was spent, or is being saved
  double no_staff = 0;   ///< nobody could lead one more operation

  void add(const PlanTally& other) {
    decisions += other.decisions;
    men += other.men;
    deployable += other.deployable;
    places += other.places;
    no_men += other.no_men;
    unlikely += other.unlikely;
    no_effort += other.no_effort;
    no_staff += other.no_staff;
  }
};

struct EffortLedger {
  EffortLedger(const CompiledModel& model) : plans(at(model.n_commands())) {
    for (auto* account : {&credit, &due, &spent}) {
      account->assign(at(model.n_commands() * model.n_actors()), 0);
    }
  }

  std::vector<double> credit;  ///< [command][enemy] man-days to be spent; below 0: more was spent than was there
  std::vector<double> due;     ///< [command][enemy] credited since the first day
  std::vector<double> spent;   ///< [command][enemy] since the first day
  std::vector<Operation> operations;
  std::vector<double> home;      ///< [command][place] men there on the first day; empty where none are tied
  std::vector<PlanTally> plans;  ///< [command]
};

}  // namespace truel::laws
