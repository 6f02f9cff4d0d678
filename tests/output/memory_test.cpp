#include <gtest/gtest.h>
#include <netcdf.h>

#include <cstring>

#include "output/sample.hpp"
#include "truel/output/arrays/arrays.hpp"
#include "truel/output/arrays/targets/memory_arrays.hpp"

namespace truel::output {
namespace {

const MemoryArray& array(const MemoryArrays& memory, const std::string& name) {
  for (const MemoryArray& one : memory.arrays()) {
    if (one.name == name) {
      return one;
    }
  }
  throw std::out_of_range(name);
}

std::string attribute(int file, int variable, const std::string& name) {
  std::size_t length = 0;
  EXPECT_EQ(nc_inq_attlen(file, variable, name.c_str(), &length), NC_NOERR) << name;
  std::string text(length, ' ');
  nc_get_att_text(file, variable, name.c_str(), text.data());
  return text;
}

/// Every variable of the file is in memory: type, dimensions, words, and values to the last bit.
void expect_same(const Sample& sample) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "ensemble.nc";
  ASSERT_FALSE(
      write_ensemble_nc(sample.model, sample.options.solve, sample.summary, sample.store, sample.provenance, path));
  MemoryArrays memory;
  put_ensemble(sample.model, sample.options.solve, sample.summary, sample.store, sample.provenance, memory);

  int file = -1;
  ASSERT_EQ(nc_open(path.c_str(), NC_NOWRITE, &file), NC_NOERR);
  int n_variables = 0;
  nc_inq_nvars(file, &n_variables);
  ASSERT_EQ(memory.arrays().size(), static_cast<std::size_t>(n_variables));
  for (int v = 0; v < n_variables; ++v) {
    char name[NC_MAX_NAME + 1];
    nc_type type = NC_NAT;
    int n_dimensions = 0;
    int ids[NC_MAX_VAR_DIMS];
    ASSERT_EQ(nc_inq_var(file, v, name, &type, &n_dimensions, ids, nullptr), NC_NOERR);
    const MemoryArray& got = array(memory, name);
    ASSERT_EQ(got.shape.size(), static_cast<std::size_t>(n_dimensions)) << name;
    for (int d = 0; d < n_dimensions; ++d) {
      char dimension[NC_MAX_NAME + 1];
      std::size_t length = 0;
      nc_inq_dim(file, ids[d], dimension, &length);
      EXPECT_EQ(got.dimensions[static_cast<std::size_t>(d)], dimension) << name;
      EXPECT_EQ(got.shape[static_cast<std::size_t>(d)], length) << name;
    }
    std::size_t bytes_each = 0;
    nc_inq_type(file, type, nullptr, &bytes_each);
    std::vector<std::byte> expected(got.size() * bytes_each);
    ASSERT_EQ(nc_get_var(file, v, expected.data()), NC_NOERR) << name;
    EXPECT_EQ(std::memcmp(got.values.get(), expected.data(), expected.size()), 0) << name;
    for (const auto& [key, value] : got.attributes) {
      EXPECT_EQ(value, attribute(file, v, key)) << name;
    }
    std::size_t n_flags = 0;
    if (nc_inq_attlen(file, v, "flag_values", &n_flags) == NC_NOERR) {
      std::vector<std::int8_t> flags(n_flags);
      nc_get_att_schar(file, v, "flag_values", flags.data());
      EXPECT_EQ(got.flag_values, flags) << name;
    } else {
      EXPECT_TRUE(got.flag_values.empty()) << name;
    }
  }
  for (const auto& [key, value] : memory.attributes()) {
    EXPECT_EQ(value, attribute(file, NC_GLOBAL, key));
  }
  nc_close(file);
}

TEST(MemoryArrays, hold_what_the_file_holds) {
  expect_same(Sample(70));  // more than one block
}

TEST(MemoryArrays, hold_failed_realizations_as_the_file_does) {
  Sample sample(4);
  sample.add_failed(4);
  sample.summarise();
  expect_same(sample);
}

TEST(MemoryArrays, hold_talks_as_the_file_does) {
  expect_same(Sample(3, let_them_talk));
}

TEST(MemoryArrays, hold_names_whatever_their_bytes) {
  expect_same(Sample(2, [](War& war) { war.actors[0].name = kHostile; }));
}

}  // namespace
}  // namespace truel::output
