// A small war built by hand, so that a test states its whole scenario and needs no files.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/laws/derived.hpp"
#include "truel/model/war.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::test {

inline constexpr Day kFirstDay = 16801;  // 2016-01-01

/// The first actors of a war that calls them a, b and c.
inline constexpr ActorIndex kA = 0;
inline constexpr ActorIndex kB = 1;
inline constexpr ActorIndex kC = 2;

/// Actors, commands and places are named by their ids and numbered in the order of their first mention. All actors are
/// enemies of each other (default alignment -1) and fire is on; everything else is as the scenario format's defaults
/// have it. `build` ends the program on a path that does not exist.
class WarBuilder {
 public:
  /// Decisions are taken on the first day only, unless `decide_every` says otherwise.
  explicit WarBuilder(int days);

  WarBuilder& decide_every(int days);
  WarBuilder& default_alignment(double alignment);
  WarBuilder& ground(const std::string& id, const std::string& command = "");
  WarBuilder& air(const std::string& id, const std::string& command = "");
  /// The doctrine of a command; actors without a command of their own are in one of their own id.
  WarBuilder& doctrine(const std::string& command, Doctrine doctrine);
  /// controller: an actor mentioned before, or "" for nobody.
  WarBuilder& place(const std::string& id, const std::string& controller = "");
  WarBuilder& terrain(const std::string& place, const std::string& terrain);
  WarBuilder& entry(const std::string& place);
  WarBuilder& country(const std::string& place, const std::string& name);
  WarBuilder& city(const std::string& place, int number);
  WarBuilder& road(const std::string& a, const std::string& b, double km, const std::string& terrain = "");
  /// place: "*" for wherever its command holds ground.
  WarBuilder& force(const std::string& actor, const std::string& place, double fighters);
  WarBuilder& support(const std::string& actor, const std::string& place, double share);
  /// From and to are days since the first day, inclusive.
  WarBuilder& sponsor(const std::string& recipient, const std::string& sponsor, int from, int to);
  /// A dated change of the parameter at `path`.
  WarBuilder& change(int day, const std::string& path, double value);
  /// The last change is undone at this rate.
  WarBuilder& ending(double per_day);
  /// The last change ends with the change of this number.
  WarBuilder& ending_with(int change);
  /// The last change happens only where the change of this number does.
  WarBuilder& only_with(int change);
  WarBuilder& arrive(int day, const std::string& actor, const std::string& place, double fighters);
  /// place: "*" for everywhere.
  WarBuilder& leave(int day, const std::string& actor, const std::string& place, double fighters);
  /// A change of allegiance: realign (value: the new alignment), pledge or merge (0: it does not happen). dissenters:
  /// "" if they go home.
  WarBuilder& turn(int day, InterventionAction action, const std::string& actor, const std::string& other,
                   double compliance = 1, const std::string& dissenters = "", double value = 1);
  /// A seat at the talks on an issue; issues are numbered in the order of their first mention.
  WarBuilder& seat(const std::string& actor, const std::string& issue, double position, double salience = 1);
  WarBuilder& align(const std::string& a, const std::string& b, double alignment);
  WarBuilder& set(const std::string& path, double value);
  WarBuilder& set(const std::string& path, const Distribution& distribution);
  /// The parameter has this value to the last day: dated changes of it that stand here change nothing.
  WarBuilder& hold(const std::string& path, double value);

  /// The same war with actors, commands and places numbered in the opposite order, as if their ids were others.
  WarBuilder renumbered() const;

  ActorIndex actor(std::string_view id) const;
  CommandIndex command(std::string_view id) const;
  PlaceIndex at_place(std::string_view id) const;  ///< kEverywhere for "*"

  std::shared_ptr<const War> build() const;
  CompiledModel compile() const;

 private:
  WarBuilder& add_actor(const std::string& id, const std::string& command, ActorKind kind);
  int terrain_number(const std::string& id);
  std::string canonical(const std::string& path) const;
  void intervene(int day, InterventionAction action, const std::string& actor, const std::string& place, double value);

  War war_;
  std::vector<std::pair<std::string, Distribution>> settings_;
  std::map<int, std::string> change_paths_;  ///< by row of War::interventions
  std::map<int, double> compliance_;         ///< likewise
  std::vector<double> force_values_, support_values_, intervention_values_;
};

}  // namespace truel::test
