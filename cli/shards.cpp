#include "shards.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

#include "progress.hpp"
#include "ranks.hpp"
#include "truel/app/resumable.hpp"
#include "truel/app/store_key.hpp"
#include "truel/ensemble/rank_stores.hpp"

namespace truel::cli {
namespace {

namespace fs = std::filesystem;

/// The options of a verb that were given, in the order of the help; the seed in any case.
std::vector<app::GivenOption> given_options(const CLI::App& verb) {
  std::vector<app::GivenOption> given;
  for (const CLI::Option* option : verb.get_options()) {
    const std::string name = option->get_lnames().empty() ? "" : option->get_lnames().front();
    const std::string preset = option->get_default_str();
    if (option->count() > 0 && !name.empty()) {
      given.push_back({name, option->results(), preset, option->get_items_expected_max() > 0});
    } else if (name == "seed") {
      given.push_back({name, {preset}, preset, true});
    }
  }
  return given;
}

std::string check_part(const std::string& text) {
  return ensemble::parse_shard_part(text) ? "" : text + " is no part i/N, with i from 1 to N";
}

/// A hidden name beside a folder.
fs::path beside(const std::string& folder, const char* what) {
  const fs::path path = fs::path(folder).lexically_normal();
  const fs::path named = path.has_filename() ? path : path.parent_path();
  return named.parent_path() / fmt::format(".{}.{}", named.filename().string(), what);
}

}  // namespace

void add_part_options(CLI::App& app, PartArguments& parts, const std::vector<std::string>& excluded) {
  parts.verb = &app;
  CLI::Option* out = app.get_option("--out");
  out->description(out->get_description() + "; with --shard the file for the shard");
  CLI::Option* shard =
      app.add_option(
             "--shard", parts.shard,
             "Instead: only part i of N, into the file --out; truel merge puts the parts together. Give the command "
             "again to go on with an interrupted part")
          ->check(CLI::Validator(check_part, ""))
          ->type_name("i/N")
          ->needs(out)
          ->excludes(app.get_option("--json"));
  CLI::Option* mpi =
      app.add_flag("--mpi", parts.mpi,
                   "Divide the work among the processes of mpirun, one thread each unless --threads says "
                   "otherwise. Give the command again to go on")
          ->needs(out)
          ->excludes(shard);
  for (const std::string& other : excluded) {
    shard->excludes(app.get_option(other));
    mpi->excludes(app.get_option(other));
  }
}

fs::path begun_folder(const std::string& out) {
  fs::path folder = beside(out, "part");
  fs::remove_all(folder);  // what was left by one that was ended
  return folder;
}

void publish(const fs::path& folder, const std::string& out) {
  if (!folder.empty() && folder != out) {
    fs::rename(folder, out);
  }
}

int put_together(const ShardedStudy& study, ensemble::RunStore& all, const std::string& out, std::string question) {
  all.retain(study.work.fits);
  if (all.size() != study.work.size) {
    return report({{{}, "some runs are not those of this war", "make them again"}}, kWrongInput);
  }
  fs::path folder;
  if (!out.empty()) {
    folder = begun_folder(out);
  }
  return study.conclude(all, {folder, std::move(question)});
}

int make_shard(const PartArguments& parts, const std::string& package, const std::string& out, bool quiet,
               const ShardedStudy& study) {
  const ensemble::Work& work = study.work;
  const ensemble::ShardHead head{TRUEL_VERSION,
                                 parts.verb->get_name(),
                                 package,
                                 study.files,
                                 app::result_options(given_options(*parts.verb)),
                                 work.size,
                                 *ensemble::parse_shard_part(parts.shard)};
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
    say("going on with {} of {} {} done\n", shard->wanted - shard->missing.size(), shard->wanted, study.unit);
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
    say("interrupted: {} of {} {} are done and kept; the same command goes on\n",
        shard->wanted - static_cast<std::size_t>(lacks), shard->wanted, study.unit);
    return kInterrupted;
  }
  if (auto fault = ensemble::finish_shard(out, *shard->store)) {
    return report({*fault}, kFailed);
  }
  if (!quiet) {
    say("shard {}: {} {} in {:.1f} s, in {}; truel merge puts all {} together\n", part, shard->missing.size(),
        study.unit, seconds_since(begin), out, head.part.count);
  }
  return kDone;
}

namespace {

/// Runs the part of this process of all that is missing; the first puts the whole together.
int run_part(const PartArguments& parts, const std::string& out, bool is_quiet,
             const std::function<Result<ShardedStudy>(bool is_quiet)>& divide, const mpi::Ranks& ranks) {
  const bool quiet = is_quiet || !ranks.is_first();
  const auto study = divide(quiet);
  // What is wrong for all of them, the first tells.
  const bool first_is_good = !ranks.of_first(study ? "good" : "").empty();
  if (!study && (ranks.is_first() || first_is_good)) {
    report(study.error(), kWrongInput);
  }
  if (ranks.greatest(study ? kDone : kWrongInput) != kDone) {
    return kWrongInput;
  }
  const ensemble::Work& work = study->work;
  const std::string key = app::store_key(parts.verb->get_name(), app::result_options(given_options(*parts.verb)),
                                         study->files, work.size, TRUEL_VERSION);
  int status = ranks.of_first(key) == key ? kDone : kWrongInput;
  if (status != kDone) {
    say("process {} of {} has another program or package than the first\n", ranks.rank(), ranks.count());
  }
  const std::string question = study->record.empty() ? key : fmt::format("{} record {}", key, study->record);
  const fs::path folder = beside(out, "ranks");
  bool is_whole = false;
  if (ranks.is_first() && status == kDone) {
    std::error_code error;
    const std::string answered = output::question_of(out);
    is_whole = answered == question;
    if (is_whole) {
      fs::remove_all(folder, error);  // left by processes that were ended just when the results had got their name
    } else if (!answered.empty()) {
      status = report({{{out},
                        "exists, and has the answer to another question (`question` in its provenance.json)",
                        "give another --out"}},
                      kWrongInput);
    } else if (fs::exists(out)) {
      status = report({app::folder_exists(out, {})}, kWrongInput);
    } else if (!fs::create_directories(folder, error) && error) {
      status =
          report({{{folder.string()}, "cannot be made: " + error.message(), "check the folder above it"}}, kFailed);
    }
  }
  if (status = ranks.greatest(status); status != kDone) {
    return status;
  }
  if (!ranks.of_first(is_whole ? "whole" : "").empty()) {
    if (!quiet) {
      say("{} is whole: nothing to do\n", out);
    }
    return kDone;
  }
  std::optional<ensemble::RunStore> store;
  if (auto own = ensemble::open_rank_store(folder, ranks.rank(), key)) {
    store.emplace(std::move(*own));
  } else {
    status = report(own.error(), kFailed);
  }
  if (status = ranks.greatest(status); status != kDone) {
    return status;
  }
  std::string missing;
  if (ranks.is_first()) {
    const auto done = ensemble::join_rank_stores(folder, key, work);
    if (done) {
      missing = ensemble::missing_numbers(*done, work);
      if (done->size() > 0 && !quiet) {
        say("going on with {} of {} {} done\n", done->size(), work.size, study->unit);
      }
    } else {
      status = report(done.error(), kWrongInput);
    }
  }
  if (status = ranks.greatest(status); status != kDone) {
    return status;
  }
  missing = ranks.of_first(std::move(missing));
  const ensemble::ShardPart part{static_cast<std::uint32_t>(ranks.rank() + 1),
                                 static_cast<std::uint32_t>(ranks.count())};
  const std::vector<std::uint32_t> numbers = ensemble::numbers_of_part(missing, part);
  {
    ProgressLine line(quiet);  // of the first process: the others are about as far
    const bool has_space = work.solve(numbers, *store, [&](const ensemble::Progress& p) {
      line.show(p.done * part.count, p.wanted * part.count, p.seconds);
    });
    if (!has_space || !store->sync()) {
      status = report({{{folder.string()}, "cannot be written further", "free space; then the same command goes on"}},
                      kFailed);
    }
  }
  store.reset();
  status = ranks.greatest(watch_for_interrupts() ? kInterrupted : status);
  if (status == kInterrupted && ranks.is_first()) {
    say("interrupted: what is done is kept; the same command goes on\n");
  }
  if (status != kDone) {
    return status;
  }
  if (ranks.is_first()) {
    auto all = ensemble::join_rank_stores(folder, key, work);
    status = all ? put_together(*study, *all, out, question) : report(all.error(), kWrongInput);
    if (std::error_code error; fs::exists(out, error)) {
      fs::remove_all(folder, error);
    }
  }
  return ranks.greatest(status);
}

}  // namespace

int run_on_ranks(const PartArguments& parts, const std::string& out, bool quiet, int threads,
                 const std::function<Result<ShardedStudy>(int threads, bool is_quiet)>& divide) {
  if (!mpi::is_built()) {
    return report({{{}, "--mpi: this program was built without MPI", "build it with -DTRUEL_MPI=ON, or use --shard"}},
                  kWrongInput);
  }
  const int own_threads = parts.verb->get_option("--threads")->count() > 0 ? threads : 1;
  const mpi::Ranks ranks;
  try {
    return run_part(
        parts, out, quiet, [&](bool is_quiet) { return divide(own_threads, is_quiet); }, ranks);
  } catch (const std::exception& error) {
    say("process {} of {}: {}\n", ranks.rank(), ranks.count(), error.what());
    mpi::Ranks::abort(kFailed);  // the others would wait for it forever
  }
}

}  // namespace truel::cli
