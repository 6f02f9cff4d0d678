// Any bytes as sources.json: sources come out sorted, each with an id of its own.
#include <cstddef>
#include <cstdint>
#include <string>

#include "truel/scenario/formats/package_files.hpp"
#include "truel/scenario/formats/sources.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const truel::scenario::PackageFile file{"sources.json", std::string(reinterpret_cast<const char*>(data), size)};
  truel::scenario::Mistakes mistakes;
  const auto text = text_of(file, file.name, mistakes);
  if (!text) {
    TRUEL_CHECK(mistakes.take().size() == 1);
    return 0;
  }
  const auto sources = truel::scenario::parse_sources(*text, file.name, mistakes);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    TRUEL_CHECK(!sources[i].id.empty() && !sources[i].csl_json.empty());
    TRUEL_CHECK(i == 0 || sources[i - 1].id < sources[i].id);
  }
  return 0;
}
