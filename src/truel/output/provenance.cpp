#include "truel/output/provenance.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>
#include <utility>

#include "truel/base/bytes/files.hpp"
#include "truel/base/date.hpp"
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
  using namespace std::chrono;
  const auto now = floor<seconds>(system_clock::now());
  const auto day = floor<days>(now);
  const hh_mm_ss time(now - day);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(static_cast<Day>(day.time_since_epoch().count())),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace truel::output
