#include "truel/ensemble/shard.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <limits>
#include <set>
#include <system_error>

namespace truel::ensemble {
namespace {

namespace fs = std::filesystem;

/// Shards, or numbers, that a message lists.
constexpr std::size_t kMostListed = 8;

fs::path under_way(const fs::path& shard) {
  return shard.parent_path() / fmt::format(".{}.part", shard.filename().string());
}

// A head is texts that end with a zero byte, which no argument of a program can have in it.
constexpr std::string_view kFirstText = "truel shard";

std::string text_of(const ShardHead& head) {
  std::string text;
  const auto put = [&](std::string_view part) {
    text += part;
    text += '\0';
  };
  put(kFirstText);
  for (const std::string& part : {head.version, head.build, head.verb, head.package, head.files,
                                  std::to_string(head.size), to_string(head.part)}) {
    put(part);
  }
  std::for_each(head.words.begin(), head.words.end(), put);
  return text;
}

std::optional<ShardHead> parse_head(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = text.find('\0', from);
    if (to == std::string::npos) {
      return std::nullopt;
    }
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  constexpr std::size_t kFixed = 8;
  if (parts.size() < kFixed || parts[0] != kFirstText) {
    return std::nullopt;
  }
  const auto part = parse_shard_part(parts[7]);
  ShardHead head{parts[1], parts[3], parts[4], parts[5], {}, 0, part.value_or(ShardPart{}), parts[2]};
  head.words.assign(parts.begin() + kFixed, parts.end());
  const std::string& size = parts[6];
  const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), head.size);
  const bool is_size = error == std::errc() && end == size.data() + size.size() &&
                       head.size <= std::numeric_limits<std::uint32_t>::max();
  return part && is_size ? std::optional(head) : std::nullopt;
}

std::string listed(std::span<const std::string> words) {
  const std::size_t most = std::min(words.size(), kMostListed);
  std::string text = fmt::format("{}", fmt::join(words.first(most), " "));
  return words.size() > most ? fmt::format("{} and {} more", text, words.size() - most) : text;
}

/// How one question differs from the one that is asked; "" if it does not.
std::string difference(const ShardHead& found, const ShardHead& asked) {
  std::vector<std::string> told;
  if (found.version != asked.version) {
    told.push_back(fmt::format("made by truel {}, not {}", found.version, asked.version));
  }
  if (found.version == asked.version && found.build != asked.build) {
    told.push_back(fmt::format("made by build {} of truel {}, not {}", found.build, found.version, asked.build));
  }
  if (found.verb != asked.verb) {
    told.push_back(fmt::format("of truel {}, not {}", found.verb, asked.verb));
  } else {
    const auto only = [](const std::vector<std::string>& here, const std::vector<std::string>& there) {
      std::vector<std::string> words;
      std::copy_if(here.begin(), here.end(), std::back_inserter(words),
                   [&](const std::string& word) { return std::find(there.begin(), there.end(), word) == there.end(); });
      return words.empty() ? "nothing of these" : listed(words);
    };
    if (found.words != asked.words) {
      const bool is_order =
          std::is_permutation(found.words.begin(), found.words.end(), asked.words.begin(), asked.words.end());
      told.push_back(
          is_order ? "with the same options in another order"
                   : fmt::format("with {}, not {}", only(found.words, asked.words), only(asked.words, found.words)));
    } else if (found.size != asked.size) {
      told.push_back(fmt::format("of {} realizations, not {}", found.size, asked.size));
    }
  }
  if (found.files != asked.files) {
    constexpr std::size_t kHash = 64;  // hexadecimal digits of that of the package
    told.push_back(found.files.substr(0, kHash) == asked.files.substr(0, kHash) ? "of a record with other windows"
                                                                                : "of a package with other files");
  }
  return fmt::format("{}", fmt::join(told, "; "));
}

std::vector<std::uint32_t> missing_of(const RunStore& store, std::pair<std::uint64_t, std::uint64_t> range) {
  std::vector<std::uint32_t> missing;
  for (std::uint64_t number = range.first; number < range.second; ++number) {
    if (const auto n = static_cast<std::uint32_t>(number); !store.has(n)) {
      missing.push_back(n);
    }
  }
  return missing;
}

/// What is wrong with a file that is to be this shard, if anything; else the head that it has.
Result<ShardHead> head_like(const fs::path& file, const ShardHead& asked) {
  const auto key = RunStore::key_of(file);
  const auto found = key ? parse_head(*key) : std::nullopt;
  if (!found) {
    return Diagnostic{{file.string()}, "is there and is no shard", "give another --out, or remove it"};
  }
  const std::string other = difference(*found, asked);
  if (!other.empty() || found->part.range(found->size) != asked.part.range(asked.size)) {
    return Diagnostic{{file.string()},
                      other.empty() ? fmt::format("is shard {}, not {}", to_string(found->part), to_string(asked.part))
                                    : fmt::format("is a shard of another question: {}", other),
                      "give another --out, or remove it"};
  }
  return *found;
}

std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) {
    return word;
  }
  std::string text = "'";
  for (const char c : word) {
    text += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return text + "'";
}

/// Waits until the names in a folder are on the disk. A file system that cannot do so for folders does it by itself.
bool sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    return false;
  }
  const bool is_good = ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
  ::close(descriptor);
  return is_good;
}

}  // namespace

std::optional<ShardPart> parse_shard_part(std::string_view text) {
  ShardPart part;
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  const auto read = [](std::string_view digits, std::uint32_t& value) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size();
  };
  const bool is_good = read(text.substr(0, slash), part.index) && read(text.substr(slash + 1), part.count) &&
                       part.index >= 1 && part.index <= part.count;
  return is_good ? std::optional(part) : std::nullopt;
}

std::string to_string(ShardPart part) {
  return fmt::format("{}/{}", part.index, part.count);
}

std::string ShardHead::command(const fs::path& out) const {
  std::string text = fmt::format("truel {} {}", verb, quoted(package));
  for (const std::string& word : words) {
    text += ' ' + quoted(word);
  }
  return fmt::format("{} --shard {} --out {}", text, to_string(part), quoted(out.string()));
}

Diagnostics check_shard(const fs::path& out, const ShardHead& head) {
  std::error_code error;
  if (out.filename().empty() || fs::is_directory(out, error)) {
    return {{{out.string()}, "is a folder, and a shard is one file", "give --out the name of a file"}};
  }
  for (const fs::path& file : {out, under_way(out)}) {
    // A program killed while it began the file left a part of its head.
    if (fs::exists(file, error) && (file == out || RunStore::key_of(file))) {
      if (const auto found = head_like(file, head); !found) {
        return found.error();
      }
    }
  }
  return {};
}

Result<ShardUnderWay> open_shard(const fs::path& out, const ShardHead& head, const Work& work) {
  std::error_code error;
  if (out.has_parent_path() && !fs::create_directories(out.parent_path(), error) && error) {
    return Diagnostic{{out.parent_path().string()}, "cannot be made: " + error.message(), "check the folder above it"};
  }
  const auto range = head.part.range(head.size);
  ShardUnderWay shard;
  shard.wanted = static_cast<std::size_t>(range.second - range.first);
  const fs::path part = under_way(out);
  const auto is_whole = [&]() -> Result<bool> {
    TRUEL_TRY(const auto found, head_like(out, head));
    TRUEL_TRY(auto store, RunStore::open_to_read(out));
    store.retain(work.fits);
    shard.damaged = missing_of(store, range).size();
    return shard.damaged == 0;
  };
  if (fs::exists(out, error)) {
    const auto whole = is_whole();
    if (!whole || *whole) {
      return whole ? Result<ShardUnderWay>(std::move(shard)) : whole.error();
    }
    if (!fs::exists(part, error)) {
      fs::rename(out, part);
    }
  }
  TRUEL_TRY(auto file, StoreFile::open(part));
  if (shard.damaged == 0 && fs::exists(out, error)) {  // another process has made it since the look above
    fs::remove(part, error);
    const auto whole = is_whole();
    return whole ? Result<ShardUnderWay>(std::move(shard)) : whole.error();
  }
  std::string key = text_of(head);
  if (const auto old = RunStore::key_of(part)) {
    TRUEL_TRY(const auto found, head_like(part, head));
    key = *old;  // another path to the same package
  }
  TRUEL_TRY(auto store, RunStore::open(std::move(file), key));
  store.retain(work.fits);
  shard.missing = missing_of(store, range);
  shard.store.emplace(std::move(store));
  return shard;
}

std::optional<Diagnostic> finish_shard(const fs::path& out, RunStore& store) {
  std::error_code error;
  if (!store.sync()) {
    error = std::error_code(errno, std::generic_category());
  } else {
    fs::rename(under_way(out), out, error);
  }
  if (!error && !sync_folder(out.parent_path())) {
    error = std::error_code(errno, std::generic_category());
  }
  if (error) {
    return Diagnostic{{out.string()},
                      "cannot be written: " + error.message(),
                      "check the folder's rights and the space on the disk; then the same command goes on"};
  }
  return std::nullopt;
}

namespace {

/// A shard that was opened: its head, its file and its numbers.
struct OpenShard {
  fs::path file;
  ShardHead head;
  std::pair<std::uint64_t, std::uint64_t> range;
};

/// "realization 7", "realizations 7 to 9".
std::string numbers_of(std::uint64_t first, std::uint64_t last) {
  return last - first == 1 ? fmt::format("realization {}", first)
                           : fmt::format("realizations {} to {}", first, last - 1);
}

/// What no shard holds, in one message; none if nothing is lacking. shards: by range.
std::optional<Diagnostic> gap(std::span<const OpenShard> shards) {
  ShardHead lacking = shards.front().head;
  std::vector<std::string> ranges;
  std::uint64_t end = 0;
  for (const OpenShard& shard : shards) {
    if (shard.range.first > end) {
      ranges.push_back(numbers_of(end, shard.range.first));
    }
    end = std::max(end, shard.range.second);
  }
  if (end < lacking.size) {
    ranges.push_back(numbers_of(end, lacking.size));
  }
  if (ranges.empty()) {
    return std::nullopt;
  }
  std::set<std::uint32_t> given;
  for (const OpenShard& shard : shards) {
    given.insert(shard.head.part.index);
    if (shard.head.part.count != lacking.part.count) {
      return Diagnostic{{}, fmt::format("no shard holds {}", listed(ranges)), "make them as shards i/N of one N"};
    }
  }
  std::vector<std::string> parts;
  std::optional<ShardPart> first;
  for (ShardPart part{1, lacking.part.count}; part.index <= part.count; ++part.index) {
    if (const auto range = part.range(lacking.size); range.first < range.second && !given.contains(part.index)) {
      parts.push_back(to_string(part));
      first = first.value_or(part);
    }
  }
  lacking.part = *first;
  return Diagnostic{{},
                    parts.size() == 1 ? fmt::format("shard {} is not among the files", parts.front())
                                      : fmt::format("shards {} are not among the files", listed(parts)),
                    "name them, or make them: " + lacking.command("FILE")};
}

std::optional<Diagnostic> overlap(const OpenShard& one, const OpenShard& next) {
  const std::uint64_t end = std::min(one.range.second, next.range.second);
  if (end <= next.range.first) {
    return std::nullopt;
  }
  return Diagnostic{{next.file.string()},
                    fmt::format("shard {} holds {}, as does shard {}, {}", to_string(next.head.part),
                                numbers_of(next.range.first, end), to_string(one.head.part), one.file.string()),
                    "leave one of the two out"};
}

Diagnostic not_there(const fs::path& file) {
  std::error_code error;
  return fs::exists(under_way(file), error)
             ? Diagnostic{{file.string()}, "is not whole yet", "wait for the command that makes it, or give it again"}
             : Diagnostic{{file.string()}, "is not there", "check its name"};
}

}  // namespace

Result<Shards> open_shards(std::span<const fs::path> files, std::string_view version) {
  Diagnostics faults;
  std::vector<OpenShard> opened;
  std::set<fs::path> seen;
  std::optional<std::pair<fs::path, ShardHead>> first;
  std::optional<RunStore> all;
  for (const fs::path& file : files) {
    std::error_code error;
    if (!fs::exists(file, error)) {
      faults.push_back(not_there(file));
      continue;
    }
    if (!seen.insert(fs::canonical(file)).second) {
      faults.push_back({{file.string()}, "is given twice", "leave it out once"});
      continue;
    }
    const auto key = RunStore::key_of(file);
    auto head = key ? parse_head(*key) : std::nullopt;
    if (!head) {
      faults.push_back({{file.string()},
                        "is no shard, or its beginning was changed on the disk",
                        "name files that --shard has made; make this one again"});
      continue;
    }
    if (head->version != version) {
      faults.push_back({{file.string()},
                        fmt::format("was made by truel {}, and this is {}", head->version, version),
                        "merge with the same version, or make it again"});
      continue;
    }
    if (head->build != build_identity()) {
      faults.push_back(
          {{file.string()},
           fmt::format("was made by build {} of truel {}, and this is {}", head->build, version, build_identity()),
           "merge with the same build, or make it again: other sources, compilers or libraries may give "
           "other numbers"});
      continue;
    }
    if (!first) {
      first.emplace(file, *head);
    } else if (const std::string other = difference(*head, first->second); !other.empty()) {
      faults.push_back({{file.string()},
                        fmt::format("is of another question than {}: {}", first->first.string(), other),
                        "merge shards of one question"});
      continue;
    }
    auto store = RunStore::open_to_read(file);
    if (!store) {
      store.add_error_to(faults);
      continue;
    }
    const auto range = head->part.range(head->size);
    store->retain_from(static_cast<std::uint32_t>(range.first));
    store->retain_below(static_cast<std::uint32_t>(range.second));
    if (const std::size_t missing = range.second - range.first - store->size(); missing > 0) {
      faults.push_back({{file.string()},
                        fmt::format("lacks {} of its {} realizations: it was cut off, or changed on the disk", missing,
                                    range.second - range.first),
                        "run it again: " + head->command(file)});
      continue;
    }
    opened.push_back({file, std::move(*head), range});
    if (all) {
      all->join(std::move(*store));
    } else {
      all.emplace(std::move(*store));
    }
  }
  std::sort(opened.begin(), opened.end(), [](const OpenShard& a, const OpenShard& b) { return a.range < b.range; });
  for (std::size_t k = 0; k + 1 < opened.size(); ++k) {
    if (auto fault = overlap(opened[k], opened[k + 1])) {
      faults.push_back(std::move(*fault));
    }
  }
  if (faults.empty()) {  // else what is wrong with a file would be told once more as what is lacking
    if (auto fault = gap(opened)) {
      faults.push_back(std::move(*fault));
    }
  }
  if (!faults.empty()) {
    return faults;
  }
  return Shards{opened.front().head, std::move(*all)};
}

}  // namespace truel::ensemble
