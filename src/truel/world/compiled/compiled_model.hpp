// A war made ready to run: look-up tables that no realization changes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "truel/base/index.hpp"
#include "truel/base/result.hpp"
#include "truel/model/war.hpp"
#include "truel/world/compiled/issue_shape.hpp"

namespace truel {

/// The actors of one simulation fit in one machine word, so that "who is here" is a bit mask.
inline constexpr int kMaxActors = 64;
using ActorMask = std::uint64_t;
inline ActorMask bit(ActorIndex a) {
  return ActorMask{1} << a;
}

struct Neighbour {
  PlaceIndex place;
  int link;
  double km;
};

struct NearPlace {
  PlaceIndex place;
  double km;  ///< along the shortest road, each stretch divided by its terrain's speed factor
};

struct LaterWar;

/// Immutable and shared by all threads.
class CompiledModel {
 public:
  const War& war() const { return *war_; }
  int n_actors() const { return static_cast<int>(war_->actors.size()); }
  int n_commands() const { return static_cast<int>(war_->commands.size()); }
  int n_places() const { return static_cast<int>(war_->places.size()); }
  int n_days() const { return war_->end - war_->start; }

  bool is_air(ActorIndex a) const { return war_->actors[at(a)].kind == ActorKind::air; }
  /// Those who are not in the air.
  ActorMask ground() const { return ground_; }
  CommandIndex command_of(ActorIndex a) const { return war_->actors[at(a)].command; }
  std::span<const ActorIndex> members(CommandIndex c) const { return members_[at(c)]; }

  std::span<const Neighbour> neighbours(PlaceIndex p) const { return neighbours_[at(p)]; }
  /// Places by road, nearest first, without p: as far as reach and relief can be, at least to `kNearKm` if it fits.
  std::span<const NearPlace> near(PlaceIndex p) const { return near_[at(p)]; }
  /// [place] where it stands in near(p); n_places() - 1: it does not, as no list is so long. Empty on maps of more than
  /// kMostRanked places.
  std::span<const std::uint16_t> ranks_near(PlaceIndex p) const {
    const std::size_t n = ranks_near_.empty() ? 0 : at(n_places());
    return {ranks_near_.data() + at(p) * n, n};
  }
  /// The same as near() over open ground alone (terrains that raiders can cross), there as far as raids can go.
  std::span<const NearPlace> near_open(PlaceIndex p) const { return near_open_[at(p)]; }

  /// Countries of the places (places.csv), sorted; places without one share the text "".
  const std::vector<std::string>& countries() const { return countries_; }
  int country_of(PlaceIndex p) const { return country_of_[at(p)]; }
  /// Whether the place lies in a country where the command holds none on the first day, though it holds some elsewhere.
  bool is_abroad(CommandIndex c, PlaceIndex p) const {
    return is_foreign_[at(c) * countries_.size() + at(country_of(p))] != 0;
  }

  /// Who controls each place on the first day: an actor, kNone or kContested.
  std::span<const ActorIndex> first_control() const { return first_control_; }
  /// Since when the place has had this holder: so many days before the first day, by the spells of War::control; 0
  /// where an analysis gives another holder. Of a spell of the first day of all nobody knows how long it had lasted by
  /// then.
  struct Tenure {
    int days = 0;
    bool is_since_first_rows = false;
  };
  Tenure first_tenure(PlaceIndex p) const { return first_tenure_[at(p)]; }
  /// Rows of War::forces and War::support that hold on the first day.
  std::span<const int> first_forces() const { return first_forces_; }
  std::span<const int> first_support() const { return first_support_; }
  /// Sponsors by recipient: rows of War::sponsors.
  std::span<const int> sponsors_of(ActorIndex a) const { return sponsors_[at(a)]; }
  /// The actor of the sponsor's id, or kNone; rows of War::sponsors.
  ActorIndex sponsor_actor(int row) const { return sponsor_actor_[at(row)]; }
  /// Whether a number may be above 0 in some realization on some day; of a tie: that of some pair of actors.
  bool may_be_positive(LawParameter p) const { return positive_laws_[static_cast<std::size_t>(p)]; }
  bool may_be_positive(TieParameter p) const { return positive_ties_[static_cast<std::size_t>(p)]; }

  /// Places that share a population (parts of one city); a place of its own is a group of one.
  std::span<const PlaceIndex> city(PlaceIndex p) const { return cities_[at(city_of_[at(p)])]; }

  /// Indices of the uncertain parameters, ascending, and the dimension of the design that each takes.
  std::span<const int> uncertain() const { return uncertain_; }
  std::span<const int> dimension() const { return dimension_; }

  /// What a law says of the issues of talks in this war; none where it does not act.
  const IssueShape& issues() const { return issues_; }

  /// Values of all parameters at the median of each distribution: [parameters].
  std::span<const double> medians() const { return medians_; }

  /// What the war goes on as from a later day on; null: it stays what it is.
  const LaterWar* later() const { return later_.get(); }

  static constexpr double kNearKm = 500;
  static constexpr int kMostRanked = 1024;

 private:
  friend Result<CompiledModel> compile(std::shared_ptr<const War>);
  friend CompiledModel with_later(CompiledModel, LaterWar);
  // Steps of compile, in its order.
  void number_countries();
  void gather_actors();
  void read_parameters();
  /// What raiders can cross.
  std::vector<std::vector<Neighbour>> lay_roads(Diagnostics& faults);
  void find_near(const std::vector<std::vector<Neighbour>>& open);
  void group_cities();
  void take_first_day();

  std::shared_ptr<const War> war_;
  ActorMask ground_ = 0;
  std::vector<std::vector<ActorIndex>> members_;
  std::vector<std::vector<Neighbour>> neighbours_;
  std::vector<std::vector<NearPlace>> near_, near_open_;
  std::vector<std::uint16_t> ranks_near_;  ///< [place][place]
  std::vector<ActorIndex> first_control_;
  std::vector<Tenure> first_tenure_;
  std::vector<int> first_forces_, first_support_;
  std::vector<std::vector<int>> sponsors_;
  std::vector<ActorIndex> sponsor_actor_;
  std::vector<char> positive_laws_, positive_ties_;
  std::vector<std::vector<PlaceIndex>> cities_;
  std::vector<int> city_of_;
  std::vector<std::string> countries_;
  std::vector<int> country_of_;
  std::vector<std::uint8_t> is_foreign_;  ///< [command][country]
  std::vector<int> uncertain_, dimension_;
  std::vector<double> medians_;
  IssueShape issues_;
  std::shared_ptr<const LaterWar> later_;
};

/// What a war goes on as: one with the same actors, places, roads and numbers, but for who is under which command.
struct LaterWar {
  Day from = 0;
  std::shared_ptr<const CompiledModel> model;
  std::vector<std::pair<int, double>> values;  ///< numbers and what they are from that day on; no alignment falls
};

/// The war that goes on as another one from a day after its first on.
CompiledModel with_later(CompiledModel model, LaterWar later);

/// Builds the tables. Errors: more than kMaxActors actors, uncertain road lengths or terrain speeds (the road tables
/// are shared by all realizations), no spell of control on the first day at all, what issue_shape objects to.
/// Cost: one shortest-path search a place.
Result<CompiledModel> compile(std::shared_ptr<const War> war);

}  // namespace truel
