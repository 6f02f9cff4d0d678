#include "truel/ensemble/rank_stores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <system_error>

namespace truel::ensemble {
namespace {

namespace fs = std::filesystem;

/// Missing numbers from `first` on; in a text one after another as they are in memory.
struct Stretch {
  std::uint32_t first = 0, count = 0;
};

}  // namespace

Result<RunStore> open_rank_store(const fs::path& folder, int rank, const std::string& key) {
  return RunStore::open(folder / std::to_string(rank), key);
}

Result<RunStore> join_rank_stores(const fs::path& folder, const std::string& key, const Work& work) {
  std::error_code error;
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::optional<RunStore> all;
  for (const fs::path& file : files) {
    auto store = RunStore::open_to_read(file);
    if (!store) {
      return Diagnostic{{file.string()},
                        "holds no realizations that can be read",
                        "remove it; what it held, if anything, is run again"};
    }
    if (store->key() != key) {
      return Diagnostic{{file.string()}, "holds runs of another question", "give another --out"};
    }
    store->retain(work.fits);
    const auto numbers = all ? store->numbers() : std::vector<std::uint32_t>{};
    const auto twice = std::find_if(numbers.begin(), numbers.end(), [&](std::uint32_t n) { return all->has(n); });
    if (twice != numbers.end()) {
      return Diagnostic{{file.string()},
                        fmt::format("holds realization {}, as does another file of the folder", *twice),
                        "remove it; what it held alone is run again"};
    }
    if (all) {
      all->join(std::move(*store));
    } else {
      all.emplace(std::move(*store));
    }
  }
  if (error || !all) {
    return Diagnostic{{folder.string()}, "cannot be read", "check that all processes see the same folder"};
  }
  return std::move(*all);
}

std::string missing_numbers(const RunStore& store, const Work& work) {
  std::vector<Stretch> stretches;
  for (std::uint64_t n = 0; n < work.size; ++n) {
    const auto number = static_cast<std::uint32_t>(n);
    if (store.has(number)) {
      continue;
    }
    if (stretches.empty() || stretches.back().first + stretches.back().count != number) {
      stretches.push_back({number, 0});
    }
    ++stretches.back().count;
  }
  return {reinterpret_cast<const char*>(stretches.data()), stretches.size() * sizeof(Stretch)};
}

std::vector<std::uint32_t> numbers_of_part(std::string_view missing, ShardPart part) {
  std::vector<Stretch> stretches(missing.size() / sizeof(Stretch));
  std::memcpy(static_cast<void*>(stretches.data()), missing.data(), stretches.size() * sizeof(Stretch));
  std::uint64_t size = 0;
  for (const Stretch& stretch : stretches) {
    size += stretch.count;
  }
  const auto [first, end] = part.range(size);
  std::vector<std::uint32_t> numbers;
  std::uint64_t at = 0;  // of the missing ones, the first of the stretch
  for (const Stretch& stretch : stretches) {
    for (std::uint64_t k = std::max(first, at); k < std::min(end, at + stretch.count); ++k) {
      numbers.push_back(static_cast<std::uint32_t>(stretch.first + (k - at)));
    }
    at += stretch.count;
  }
  return numbers;
}

}  // namespace truel::ensemble
