// The order of rows in a package changes no byte of the results.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "ensemble/summary_bytes.hpp"
#include "support/solve.hpp"
#include "support/temporary_folder.hpp"
#include "truel/scenario/scenario.hpp"

namespace truel::test {
namespace {

namespace fs = std::filesystem;

/// The records of a CSV text; a line end inside quotes does not end one.
std::vector<std::string> records(const std::string& text) {
  std::vector<std::string> result(1);
  bool is_quoted = false;
  for (const char c : text) {
    is_quoted = is_quoted != (c == '"');
    if (c == '\n' && !is_quoted) {
      result.emplace_back();
    } else if (c != '\r') {
      result.back() += c;
    }
  }
  std::erase(result, "");
  return result;
}

/// Copies a package with the rows of every table in another order, and every other road named from its other end.
void copy_shuffled(const fs::path& from, const fs::path& to, std::uint32_t seed) {
  std::minstd_rand random(seed);
  fs::copy(from, to, fs::copy_options::recursive);
  for (const fs::directory_entry& entry : fs::directory_iterator(to)) {
    if (entry.path().extension() != ".csv") {
      continue;
    }
    std::ifstream in(entry.path(), std::ios::binary);
    std::vector<std::string> rows = records({std::istreambuf_iterator<char>(in), {}});
    for (std::size_t i = rows.size() - 1; i > 1; --i) {
      std::swap(rows[i], rows[1 + random() % i]);
    }
    if (entry.path().filename() == "links.csv" && rows[0].starts_with("a,b,")) {
      for (std::size_t i = 1; i < rows.size(); i += 2) {
        const std::size_t first = rows[i].find(',');
        const std::size_t second = rows[i].find(',', first + 1);
        rows[i] = rows[i].substr(first + 1, second - first) + rows[i].substr(0, first) + rows[i].substr(second);
      }
    }
    std::ofstream out(entry.path(), std::ios::binary | std::ios::trunc);
    for (const std::string& row : rows) {
      out << row << '\n';
    }
  }
}

struct Results {
  std::string summary;
  std::vector<std::uint64_t> fingerprints;
  bool operator==(const Results&) const = default;
};

Results results(const fs::path& package, const scenario::Overlay& overlay, std::uint32_t runs) {
  auto war = scenario::read(package, overlay);
  if (!war) {
    ADD_FAILURE() << to_string(war.error()[0]);
    return {};
  }
  const auto model = compile(std::make_shared<War>(std::move(war.value())));
  const ensemble::EnsembleOptions options{.runs = runs};
  auto store = ensemble::RunStore::open({}, "");
  EXPECT_TRUE(ensemble::run(*model, options, *store));
  Results results{bytes_of(ensemble::summarise(*model, options.solve, *store)), {}};
  solver::Run run;
  for (const std::uint32_t number : store->numbers()) {
    store->read(number, run);
    results.fingerprints.push_back(run.fingerprint);
  }
  return results;
}

TEST(OrderOfRows, changes_no_byte_of_an_ensemble_of_the_small_package) {
  const TemporaryFolder folder;
  const fs::path package = folder.path() / "valley";
  ASSERT_TRUE(scenario::create(package));
  const Results reference = results(package, {}, 12);
  for (const std::uint32_t seed : {1, 2, 3, 4}) {
    const fs::path other = folder.path() / std::to_string(seed);
    copy_shuffled(package, other, seed);
    EXPECT_EQ(results(other, {}, 12), reference);
  }
}

TEST(OrderOfRows, changes_no_byte_where_men_and_leaders_change_sides) {
  const TemporaryFolder folder;
  for (const std::string name : {"m20-pledges-and-splits", "m21-leaders-and-followers"}) {
    const fs::path package = fs::path(TRUEL_SOURCE_DIR) / "scenarios" / "mechanisms" / name;
    const scenario::Overlay on{.accounts = {"on"}};
    copy_shuffled(package, folder.path() / name, 6);
    EXPECT_EQ(results(folder.path() / name, on, 12), results(package, on, 12));
  }
}

TEST(OrderOfRows, changes_no_byte_of_an_ensemble_of_the_reference_scenario) {
  const TemporaryFolder folder;
  const fs::path package = fs::path(TRUEL_SOURCE_DIR) / "scenarios" / "syria-2016";
  const scenario::Overlay half_a_year{{}, {}, {}, parse_date("2016-06-30")};
  const fs::path other = folder.path() / "shuffled";
  copy_shuffled(package, other, 5);
  EXPECT_EQ(results(other, half_a_year, 6), results(package, half_a_year, 6));
}

}  // namespace
}  // namespace truel::test
