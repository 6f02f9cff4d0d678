// Work that may be interrupted and gone on with: its runs lie in a store inside the folder of its results.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "truel/base/result.hpp"
#include "truel/ensemble/store/run_store.hpp"

namespace truel::app {

/// The mistake of naming a folder that exists: results are never overwritten. `store`: where runs lie until the work is
/// complete.
Diagnostic folder_exists(const std::string& folder, const std::filesystem::path& store);

struct Resumable {
  std::string out;       ///< folder of the results; empty: none are written, and the store is a temporary file
  std::string store;     ///< name of the store in it
  std::string what;      ///< "ensemble": what the store holds
  std::string complete;  ///< a result file that is there once the work is complete; empty: none tells
  bool resumes = false;

  std::filesystem::path store_path() const;

  /// Why the work may not begin: a new one in a folder that exists, or one to go on with that is not there.
  std::optional<Diagnostic> refusal() const;
};

/// The store, opened and locked, or why not. `is_input`: the user asked for another question than the store answers.
struct OpenedStore {
  std::optional<ensemble::RunStore> store;
  Diagnostics faults;
  bool is_input = false;
};

/// Makes the folder, unless the work resumes, and opens the store in it. `key`: what the results depend on
/// (store_key.hpp). asked: runs that are wanted in all; to ask for fewer than are kept would throw some away.
OpenedStore open_store(const Resumable& work, const std::string& key, std::size_t asked);

/// Takes the store of complete work away; one that is left over does no harm.
void remove_store(const Resumable& work);

}  // namespace truel::app
