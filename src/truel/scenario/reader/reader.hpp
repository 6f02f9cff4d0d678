// Turns the files of a package into a war.
#pragma once

#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/base/formats/toml_tree.hpp"
#include "truel/model/path.hpp"
#include "truel/model/war.hpp"
#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/formats/table.hpp"
#include "truel/scenario/precedence.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::scenario {

/// `read` for a package in memory.
Result<War> read_package(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes = {},
                         Diagnostics* warnings = nullptr);

/// The ids of one kind of thing, sorted; an index into `names` is an index into the war.
struct Ids {
  std::vector<std::string> names;
  std::unordered_map<std::string, int> index;
  bool is_whole = true;  ///< false where the file that lists them is broken: then nothing can be called unknown

  void set(std::vector<std::string> unsorted);
  int find(std::string_view name) const;  ///< or kNone
};

/// Unit of a switch, and the basis of a switch or a choice that has none of its own: it says what the model is and
/// measures nothing.
inline constexpr std::string_view kSwitch = "switch";

/// The words of a choice, in the order of the numbers they stand for.
std::vector<std::string> words_of(std::string_view words);

/// What may be written for a number.
struct Takes {
  std::string_view words = {};  ///< of a choice: what stands for 0, 1, ... (ParameterInfo::words)
  bool is_switch = false;
  bool is_date = false;

  /// Whether it is a switch or a choice, which has no value between its values.
  bool has_steps() const { return is_switch || !words.empty(); }
};
Takes takes_of(const ParameterInfo& info);
Takes takes_of(const Parameter& parameter);

/// A number that the package gives.
struct Given {
  std::string path;
  Distribution distribution;
  std::string basis;
  Location where;
};

/// Reads one package once. Reading goes on past every mistake; what a mistake leaves out is left out of the war, which
/// is thrown away at the end if there was any.
class Reader {
 public:
  Reader(const PackageFiles& package, const Overlay& overlay, Mistakes mistakes);
  Result<War> read();
  /// What is no mistake and can hardly be meant; after `read`, of a package without mistakes.
  Diagnostics warnings() { return warnings_.take(); }

 private:
  // ids.cpp
  void collect_ids(const Table& table, std::string_view column, bool is_claim, Ids& ids, std::vector<int>& row_index);
  int reference(const Ids& ids, const Table& table, const CsvCell& cell, std::string_view kind,
                std::string_view listed_in);
  bool is_good_id(std::string_view text, bool is_claim, const Location& where, std::string_view kind);
  std::optional<Day> date(const Table& table, const CsvCell& cell, std::string_view what);
  void check_basis(std::string_view basis, const Location& where);
  bool unique(std::map<std::string, int>& seen, const std::string& key, std::string_view what, const Location& where,
              std::string_view hint);

  // numbers.cpp
  void check_bounds(std::string_view name, double least, double greatest, const Distribution& distribution,
                    const Location& where);
  /// Bounds of a number of the model, which is a Parameter or a ParameterInfo; of a switch or a choice, its values.
  template <class Number>
  void check_range(std::string_view name, const Number& number, const Distribution& d, const Location& where) {
    if (const Takes takes = takes_of(number); takes.has_steps()) {
      check_steps(name, takes, d, where);
    } else {
      check_bounds(name, number.least, number.greatest, d, where);
    }
  }
  void check_steps(std::string_view name, const Takes& takes, const Distribution& distribution, const Location& where);
  std::optional<Distribution> number(std::string_view text, const Location& where, const Takes& takes = {});
  /// The numbers of a row under `prefix`; how many there are.
  int read_numbers(const Table& table, const CsvRow& row, std::span<const ParameterInfo> infos,
                   const std::string& prefix);

  // read_toml.cpp
  void read_scenario_toml();
  void read_toml_numbers(const TomlValue& table, std::span<const ParameterInfo> infos, std::string_view strip,
                         const std::string& prefix);
  void read_laws(const TomlValue& laws);
  bool expect(const TomlValue& value, TomlKind kind, std::string_view key);
  /// The tables below [[key]]; none, and a mistake, if it is not a list.
  std::vector<TomlValue> toml_tables(const TomlValue& root, std::string_view key);
  /// is_needed: absent or blank is a mistake.
  std::string toml_text(const TomlValue& table, std::string_view key, bool is_needed);
  std::vector<std::string> toml_texts(const TomlValue& table, std::string_view key);
  std::optional<Day> toml_date(const TomlValue& table, std::string_view key);
  void check_keys(const TomlValue& table, std::span<const std::string> known, std::string_view what);
  std::optional<Distribution> toml_number(const TomlValue& value, std::string_view key, const Takes& takes);
  /// What the first number that a path names takes; anything, if it names none.
  Takes takes_of_first(const PathLine& line) const;
  /// The paths at the key `path`, one or a list of them, each with the numbers that it names.
  std::vector<PathLine> toml_paths(const TomlValue& entry);
  void read_account(const PackageFile& file);
  /// Gives each account that lies over another the numbers of that one which it does not set itself.
  void lay_accounts_over();

  // read_draws.cpp
  /// The table that `draws` of an account names, as settings of its columns and rows. first_line: of the paths that the
  /// account sets already.
  void read_draws(const TomlValue& root, Account& account, std::map<int, int>& first_line);
  /// Tables of draws that no account names.
  void warn_of_draws();

  // read_checks.cpp
  /// Which of the choices the text at `key` is, or `fallback`, with a mistake if it is none of them.
  int toml_choice(const TomlValue& table, std::string_view key, std::span<const std::string> choices, int fallback);
  double toml_whole(const TomlValue& table, std::string_view key, double least, double greatest, double fallback);
  void read_check_settings(const TomlValue& table, const std::string& prefix, std::vector<std::string>& settings,
                           std::vector<PathLine>& lines);
  /// Ids of accounts at the key `accounts`. twice: gets those that are named again.
  std::vector<std::string> toml_accounts(const TomlValue& table, Mistakes& twice);
  void read_check_overlay(const TomlValue& table, CheckRun& run);
  CheckRun read_check_run(const TomlValue& table);
  void read_check_tolerance(const TomlValue& table, Check& check);
  /// run: the table of the run it belongs to; of a check on its own, `table` itself.
  void read_check_expectation(const TomlValue& table, const TomlValue& run, Check& check);
  /// What the name of a metric means; nothing, and a mistake, if it is none.
  std::optional<Metric> metric_named(std::string_view text, const Location& where);
  std::optional<Metric> read_check_metric(std::string_view text, const Location& where, const CheckRun& run);
  void read_case_columns(const TomlValue& table, const std::string& prefix,
                         const std::function<void(const std::string&, const TomlEntry&)>& use);
  CaseTable read_cases(const TomlValue& table, const CheckRun& run);
  void read_check(const TomlValue& table, const TomlValue& run_table, const CheckRun& run);
  void read_run(const TomlValue& table);
  void read_checks();

  // read_questions.cpp
  void read_question_metrics(const TomlValue& table, Question& question);
  void read_question_form(const TomlValue& table, Question& question);
  /// Of a list: a metric that it names twice, or of another kind than its first. where: of each metric.
  void warn_of_metrics(const Question& question, const std::vector<Location>& where);
  /// A threshold that no value, or every value, of the metric is above.
  void warn_of_threshold(const Question& question, const Location& where);
  void read_question(const TomlValue& table);
  void read_questions();

  // read_tables.cpp
  /// Which of the choices the cell is, or kNone and a mistake.
  int choice(const Table& table, const CsvCell& cell, std::string_view what, std::span<const std::string> choices);
  /// A number that cannot be uncertain.
  std::optional<double> plain_number(const Table& table, const CsvCell& cell, std::string_view what, double least,
                                     double greatest);
  struct DatedRow {
    ActorIndex actor;
    PlaceIndex place;
    Day date;
  };
  static constexpr Day kNoDay = std::numeric_limits<Day>::min();
  std::optional<DatedRow> read_dated_row(const Table& table, const CsvRow& row, std::map<std::string, int>& seen,
                                         std::string_view prefix, std::span<const ParameterInfo> infos);
  void read_commands(const Table& table);
  void read_actors(const Table& table);
  void read_places(const Table& table);
  void read_links(const Table& table);
  void read_control(const Table& table);
  void read_forces(const Table& table);
  void read_support(const Table& table);
  void read_ties(const Table& table);
  void read_sponsors(const Table& table);

  // read_claims.cpp
  void read_claims(const Table& table);
  /// An actor, a command or a sponsor: who can do or suffer what a claim tells.
  void check_party(const Table& table, const CsvCell& cell, const Ids& parties);
  std::vector<Position> read_positions(const Table& table, const CsvCell& cell);
  void read_topics(const Table& table);
  void read_aliases(const Table& table);
  /// The ids of actors, commands and sponsors.
  Ids parties() const;

  // read_scores.cpp
  void read_death_scores(const Table& table);

  // read_interventions.cpp
  struct PendingIntervention {
    Intervention intervention;
    std::string path;
    Location path_where, date_where;
    std::vector<ActorIndex> actors, others;  ///< of `realign`: who, with whom
  };
  void read_interventions(const Table& table);
  /// The cells of an action: what it needs is read, what it has no use for is a mistake. False where it lacks
  /// something.
  bool read_target(const Table& table, const CsvRow& row, const PendingIntervention& pending);
  bool read_fighters(const Table& table, const CsvRow& row, Intervention& change);
  bool read_allegiance(const Table& table, const CsvRow& row, PendingIntervention& pending);
  /// The day or the days of a row.
  std::optional<Distribution> read_event_date(const Table& table, const CsvRow& row, const std::string& prefix);
  /// Those whom an actor's id, a set, a command or `*` names; none, and a mistake, if nobody is named.
  std::vector<ActorIndex> group(const Table& table, const CsvCell& cell, std::string_view kind);
  ActorIndex single_actor(const Table& table, const CsvCell& cell, std::string_view kind);
  void refuse_cells(const Table& table, const CsvRow& row, std::string_view action,
                    std::span<const std::string_view> columns);

  // read_sets.cpp
  void read_sets();
  void read_sets_of(const TomlValue& sets, const Ids& ids, std::string_view kind, std::string_view listed_in,
                    std::vector<NamedSet>& read);

  // read_seats.cpp
  void read_seats(const Table& table);

  // checks.cpp
  void check_connected(const Table& places, const Table& links);
  void check_spells();
  void check_dates();
  void check_forces_begin();

  // warnings.cpp
  void warn();
  void warn_of_actors();
  void warn_of_late_forces();
  void warn_of_holders();
  void warn_of_distances();
  void warn_of_positions();
  void find_changed();
  bool may_be_positive(int parameter) const;
  /// Whether a law that may do this may be switched on.
  bool may_be_on(LawEffect effect) const;
  bool may_gain_fighters(ActorIndex a) const;
  bool may_be_enemies(ActorIndex a, ActorIndex b) const;

  // paths.cpp
  void lay_out();
  int find_path(std::string_view path) const;
  /// Whether the path may be unknown only because of a mistake elsewhere in the package.
  bool may_be_lost(std::string_view path) const;
  /// What an unknown path was meant to be.
  std::string hint_of(std::string_view path, const Location& where);
  /// The parameter at a path, or kNone and a mistake.
  int resolve(std::string_view path, const Location& where);
  /// The numbers that a path names; none, and a mistake, if there is none or there are too many.
  std::vector<int> resolve_all(std::string_view path, const Location& where);
  /// What a line says of each of the numbers that its path names: whether they can be that.
  void check_values(const PathLine& line, const Distribution& distribution, const Location& where);
  void check_value(std::string_view name, const Parameter& parameter, const Distribution& distribution,
                   const Location& where);
  /// Which line counts for which number; a mistake for each two that contradict each other.
  std::vector<Precedence::Laid> laid_by(std::span<const PathLine> lines, bool is_layered);
  void write(int parameter, const Distribution& distribution, const std::string& basis, const Location& where);

  // interventions.cpp
  void finish_interventions();
  void check_targets(const PendingIntervention& pending, const Parameter& value, std::span<const int> targets);

  // overlay.cpp
  void apply_overlay();
  /// The accounts that the package has files for, whether or not they could be read.
  std::vector<std::string> account_ids() const;

  const PackageFiles& package_;
  const Overlay& overlay_;
  Mistakes mistakes_;
  Mistakes warnings_{"warnings"};
  War war_;

  Ids actors_, commands_, places_, terrains_, claims_, topics_, sources_;
  std::vector<int> actor_rows_, command_rows_, place_rows_, claim_rows_, topic_rows_;  // index of each row, or kNone
  std::vector<Given> given_;
  std::optional<PathIndex> path_index_;        // of war_, once it is laid out
  std::vector<std::string> paths_;             // filled when a path is not found
  std::size_t n_named_ = 0, n_looked_at_ = 0;  // by paths that name many numbers
  bool has_named_too_many_ = false;
  std::optional<std::unordered_set<int>> misfits_;  // filled when a path names many numbers
  std::optional<TomlValue> sets_;
  bool are_sets_whole_ = true;

  struct Dated {
    Day day;
    Location where;
  };
  std::optional<Dated> package_start_, package_end_;  // as scenario.toml says, whatever is laid over it
  std::vector<Dated> dated_rows_;                     // rows that must not lie after the end
  struct Spell {
    ControlSpell spell;
    Location where;
  };
  std::vector<Spell> spells_;
  bool has_all_spells_ = false;
  std::vector<PendingIntervention> pending_;
  struct Over {
    std::string account;
    Location where;
  };
  std::map<std::string, Over> over_;   // what an account lies over, until it is laid
  std::set<std::string> draws_read_;   // tables of draws that an account names
  std::vector<bool> is_changed_;       // by parameter: whether an account, a dated change or a check sets it
  std::vector<Location> actor_where_;  // by ActorIndex
  std::vector<Location> place_where_;  // by PlaceIndex
  std::vector<TomlValue> check_entries_, run_entries_, question_entries_;
};

}  // namespace truel::scenario
