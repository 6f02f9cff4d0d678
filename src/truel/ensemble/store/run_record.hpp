// A realization as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "truel/solver/run.hpp"

namespace truel::ensemble {

/// What stands before the bytes of a realization in a store, in the byte order of the machine.
struct RecordHead {
  std::uint32_t bytes = 0;       ///< of the record, without this head
  std::uint32_t number = 0;      ///< of the realization
  std::uint64_t check = 0;       ///< of the record
  std::uint64_t head_check = 0;  ///< of the three before

  RecordHead() = default;
  RecordHead(std::uint32_t number, std::string_view record);
  /// Whether this is a head at all, and that of these bytes.
  bool is_whole() const;
  bool is_of(std::string_view record) const;
};

/// Appends head and record, under `number`. `plain`: a buffer that is used over and over.
void append_record(const solver::Run& run, std::uint32_t number, std::string& plain, std::string& out);

/// The realization of a record (without its head), whatever the bytes are. False if they are none.
[[nodiscard]] bool parse_record(std::string_view record, std::uint32_t number, solver::Run& run);

/// Whether a realization that was read has the sizes, the holders and the status that one of the model of `shape` (made
/// by Run::resize) can have. Without draws, as sensitivity studies keep them, it may be.
bool has_shape_of(const solver::Run& run, const solver::Run& shape);

}  // namespace truel::ensemble
