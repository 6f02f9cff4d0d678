#include "truel/base/formats/mistakes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "truel/base/formats/did_you_mean.hpp"
#include "truel/base/statistics/nearest.hpp"

namespace truel {
namespace {

constexpr std::size_t kKeptPerFile = 1000;
constexpr int kRowsPerFile = 10'000;
constexpr std::size_t kQuotedBytes = 60;
constexpr std::size_t kMostCompared = 2'000'000;

/// Keys and texts of the user may hold line ends and tabs; to_string writes out what else cannot be seen.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return text;
}

}  // namespace

Mistakes::File& Mistakes::file(const std::string& name) {
  return files_.try_emplace(name, File{.rank = static_cast<int>(files_.size())}).first->second;
}

void Mistakes::announce(const std::string& name) {
  file(name);
}

int Mistakes::count(const std::string& name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? 0 : found->second.count;
}

void Mistakes::add(Location where, std::string what, std::string hint, bool hides_more) {
  add({std::move(where), std::move(what), std::move(hint), hides_more});
}

void Mistakes::add(Diagnostic one) {
  File& its = file(one.where.file);
  ++its.count;
  one.what = one_line(std::move(one.what));
  one.hint = one_line(std::move(one.hint));
  const bool is_kept = its.kept.contains(one.what);
  if (its.count - its.left_out > kRowsPerFile || (!is_kept && its.kept.size() == kKeptPerFile)) {
    ++its.left_out;
    return;
  }
  if (!is_kept) {
    its.kept.insert(one.what);
  }
  list_.push_back(std::move(one));
}

const std::string* Mistakes::nearest(std::string_view text, std::span<const std::string> known) {
  if (n_compared_ > kMostCompared) {
    return nullptr;
  }
  n_compared_ += known.size();
  return truel::nearest(text, known);
}

std::string Mistakes::did_you_mean(std::string_view text, std::span<const std::string> known, std::string otherwise) {
  const std::string* found = nearest(text, known);
  return found == nullptr ? otherwise : truel::did_you_mean(*found);
}

Diagnostics Mistakes::take() {
  const auto place = [&](const Diagnostic& d) {
    return std::tuple(file(d.where.file).rank, d.where.line, d.where.column);
  };
  std::stable_sort(list_.begin(), list_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  const auto last = std::unique(list_.begin(), list_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
    return place(a) == place(b) && a.what == b.what;
  });
  list_.erase(last, list_.end());
  for (const auto& [name, seen] : files_) {
    if (seen.left_out > 0) {
      list_.push_back({{name, 0, 0},
                       fmt::format("{} more {} are not listed", seen.left_out, noun_),
                       "correct the ones above and check again"});
    }
  }
  return std::exchange(list_, {});
}

std::string in_quotes(std::string_view text) {
  std::string_view shown = text;
  if (shown.size() > kQuotedBytes) {
    std::size_t end = kQuotedBytes;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) {
      --end;  // not within a character
    }
    shown = shown.substr(0, end);
  }
  return fmt::format("`{}{}`", one_line(std::string(shown)), shown.size() < text.size() ? "..." : "");
}

}  // namespace truel
