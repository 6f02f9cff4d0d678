// Work on all cores.
#pragma once

#include <cstddef>
#include <functional>

namespace truel::ensemble {

/// Calls body(i) once for every i below n, on at most `threads` threads (0: all cores), in any order, and waits for
/// all.
void for_each_index(std::size_t n, int threads, const std::function<void(std::size_t)>& body);

}  // namespace truel::ensemble
