// Any bytes as sources.json: sources come out sorted, each with an id of its own.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "truel/base/formats/plain_text.hpp"
#include "truel/scenario/evidence/sources.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  truel::Mistakes mistakes;
  const auto text = truel::text_of(bytes, "sources.json", mistakes);
  if (!text) {
    TRUEL_CHECK(mistakes.take().size() == 1);
    return 0;
  }
  const auto sources = truel::scenario::parse_sources(*text, "sources.json", mistakes);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    TRUEL_CHECK(!sources[i].id.empty() && !sources[i].csl_json.empty());
    TRUEL_CHECK(i == 0 || sources[i - 1].id < sources[i].id);
  }
  return 0;
}
