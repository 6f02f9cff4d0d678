// Any bytes as a record of a realization, as a store of them, or as what became of a store that was written well:
// nothing is read that was not written.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "truel/ensemble/store/run_record.hpp"
#include "truel/ensemble/store/run_store.hpp"

namespace {

using truel::ensemble::RunStore;
using truel::ensemble::StoreError;
using truel::solver::Run;

const std::string& path() {
  // Never destroyed: the file is removed after other statics are gone.
  static const std::string& made = *[] {
    auto* const name = new std::string((std::filesystem::temp_directory_path() / "truel-store-fuzz-XXXXXX").string());
    const int descriptor = ::mkstemp(name->data());
    TRUEL_CHECK(descriptor >= 0);
    ::close(descriptor);
    std::atexit([] { std::filesystem::remove(path()); });
    return name;
  }();
  return made;
}

void write(std::string_view bytes) {
  std::ofstream(path(), std::ios::binary | std::ios::trunc) << bytes;
}

std::string bytes_of(const Run& run) {
  std::string plain;
  std::string record;
  truel::ensemble::append_record(run, run.number, plain, record);
  return record;
}

/// What is a record at all comes back from its bytes.
void parse(std::string_view record) {
  Run run;
  if (!truel::ensemble::parse_record(record, 7, run)) {
    return;
  }
  const std::string first = bytes_of(run);
  Run again;
  TRUEL_CHECK(
      truel::ensemble::parse_record(std::string_view(first).substr(sizeof(truel::ensemble::RecordHead)), 7, again));
  TRUEL_CHECK(bytes_of(again) == first);
}

/// Opens what lies at the path and calls `look` with every realization that it gives out.
template <class F>
void read_all(const std::string& key, F&& look) {
  try {
    auto store = RunStore::open(path(), key);
    if (!store) {
      TRUEL_CHECK(store.error().size() == 1 && !store.error().front().hint.empty());
      return;
    }
    Run run;
    for (const std::uint32_t number : store->numbers()) {
      try {
        store->read(number, run);
        look(number, run);
      } catch (const StoreError&) {
      }
    }
  } catch (const StoreError&) {
  }
}

Run sample(std::uint32_t number) {
  Run run;
  run.number = number;
  run.fighters.assign(6 + number, 1.5F * static_cast<float>(number));
  run.control.assign(4, static_cast<std::int8_t>(number));
  run.losses.assign(4, 0);
  run.dyad_losses.assign(12, static_cast<float>(number));
  run.outcome.assign(40, static_cast<double>(number) / 3);
  return run;
}

const std::string& written() {
  static const std::string bytes = [] {
    write("");
    {
      auto store = RunStore::open(path(), "a question");
      for (std::uint32_t number = 0; number < 3; ++number) {
        TRUEL_CHECK(store->append(sample(number)));
      }
    }
    std::ifstream file(path(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return bytes;
}

/// A whole store with changes: where, how many bytes go, how many come, and these.
void change(std::string_view edits) {
  std::string bytes = written();
  while (edits.size() >= 4) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(edits[i])); };
    const std::size_t at = (byte(0) << 8 | byte(1)) % (bytes.size() + 1);
    const std::size_t goes = byte(2);
    const std::string_view comes = edits.substr(4, byte(3));
    bytes.replace(at, goes, comes);
    edits.remove_prefix(4 + comes.size());
  }
  write(bytes);
  read_all("a question", [](std::uint32_t number, const Run& run) {
    TRUEL_CHECK(number < 3 && bytes_of(run) == bytes_of(sample(number)));
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      parse(rest);
      break;
    case 1:
      write(rest);
      read_all("k", [](std::uint32_t, const Run&) {});
      break;
    default:
      change(rest);
  }
  return 0;
}
