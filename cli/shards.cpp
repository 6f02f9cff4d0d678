#include "shards.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <optional>

#include "diagnostics.hpp"
#include "progress.hpp"
#include "session.hpp"

namespace truel::cli {
namespace {

/// Options that say how, where to or how fast: results do not depend on them.
constexpr std::array<std::string_view, 8> kNoQuestion = {"help", "out",     "shard", "mpi",
                                                         "json", "threads", "quiet", "resume"};

/// The other options that were given, without those that say what is so anyway, in the order of the help.
std::vector<std::string> question_words(const CLI::App& verb) {
  std::vector<std::string> words;
  for (const CLI::Option* option : verb.get_options()) {
    if (option->count() == 0 || option->get_lnames().empty()) {
      continue;
    }
    const std::string& name = option->get_lnames().front();
    const std::vector<std::string>& values = option->results();
    const bool is_default =
        values.size() == 1 && !values.front().empty() && values.front() == option->get_default_str();
    if (is_default || std::find(kNoQuestion.begin(), kNoQuestion.end(), name) != kNoQuestion.end()) {
      continue;
    }
    for (const std::string& value : values) {
      const bool has_value = option->get_items_expected_max() > 0 && !value.empty();
      words.push_back(has_value ? fmt::format("--{}={}", name, value) : "--" + name);
    }
  }
  return words;
}

std::string check_part(const std::string& text) {
  return ensemble::parse_shard_part(text) ? "" : text + " is no part i/N, with i from 1 to N";
}

}  // namespace

void add_shard_option(CLI::App& app, ShardArguments& a, const std::vector<std::string>& excluded) {
  a.verb = &app;
  CLI::Option* shard =
      app.add_option("--shard", a.part,
                     "Instead: part i of N, into the file --out, which truel merge takes with the other parts. Given "
                     "again, it goes on where it was ended, and does nothing when the part is whole")
          ->check(CLI::Validator(check_part, ""))
          ->type_name("i/N")
          ->needs(app.get_option("--out"));
  for (const std::string& other : excluded) {
    shard->excludes(app.get_option(other));
  }
}

ensemble::ShardHead head_of(const ShardArguments& a, const std::string& package, const std::string& sha256,
                            const ensemble::Work& work) {
  return {TRUEL_VERSION,
          a.verb->get_name(),
          package,
          sha256,
          question_words(*a.verb),
          work.size,
          *ensemble::parse_shard_part(a.part)};
}

int make_shard(const ensemble::ShardHead& head, const std::string& out, const ensemble::Work& work, bool quiet) {
  const std::string part = ensemble::to_string(head.part);
  if (const Diagnostics faults = ensemble::check_shard(out, head); !faults.empty()) {
    return report(faults, kWrongInput);
  }
  auto shard = ensemble::open_shard(out, head, work);
  if (!shard) {
    return report(shard.error(), kFailed);
  }
  if (!shard->store) {
    if (!quiet) {
      say("{} is shard {}, whole: nothing to do\n", out, part);
    }
    return kDone;
  }
  if (shard->damaged > 0 && !quiet) {
    say("{}: {} realizations were changed on the disk and are run again\n", out, shard->damaged);
  } else if (shard->store->size() > 0 && !quiet) {
    say("going on with {} of {} runs done\n", shard->wanted - shard->missing.size(), shard->wanted);
  }
  const auto begin = std::chrono::steady_clock::now();
  bool has_space = true;
  {
    ProgressLine line(quiet);
    has_space = work.solve(shard->missing, *shard->store,
                           [&](const ensemble::Progress& p) { line.show(p.done, p.wanted, p.seconds); });
  }
  if (!has_space) {
    return report({{{out}, "cannot be written further", "free space on the disk; then the same command goes on"}},
                  kFailed);
  }
  const auto lacks = std::count_if(shard->missing.begin(), shard->missing.end(),
                                   [&](std::uint32_t number) { return !shard->store->has(number); });
  if (lacks > 0) {
    say("interrupted: {} of {} runs are done and kept; the same command goes on\n",
        shard->wanted - static_cast<std::size_t>(lacks), shard->wanted);
    return kInterrupted;
  }
  if (auto fault = ensemble::finish_shard(out, *shard->store)) {
    return report({*fault}, kFailed);
  }
  if (!quiet) {
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    say("shard {}: {} runs in {:.1f} s, in {}; truel merge puts all {} together\n", part, shard->missing.size(),
        seconds.count(), out, head.part.count);
  }
  return kDone;
}

}  // namespace truel::cli
