// Any bytes as the scenario.toml of a package whose tables are in order.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "packages.hpp"

namespace {

constexpr std::string_view kTables = R"~(=== actors.csv
id
north
south
=== places.csv
place_id,latitude,longitude,terrain
alpha,35,37,plain
beta,36,37,
=== control.csv
place_id,from_date,to_date,controller
alpha,2015-01-01,2016-12-31,north
=== forces.csv
actor,place_id,date,fighters,basis
north,*,2015-01-01,100,assumed: a test
=== scenario.toml
)~";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  truel::scenario::PackageFiles package = truel::scenario::split_package(kTables);
  for (auto& file : package.files) {
    if (file.name == "scenario.toml") {
      file.bytes.assign(reinterpret_cast<const char*>(data), size);
    }
  }
  truel::scenario::read_and_check(package);
  return 0;
}
