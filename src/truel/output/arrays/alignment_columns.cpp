#include "truel/output/arrays/alignment_columns.hpp"

#include <limits>

namespace truel::output {

using enum ArrayType;

void AlignmentColumns::define(const ColumnMaker& column, const Frame& frame) {
  is_there_ = frame.moves_alignment;
  if (!is_there_) {
    return;
  }
  const War& war = frame.war;
  std::vector<std::string> first;
  std::vector<std::string> second;
  for (std::size_t a = 0; a < war.actors.size(); ++a) {
    for (std::size_t b = a; b < war.actors.size(); ++b) {
      first.push_back(war.actors[a].id);
      second.push_back(war.actors[b].id);
    }
  }
  const ArrayDimension pair = column.file.dimension("pair", first.size());
  column.file.labels("pair_first", pair, "first actor of the pair", first);
  column.file.labels("pair_second", pair, "second actor of the pair", second);
  column(alignment_, "alignment", float32, {pair, frame.time}, "alignment of the two actors, from enmity to alliance",
         "1");
  column.file.attribute(alignment_.variable, "coordinates", "pair_first pair_second");
}

void AlignmentColumns::add(const solver::Run& run, bool is_complete) {
  for (const float x : run.alignment) {
    alignment_.values.push_back(is_complete ? x : std::numeric_limits<float>::quiet_NaN());
  }
}

void AlignmentColumns::put(ArrayTarget& file, std::size_t first) {
  if (is_there_) {
    alignment_.put(file, first);
  }
}

}  // namespace truel::output
