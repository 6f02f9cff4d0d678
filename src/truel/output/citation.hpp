// How a source is cited.
#pragma once

#include <string>

#include "truel/model/war.hpp"

namespace truel::output {

struct Citation {
  std::string title;   ///< the id where the entry has none
  std::string author;  ///< "Name, Name", or the publisher
  std::string issued;  ///< "2016-05-03", "2016-05", "2016", or a date in words
};

/// What the CSL-JSON entry of a source says of it; "" for what it leaves out.
Citation cite(const Source& source);

}  // namespace truel::output
