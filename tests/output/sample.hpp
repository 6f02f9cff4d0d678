// A small ensemble for the tests of the result files.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"
#include "truel/ensemble/ensemble.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

/// Text that breaks what is careless about quotes, tags, lines, columns, control characters or bytes that are no UTF-8.
inline const std::string kHostile = "A \"quoted\", </script><!-- <b>name</b>\n=1+1;\x1b[31m \xff\xc3\xa9";

using test::TemporaryFolder;

/// Switches the settlement law on: the two ground actors talk about the border.
void let_them_talk(War& war);

/// Gives the sample a record of its first 31 days, in which the gate falls to the north on the eleventh.
void record_a_month(War& war);

/// A war of two ground actors and an air arm over three towns in a row, run `runs` times.
struct Sample {
  /// `change` may spoil the war before it is compiled.
  explicit Sample(std::uint32_t runs, const std::function<void(War&)>& change = {}, int threads = 1);

  /// Adds a realization that failed.
  void add_failed(std::uint32_t number);
  /// Reduces the store anew.
  void summarise();
  solver::Run run(std::uint32_t number) const;
  Result<std::vector<std::filesystem::path>> write(const std::filesystem::path& folder) const;

  CompiledModel model;
  ensemble::EnsembleOptions options;
  ensemble::RunStore store;
  ensemble::Summary summary;
  std::vector<ensemble::KeptRun> kept;
  Provenance provenance;
};

/// All bytes of a file.
std::string bytes_of(const std::filesystem::path& path);

}  // namespace truel::output
