// What a command could attack, and what that asks of it.
#pragma once

#include <vector>

#include "truel/laws/operations/orders.hpp"

namespace truel::laws {

struct Target {
  PlaceIndex place;
  ActorIndex enemy;  ///< kNone: nobody's land
  double need;       ///< fighters wanted there in all
  double missing;    ///< of them not yet there or on the way
  double merit;
  bool is_raid;
  double men;       ///< of the need, those whom the command can bring
  double help;      ///< men of allied commands who are there, on the way, or said that they come
  double expected;  ///< help, or those hoped for if they are more
};

/// Kept from one decision to the next so that a decision allocates nothing.
struct Targets {
  std::vector<PlaceIndex> in_touch;  ///< places that an attack may go for
  std::vector<PlaceIndex> reached;   ///< of these those that free men could reach when they were last listed
  double n_not_reached = 0;          ///< the other ones that are no friend's and nobody spares
  std::vector<Target> list;
};

/// What a place is worth to this command: its value, and that of the own places it threatens.
double worth(const Situation& now, PlaceIndex p);
/// The same with its taste, before win probability and force.
double appeal(const Situation& now, PlaceIndex p);
/// What the command's taste adds to the worth of a place that an enemy has just taken from another, as a share of it.
double prey(const Situation& now, PlaceIndex p);
/// Force needed at an enemy place by road: enough to win, less what a full week of the air arm replaces, and enough to
/// hold it against the enemies beyond it.
double force_by_road(const Situation& now, PlaceIndex p);
/// Men of allied commands at a target, on the way, or set down for an attack on it.
double help(const Situation& now, const Orders& orders, PlaceIndex p);
/// Free men of allied commands within reach of a target, as far as the command counts on them.
double hoped_for(const Situation& now, PlaceIndex p);

/// Places of others next to ours and where we stand; with raiders, every place of others.
void list_places_in_touch(const Situation& now, const Orders& orders, Targets& targets);
/// Lists what could be attacked of the places in touch: free men can reach it and are not too few. has_merit: false
/// where their order is not asked.
void list_targets(const Situation& now, Orders& orders, bool has_merit, Targets& targets);
/// Men who are at a target, on the way, or free and within reach.
double available(const Situation& now, Orders& orders, const Target& target);
/// Sends the men who are missing. Notes with what decided; counts the attack as a new one where nobody was there or on
/// the way.
void send_to_attack(const Situation& now, Orders& orders, const Target& target, bool is_exception,
                    const EventCause& cause, const EventNumbers& numbers);

}  // namespace truel::laws
