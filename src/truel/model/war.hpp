// A war as plain data: what a checked scenario package says, before it is compiled.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/date.hpp"
#include "truel/base/result.hpp"
#include "truel/model/distributions/distribution.hpp"
#include "truel/model/indices.hpp"
#include "truel/model/parameters.hpp"
#include "truel/model/results/check.hpp"
#include "truel/model/results/question.hpp"

namespace truel {

inline constexpr int kContested = -2;   ///< control: several sides, none in control
inline constexpr int kEverywhere = -3;  ///< forces, support: the row with place_id `*`

/// A number of the scenario.
struct Parameter {
  std::string path;  ///< "actors.isis.recruits_per_day"
  Distribution distribution;
  std::string basis;  ///< as written; "default" where the scenario gives none
  Location where;     ///< empty for a default
  double least = -kUnbounded;
  double greatest = kUnbounded;
  std::string_view words = {};  ///< of a choice: ParameterInfo::words
  bool is_date = false;         ///< a day: its distribution is one of dates
  bool is_given = false;
  /// Uncertain in the basic model or in one of its accounts: keeps its place in the design of an ensemble
  /// whichever account is run, so that accounts share their draws.
  bool varies_in_package = false;
};

enum class ActorKind { ground, air };

struct Actor {
  std::string id, name;
  ActorKind kind = ActorKind::ground;
  CommandIndex command = kNone;
  std::string ucdp_id, record_code, colour;
};

struct Command {
  std::string id, name;
};

struct Place {
  std::string id, name, country, admin1, kind, geonames_id, note;
  double latitude = 0, longitude = 0;  ///< degrees, WGS 84
  int city = kNone;                    ///< parts of one city share a number; kNone: a place of its own
  int terrain = kNone;                 ///< into War::terrains
  bool is_entry = false;
};

struct Link {
  PlaceIndex a = kNone, b = kNone;
  int terrain = kNone;
  std::string road;
};

struct ControlSpell {
  PlaceIndex place = kNone;
  Day from = 0, to = 0;           ///< inclusive
  ActorIndex controller = kNone;  ///< or kContested
};

/// How sure a record is of a spell: it does not say, or one of three words, of which the last is in doubt.
inline constexpr std::array<std::string_view, 4> kConfidences{"", "high", "medium", "low"};

struct Force {
  ActorIndex actor = kNone;
  PlaceIndex place = kNone;  ///< or kEverywhere
  Day date = 0;
};

/// Who holds a place on a day within the war by a record, laid into every run (laws/interventions/lay_in.hpp).
struct LaidInHolder {
  Day day = 0;
  PlaceIndex place = kNone;
  ActorIndex holder = kNone;
};

/// Deviations of what nobody sees from a day on, laid into every run at its next decision (laws/hidden_defence,
/// laws/hidden_lethality).
struct LaidInDeviations {
  Day day = 0;
  /// [number of the run, modulo how many there are][place, or pair of actors]; NaN: not known
  std::vector<std::vector<float>> deviations;
};

/// Two sides who seem to have stopped fighting each other by a day: in a share of the runs they hold their fire from
/// then on (laws/hidden_lethality/lulls.hpp).
struct LaidInLull {
  Day day = 0;
  double share = 0;
  std::vector<std::pair<ActorIndex, ActorIndex>> pairs;  ///< of actors, one of each side
};

struct SupportRow {
  ActorIndex actor = kNone;
  PlaceIndex place = kNone;  ///< or kEverywhere
  Day date = 0;
};

struct Sponsor {
  ActorIndex recipient = kNone;
  std::string sponsor;
  Day from = 0, to = 0;  ///< inclusive
};

/// A seat at the talks on an issue.
struct Seat {
  ActorIndex actor = kNone;
  IssueIndex issue = kNone;
};

/// realign: an actor's alignment with another changes. pledge: it takes over all alignments of another and stands with
/// it. merge: another actor takes it up.
enum class InterventionAction { set, arrive, leave, realign, pledge, merge };

/// Whether an action changes an actor's allegiance, which a part of its fighters may refuse.
inline bool is_allegiance(InterventionAction action) {
  return action >= InterventionAction::realign;
}

struct Intervention {
  std::string id;
  Day date = 0;
  InterventionAction action = InterventionAction::set;
  int target = kNone;  ///< `set`: index into War::parameters; kNone: it sets nothing
  ActorIndex actor = kNone;
  PlaceIndex place = kNone;       ///< or kEverywhere
  ActorIndex other = kNone;       ///< of a changed allegiance: with whom; kNone: no alignment changes
  ActorIndex dissenters = kNone;  ///< whom its fighters join who do not comply; kNone: they go home
  int compliance = kNone;         ///< index into War::parameters of the share who comply, of a changed allegiance
  std::string note = {};
  std::string ended_by = {};   ///< id of the change that ends it; empty: the rate `ends` alone says when
  std::string ends_with = {};  ///< id of the change whose rate and luck it shares; empty: it has its own
  std::string only_with = {};  ///< id of the change without which it does not happen; empty: it needs none
  Day lasted = 0;              ///< the day until which it is known to have lasted, if that is after its own
  int value = kNone;           ///< index into War::parameters
  int when = kNone;       ///< the same, of the day that counts; `date` is the median of the day that the package gives
  int on = kNone;         ///< the same, of the switch
  int other_on = kNone;   ///< the same, of the switch of the change that it happens only with
  int ends = kNone;       ///< the same, of the rate at which `set` and `realign` are undone
  int half_rate = kNone;  ///< the same, of the days after which that rate is half of what it was
  int luck = kNone;       ///< the same, of the value of the change by which it is drawn how long this one lasts
  /// One dated change of many numbers or of many pairs of actors is as many of these, one after the other, with the
  /// same id and the same value, day and switch; `is_more`: not the first of them.
  bool is_of_many = false;
  bool is_more = false;
};

/// A named set of actors or of places: where a path has an id, it may have the set's instead.
struct NamedSet {
  std::string id;
  std::vector<int> members;  ///< into War::actors or War::places, ascending
};

/// A statement on which claims agree or differ.
struct Topic {
  std::string id, statement;
};

enum class Stand { for_it, against_it, in_doubt };

/// Where the speaker of a claim stands on a topic.
struct Position {
  std::string topic;  ///< id
  Stand stand = Stand::for_it;
};

/// Another name that sources give an actor, a command, a place or a sponsor.
struct Alias {
  std::string name, id;
  bool is_search_only = false;  ///< people look for it so; no side of observed events is matched by it
};

struct Claim {
  std::string id, source, speaker, kind, subject, object, place, from_date, to_date, unit, stance, statement;
  std::string low, high;  ///< as written; empty where the claim has no number
  int paragraph = 0;
  std::vector<Position> positions{};
};

/// What `truel score` found of forecasts of deaths, by pair of sides and month: for the page alone.
struct DeathScore {
  Day from = 0, to = 0;   ///< both included
  std::string score{};    ///< "crps" (in deaths) or "ignorance" (in bits)
  std::string model{};    ///< "truel", or a baseline
  std::string account{};  ///< of "truel" its id or "base"; of a baseline ""
  double value = 0;
  /// From the model `against`, and what holds it 95 times in 100; none for that model itself.
  struct Difference {
    double mean = 0, low = 0, high = 0;
  };
  std::optional<Difference> difference{};
  std::string against{};
  int pairs = 0, months = 0, runs = 0;
};

struct Source {
  std::string id;
  std::string csl_json;  ///< the entry, compact
};

struct AccountSetting {
  int target = kNone;  ///< index into War::parameters
  Distribution distribution;
  std::string basis;
  Location where;
  std::string written{};  ///< its path as the account has it, where that names this number alone; else ""
};

/// Rows of numbers that were drawn together, such as a sample of a posterior.
struct JointDraws {
  std::string file{};           ///< in the package
  std::vector<int> parameters;  ///< [column] index into War::parameters
  std::vector<double> values;   ///< [row][column]
  std::vector<double> weights;  ///< [row] sum above 0; empty: all rows alike
  std::size_t rows() const { return parameters.empty() ? 0 : values.size() / parameters.size(); }
};

struct Account {
  std::string id, title, story;
  std::vector<std::string> claims;
  std::vector<AccountSetting> settings;  ///< of every column of `draws`, too: its distribution by itself
  JointDraws draws{};                    ///< no rows: the account has none
  std::optional<Day> fitted_until{};     ///< its numbers know the record up to this day
};

/// What the answer about united enemies hangs on, by whoever wrote the package.
struct UnityHinge {
  std::string depends_on{};
  std::string without{};  ///< the account that takes it away; "": none does
};

/// Parameters lie in one flat list, kind after kind, so that a path, a setting of an account and an intervention are
/// all one index. Actors, commands, places, terrains and sponsors are sorted by id, links by (a, b), forces, support,
/// seats and interventions by their keys: the order of rows in the package changes nothing.
struct War {
  std::string folder, sha256;
  std::string title, description;
  std::vector<Question> questions;  ///< those with a metric last
  UnityHinge if_united{};
  std::vector<std::string> laid_over{};  ///< ids of the accounts whose numbers `parameters` has
  /// Of the accounts laid over. A number takes its column's value wherever its distribution is still of the kind
  /// `drawn`; of several tables with the same number the last has it.
  std::vector<JointDraws> draws{};
  /// Index and number as it was, of whatever accounts and settings laid over have replaced, in their order.
  std::vector<std::pair<int, Parameter>> replaced{};
  /// Who holds these places on the first day by settings laid over, whatever `control` has; the last of a place counts.
  std::vector<std::pair<PlaceIndex, ActorIndex>> given{};
  Day start = 0, end = 0;
  Day package_start = 0, package_end = 0;  ///< in scenario.toml; `start` and `end` may be others
  int decision_interval_days = 7;
  double default_alignment = 0;

  std::vector<Actor> actors;
  std::vector<Command> commands;
  std::vector<Place> places;
  std::vector<std::string> terrains;
  std::vector<Link> links;
  std::vector<ControlSpell> control;
  std::vector<LaidInHolder> laid_in;                                 ///< by day; of no package: an analysis sets it
  std::vector<LaidInDeviations> laid_in_defence, laid_in_lethality;  ///< the same of what nobody sees
  std::vector<LaidInLull> laid_in_lulls;                             ///< the same of who has stopped fighting
  std::vector<Force> forces;
  std::vector<SupportRow> support;
  std::vector<Sponsor> sponsors;
  std::vector<std::string> issues;
  std::vector<Seat> seats;  ///< rows of positions.csv
  std::vector<Intervention> interventions;
  std::vector<Claim> claims;
  std::vector<Topic> topics;             ///< sorted by id
  std::vector<Alias> aliases;            ///< sorted by name
  std::vector<DeathScore> death_scores;  ///< sorted by days, score, model and account
  std::vector<Source> sources;
  std::string ground;  ///< what the package draws on its map itself: GeoJSON, degrees; "" for what pages have
  std::vector<Account> accounts;
  std::vector<Check> checks;                     ///< in the order of scenario.toml
  std::vector<NamedSet> actor_sets, place_sets;  ///< sorted by id

  std::vector<Parameter> parameters;

  // Index of a parameter; offsets are set by lay_out_parameters.
  int actor(ActorIndex a, ActorParameter p) const { return offset_.actor + a * n_actor_ + static_cast<int>(p); }
  int command(CommandIndex c, CommandParameter p) const {
    return offset_.command + c * n_command_ + static_cast<int>(p);
  }
  int place(PlaceIndex q, PlaceParameter p) const { return offset_.place + q * n_place_ + static_cast<int>(p); }
  int link(int l, LinkParameter p) const { return offset_.link + l * n_link_ + static_cast<int>(p); }
  int tie(ActorIndex a, ActorIndex b, TieParameter p) const {
    return offset_.tie + (a * static_cast<int>(actors.size()) + b) * n_tie_ + static_cast<int>(p);
  }
  /// The number that a `set` or a `realign` changes; kNone: none.
  int changed_by(const Intervention& i) const {
    return i.action == InterventionAction::realign && i.other != kNone ? alignment(i.actor, i.other) : i.target;
  }
  /// Alignment is symmetric: the pair has one number, wherever the scenario writes it.
  int alignment(ActorIndex a, ActorIndex b) const {
    return a < b ? tie(a, b, TieParameter::alignment) : tie(b, a, TieParameter::alignment);
  }
  /// The alignment on the first day of two actors of whom the scenario says none.
  double unstated_alignment(ActorIndex a, ActorIndex b) const {
    return actors[static_cast<std::size_t>(a)].command == actors[static_cast<std::size_t>(b)].command
               ? 1
               : default_alignment;
  }
  /// The two actors whose alignment this parameter is; {kNone, kNone} if it is another number.
  std::pair<ActorIndex, ActorIndex> alignment_pair(int parameter) const;
  int sponsor(int s, SponsorParameter p) const { return offset_.sponsor + s * n_sponsor_ + static_cast<int>(p); }
  int terrain(int t, TerrainParameter p) const { return offset_.terrain + t * n_terrain_ + static_cast<int>(p); }
  int law(LawParameter p) const { return law_[static_cast<std::size_t>(p)]; }
  int force(int row) const { return offset_.force + row; }
  int support_row(int row) const { return offset_.support + row; }
  int position(int row, PositionParameter p) const {
    return offset_.position + row * n_position_ + static_cast<int>(p);
  }
  int intervention(int row) const { return interventions[static_cast<std::size_t>(row)].value; }

  /// Fills `parameters` with one default entry (path, bounds, fallback) for every number the war can have. Call after
  /// all the vectors above have their final size and order, then write the given numbers over the defaults. Numbers of
  /// forces, support and interventions have no default and start as 0; the day of an intervention starts as its `date`.
  /// Of the two paths of an alignment only the one with the smaller actor index first is used (see `alignment`).
  void lay_out_parameters();

  /// Index of the parameter with this path, or kNone. Cost: linear; build a map for many look-ups.
  int find_parameter(std::string_view path) const;

 private:
  struct Offsets {
    int terrain = 0, actor = 0, command = 0, place = 0, link = 0, tie = 0, sponsor = 0, force = 0, support = 0,
        position = 0;
  } offset_;
  std::array<int, 256> law_{};  ///< [LawParameter]
  int n_actor_ = 0, n_command_ = 0, n_place_ = 0, n_link_ = 0, n_tie_ = 0, n_sponsor_ = 0, n_terrain_ = 0,
      n_position_ = 0;
};

/// The ids of actors, places or other things that have one, in their order.
template <class Things>
std::vector<std::string> ids_of(const Things& things) {
  std::vector<std::string> found;
  for (const auto& thing : things) {
    found.push_back(thing.id);
  }
  return found;
}

/// What laws object to in the numbers of a war, wherever they stand. Defined by the list of laws (laws/laws.cpp).
Diagnostics law_faults(const War& war);

}  // namespace truel
