// Everything that results depend on, as one line of text: a store with another key is another question's, and is
// refused. A new option that results depend on has to stand in one of these.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truel/scenario/scenario.hpp"
#include "truel/sensitivity/study.hpp"
#include "truel/solver/run.hpp"
#include "truel/world/compiled/compiled_model.hpp"

namespace truel::app {

/// Of an ensemble. version: of the program, whose build each key names besides.
std::string store_key(const CompiledModel& model, const scenario::Overlay& overlay, const solver::SolveOptions& options,
                      const std::string& version);

/// Of a sensitivity study. by: how its numbers are grouped.
std::string store_key(const sensitivity::Study& study, const std::vector<std::string>& settings,
                      const solver::SolveOptions& options, const std::string& by, const std::string& version);

/// An option of a verb as it was given: its values, empty ones where it takes none.
struct GivenOption {
  std::string name;
  std::vector<std::string> values;
  std::string preset;  ///< what it is where it is not given; "": nothing
  bool takes_value = false;
};

/// Those that results depend on and that say something else than what is so anyway, and the seed, as words:
/// "--runs=100".
std::vector<std::string> result_options(const std::vector<GivenOption>& given);

/// Of the part of a study that one process of mpirun makes. words: options that results depend on; files: what they
/// depend on besides; size: realizations of the whole.
std::string store_key(const std::string& verb, const std::vector<std::string>& words, const std::string& files,
                      std::size_t size, const std::string& version);

}  // namespace truel::app
