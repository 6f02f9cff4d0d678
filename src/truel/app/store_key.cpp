#include "truel/app/store_key.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "truel/base/build.hpp"
#include "truel/base/date.hpp"

namespace truel::app {
namespace {

/// Options that say how, where to or how fast: results do not depend on them.
constexpr std::array<std::string_view, 8> kWithoutEffect = {"help", "out",     "shard", "mpi",
                                                            "json", "threads", "quiet", "resume"};

/// The program, to the build: two builds of one version may have other numbers.
std::string program(const std::string& version) {
  return fmt::format("truel {} build {}", version, build_identity());
}

}  // namespace

std::vector<std::string> result_options(const std::vector<GivenOption>& given) {
  std::vector<std::string> words;
  for (const GivenOption& option : given) {
    const bool is_preset = option.name != "seed" && option.values.size() == 1 && !option.values.front().empty() &&
                           option.values.front() == option.preset;
    if (is_preset || std::find(kWithoutEffect.begin(), kWithoutEffect.end(), option.name) != kWithoutEffect.end()) {
      continue;
    }
    for (const std::string& value : option.values) {
      words.push_back(option.takes_value && !value.empty() ? fmt::format("--{}={}", option.name, value)
                                                           : "--" + option.name);
    }
  }
  return words;
}

std::string store_key(const CompiledModel& model, const scenario::Overlay& overlay, const solver::SolveOptions& options,
                      const std::string& version) {
  const War& war = model.war();
  return fmt::format("{} package {} accounts [{}] set [{}] from {} until {} seed {} solver {} steps {} every {}",
                     program(version), war.sha256, fmt::join(overlay.accounts, " "), fmt::join(overlay.settings, " "),
                     format_date(war.start), format_date(war.end), options.seed, to_string(options.solver),
                     options.steps_per_day, options.every_days);
}

std::string store_key(const sensitivity::Study& study, const std::vector<std::string>& settings,
                      const solver::SolveOptions& options, const std::string& by, const std::string& version) {
  const std::vector<std::string> ids = ids_of(study.rivals);
  const War& war = study.war();
  return fmt::format("{} sensitivity package {} accounts [{}] set [{}] from {} until {} seed {} steps {} by {}",
                     program(version), war.sha256, fmt::join(ids, " "), fmt::join(settings, " "),
                     format_date(war.start), format_date(war.end), options.seed, options.steps_per_day, by);
}

std::string store_key(const std::string& verb, const std::vector<std::string>& words, const std::string& files,
                      std::size_t size, const std::string& version) {
  return fmt::format("{} {} {} files {} work {}", program(version), verb, fmt::join(words, " "), files, size);
}

}  // namespace truel::app
