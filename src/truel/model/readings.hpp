// Who reads which number of a scenario, and what else has to be there for it to change anything: what the warning of
// dead numbers follows from. Laws declare their own (laws/law.hpp), what is no law stands in readings.cpp.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/model/parameters.hpp"

namespace truel {

/// A number that something reads. It changes nothing unless every need is met; a number with several readings is dead
/// where no one of them has all it needs.
///
/// A number is named by its table and column: "actors.kill_rate", "terrain.cover", "forces.fighters", "support.share",
/// a constant of scenario.toml as in ParameterInfo: "laws.fire.on". A need is such a name, then of the same row of the
/// table and, of a tie, of the first of the two or its command, or one with a `*`, "commands.*.doctrine", of any row.
/// It is met where the number is or may become
///   other than 0            "actors.*.concealment"
///   there, even as 0        "actors.income=given"
///   this word or number     "commands.doctrine=priority", "laws.fire.power_law=0"
/// A switch that a package itself writes as off counts as one that may be on: its numbers wait for who turns it.
struct Reading {
  std::string_view number;
  std::array<std::string_view, 5> needs{};
  /// It is read when a run begins, or before all runs, and never again: no dated change is seen.
  bool is_at_start = false;
};

/// The need that a command has the doctrine: the one of the row, "commands", or any, "commands.*".
constexpr JoinedText<> has_doctrine(std::string_view whose, Doctrine doctrine) {
  return {whose, ".doctrine=", kDoctrines[static_cast<std::size_t>(doctrine)].name};
}

/// Name of the column of a number as readings have it, from its path.
std::string column_of(std::string_view path);

/// Of what no law declares.
std::span<const Reading> common_readings();
/// Those, and those of all laws, each with its switch as a need, their constants included. Defined by the list of laws
/// (laws/laws.cpp).
std::vector<Reading> readings();

/// Whether all that reads the number at this path does so at the start.
bool is_read_at_start(std::string_view path);

}  // namespace truel
