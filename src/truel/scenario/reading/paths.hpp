// Numbers of the war by their paths.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "truel/scenario/precedence.hpp"
#include "truel/scenario/reading/context.hpp"

namespace truel::scenario {

/// Lays out the numbers of the war and writes what the package gives.
void lay_out(Context& in);

int find_path(const Context& in, std::string_view path);
/// The parameter at a path, or kNone and a mistake.
int resolve(Context& in, std::string_view path, const Location& where);
/// The numbers that a path names; none, and a mistake, if there is none or there are too many.
std::vector<int> resolve_all(Context& in, std::string_view path, const Location& where);

/// What a line says of each of the numbers that its path names: whether they can be that.
void check_values(Context& in, const PathLine& line, const Distribution& distribution, const Location& where);
/// Which line counts for which number; a mistake for each two that contradict each other.
std::vector<Precedence::Assignment> laid_by(Context& in, std::span<const PathLine> lines, bool is_layered);
void set_number(Context& in, int parameter, const Distribution& distribution, const std::string& basis,
                const Location& where);

}  // namespace truel::scenario
