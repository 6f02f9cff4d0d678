// The stores of processes that do one work together: a folder with a file for each, which others may go on from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "truel/ensemble/shard.hpp"
#include "truel/ensemble/work.hpp"

namespace truel::ensemble {

/// Opens or starts the store of one process in the folder, which is there. key: as for RunStore::open, with its errors.
Result<RunStore> open_rank_store(const std::filesystem::path& folder, int rank, const std::string& key);

/// All realizations of the work that the folder holds, whichever processes made them, as many as there were. Errors:
/// the folder or a file cannot be read; a file has another key.
Result<RunStore> join_rank_stores(const std::filesystem::path& folder, const std::string& key, const Work& work);

/// The numbers of the work that the store lacks, as a text of bytes that processes can hand to each other.
std::string missing_numbers(const RunStore& store, const Work& work);
/// Those of them that fall to one part, ascending.
std::vector<std::uint32_t> numbers_of_part(std::string_view missing, ShardPart part);

}  // namespace truel::ensemble
