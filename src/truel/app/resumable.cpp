#include "truel/app/resumable.hpp"

#include <fmt/format.h>

#include <utility>

namespace truel::app {

namespace fs = std::filesystem;

Diagnostic folder_exists(const std::string& folder, const fs::path& store) {
  std::error_code error;
  return {{folder},
          "exists",
          !store.empty() && (fs::exists(store, error) || fs::is_empty(folder, error))
              ? "add --resume to go on with it, or give another --out"
              : "give another --out"};
}

fs::path Resumable::store_path() const {
  return out.empty() ? fs::path() : fs::path(out) / store;
}

std::optional<Diagnostic> Resumable::refusal() const {
  std::error_code error;
  if (!out.empty() && !resumes && fs::exists(out, error)) {
    return folder_exists(out, store_path());
  }
  // An empty folder is what is left of a work that was ended before it had begun.
  const bool is_empty = fs::is_directory(out, error) && fs::is_empty(out, error);
  if (resumes && !is_empty && !fs::exists(store_path(), error)) {
    const bool is_complete = !complete.empty() && fs::exists(fs::path(out) / complete, error);
    return Diagnostic{{out},
                      "holds no interrupted " + what,
                      is_complete ? "it is complete: there is nothing to resume" : "leave --resume out"};
  }
  return std::nullopt;
}

OpenedStore open_store(const Resumable& work, const std::string& key, std::size_t asked) {
  OpenedStore opened;
  std::error_code error;
  if (!work.out.empty() && !work.resumes && !fs::create_directories(work.out, error)) {
    opened.is_input = !error;  // somebody else has just made it
    opened.faults = {error ? Diagnostic{{work.out}, "cannot be made: " + error.message(), "check the folder above it"}
                           : folder_exists(work.out, work.store_path())};
    return opened;
  }
  auto file = ensemble::StoreFile::open(work.store_path());
  if (!file) {
    opened.faults = file.error();
    return opened;
  }
  auto store = ensemble::RunStore::open(std::move(*file), key);
  if (!store) {
    opened.is_input = true;
    opened.faults = store.error();
    return opened;
  }
  if (store->size() > asked) {
    opened.is_input = true;
    opened.faults = {{{"--runs"},
                      fmt::format("{} runs are done and kept in {}, and {} asked for", store->size(), work.out, asked),
                      fmt::format("give --runs {} or more", store->size())}};
    return opened;
  }
  opened.store.emplace(std::move(*store));
  return opened;
}

void remove_store(const Resumable& work) {
  std::error_code error;
  fs::remove(work.store_path(), error);
}

}  // namespace truel::app
