// Indices into the lists of a war.
#pragma once

#include "truel/base/index.hpp"

namespace truel {

using ActorIndex = Index<struct ActorTag>;      ///< into War::actors
using CommandIndex = Index<struct CommandTag>;  ///< into War::commands
using PlaceIndex = Index<struct PlaceTag>;      ///< into War::places
using IssueIndex = Index<struct IssueTag>;      ///< into War::issues

}  // namespace truel
