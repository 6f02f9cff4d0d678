// Numbers of a package: what may be written for each, and its bounds.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/scenario/precedence.hpp"
#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// Unit of a switch, and the basis of a switch or a choice that has none of its own: it says what the model is and
/// measures nothing.
inline constexpr std::string_view kSwitch = "switch";

/// Whether the number at this path is a switch, which has no value between 0 and 1.
bool is_switch(std::string_view path);

/// The words of a choice, in the order of the numbers they stand for.
std::vector<std::string> words_of(std::string_view words);

/// What may be written for a number.
struct NumberForm {
  std::string_view words = {};  ///< of a choice: what stands for 0, 1, ... (ParameterInfo::words)
  bool is_switch = false;
  bool is_date = false;

  /// Whether it is a switch or a choice, which has no value between its values.
  bool has_steps() const { return is_switch || !words.empty(); }
};
NumberForm number_form(const ParameterInfo& info);
NumberForm number_form(const Parameter& parameter);
/// What the first number that a path names takes; anything, if it names none.
NumberForm number_form_of_first(const Context& in, const PathLine& line);

void check_bounds(Context& in, std::string_view name, double least, double greatest, const Distribution& distribution,
                  const Location& where);
void check_steps(Context& in, std::string_view name, const NumberForm& form, const Distribution& distribution,
                 const Location& where);
/// Bounds of a number of the model, which is a Parameter or a ParameterInfo; of a switch or a choice, its values.
template <class Number>
void check_range(Context& in, std::string_view name, const Number& number, const Distribution& d,
                 const Location& where) {
  if (const NumberForm form = number_form(number); form.has_steps()) {
    check_steps(in, name, form, d, where);
  } else {
    check_bounds(in, name, number.least, number.greatest, d, where);
  }
}

std::optional<Distribution> read_number(Context& in, std::string_view text, const Location& where,
                                        const NumberForm& form = {});
std::optional<Distribution> toml_number(Context& in, const TomlValue& value, std::string_view key,
                                        const NumberForm& form);
/// A number that cannot be uncertain.
std::optional<double> plain_number(Context& in, const Table& table, const CsvCell& cell, std::string_view what,
                                   double least, double greatest);
/// Which of the choices the cell is, or kNone and a mistake.
int read_choice(Context& in, const Table& table, const CsvCell& cell, std::string_view what,
                std::span<const std::string> choices);
/// The numbers of a row under `prefix`; how many there are.
int read_numbers(Context& in, const Table& table, const CsvRow& row, std::span<const ParameterInfo> infos,
                 const std::string& prefix);

}  // namespace truel::scenario
