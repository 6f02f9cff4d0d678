#include "truel/output/provenance.hpp"

#include <fmt/chrono.h>

#include <thread>
#include <utility>

#include "truel/base/bytes/files.hpp"
#include "truel/output/json.hpp"

namespace truel::output {

using std::chrono::steady_clock;

Provenance begin_provenance(std::string version, std::string command, std::string package,
                            std::vector<std::string> settings, int threads) {
  Provenance p;
  p.version = std::move(version);
  p.command = std::move(command);
  p.package = std::move(package);
  p.settings = std::move(settings);
  p.started = utc_now();
  p.threads = threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency());
  return p;
}

void finish(Provenance& provenance, steady_clock::time_point begin) {
  provenance.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
  provenance.finished = utc_now();
}

std::string question_of(const std::filesystem::path& results) {
  const auto text = bytes_of_file(results / "provenance.json");
  const Json json = text ? Json::parse(*text, nullptr, false) : Json();
  const auto question = json.find("question");
  return question != json.end() && question->is_string() ? question->get<std::string>() : "";
}

std::string utc_now() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                     fmt::gmtime(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
}

}  // namespace truel::output
