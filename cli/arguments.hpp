// What all options of the program have in common, and the argument parser lets through.
#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truel/base/result.hpp"

namespace truel::cli {

/// A word that is one of these: a wrong one is told the nearest. meant: what some words that are none of them mean.
CLI::Validator one_of(std::vector<std::string> known, std::map<std::string, std::string> meant = {});

/// The same of the words of all lists.
template <std::convertible_to<std::span<const std::string_view>>... Lists>
CLI::Validator one_of(const Lists&... lists) {
  std::vector<std::string> known;
  (known.insert(known.end(), std::begin(lists), std::end(lists)), ...);
  return one_of(std::move(known));
}

/// Lays over every option that takes a value, of all verbs: an empty text is refused; a whole number is digits that are
/// read as decimal and fit the type; no number is "nan" or "inf". Call when all options are there.
void tighten(CLI::App& app);

/// One mistake for every option with an empty text as its value, or written as "--option=" with nothing behind the
/// sign: the parser would take what follows for its value, be it another option.
Diagnostics empty_values(int argc, const char* const* argv);

/// What the parser refused, a line each.
struct WrongArguments {
  std::vector<std::string> what;
};

/// Parses the words behind the program's name. Throws WrongArguments with the nearest verb or option for each that is
/// unknown, and with every value that an option refuses, where the parser itself would stop at the first; CLI::Success
/// where help or the version is asked for.
void parse(CLI::App& app, std::vector<std::string> words);

/// The options that exclude or need each other, taken from the parser, which would stop at the first pair.
class Contradictions {
 public:
  explicit Contradictions(CLI::App& app);
  /// Every pair of options given that cannot stand together, and every option that lacks the one it needs.
  Diagnostics found() const;

 private:
  struct Pair {
    const CLI::Option *one, *other;
    bool is_need;
  };
  std::vector<Pair> pairs_;
};

}  // namespace truel::cli
