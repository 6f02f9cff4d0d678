// Numbers of a package that cannot change anything.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truel/base/formats/mistakes.hpp"
#include "truel/model/war.hpp"

namespace truel::scenario {

/// A need of a reading (model/readings.hpp).
struct ReadingNeed {
  std::string_view text;
  std::string column;
  bool is_of_any_row = false;
  std::optional<std::string> value;  ///< the word or number that it has to be

  explicit ReadingNeed(std::string_view text);
};

/// Who reads which number of a war: the same for wars that differ in what their numbers are alone.
struct Readers {
  explicit Readers(const War& war);

  std::map<std::string, std::vector<int>, std::less<>> columns;  ///< index into parameters, by row
  std::vector<int> row;                                          ///< [parameter] in its column
  std::vector<const std::string*> column;                        ///< [parameter]
  /// By column: what each that reads its numbers needs.
  std::multimap<std::string, std::vector<ReadingNeed>, std::less<>> needs;
  /// By parameter: strengths and support that a later row replaces, on this day, before the first on which a run can
  /// begin.
  std::map<int, Day> outdated;
};

/// What would have to be so that numbers of a war change something.
class MissingNeeds {
 public:
  /// is_changed: [parameter] whether something, such as an account, may set it to other values.
  MissingNeeds(const Readers& readers, const War& war, const std::vector<bool>& is_changed)
      : readers_(readers), war_(war), is_changed_(is_changed) {}

  /// Nothing where the number may change something; otherwise, in words, what it would take: what reads it is off, or
  /// weighs it with 0.
  std::optional<std::string> of(int parameter);

 private:
  bool is_met(const ReadingNeed& need, int parameter);
  /// The table, commands or actors, whose row the need means where the number is of a tie: that of the first of the
  /// two.
  std::string_view table_beside_tie(const ReadingNeed& need, int parameter) const;
  bool may_be(int parameter, const ReadingNeed& need) const;

  const Readers& readers_;
  const War& war_;
  const std::vector<bool>& is_changed_;
  std::map<std::string_view, bool> of_any_row_;
};

/// Whether a setting of an account is written in its own file, and not in that of one that it lies over.
bool is_own(const Account& account, const AccountSetting& setting);

/// A warning for each column of a file, or table of constants, in which numbers change nothing, whatever account is
/// run. is_changed: [parameter] whether an account, a dated change or a check sets it.
void warn_of_dead_numbers(const Readers& readers, const War& war, const std::vector<bool>& is_changed,
                          Mistakes& warnings);

}  // namespace truel::scenario
