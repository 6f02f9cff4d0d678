#include "truel/output/forecast/forecast_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "truel/base/build.hpp"
#include "truel/base/bytes/sha256.hpp"
#include "truel/output/files.hpp"
#include "truel/output/forecast/model_names.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/table.hpp"

namespace truel::output {
namespace {

/// month_id of VIEWS counts from January 1980 as 1; month_of from January 1970 as 0.
int views_month(int month) {
  return month - 120 + 1;
}

std::string state_text(record::Question::State state) {
  return state == record::Question::State::resolved ? "resolved"
         : state == record::Question::State::open   ? "open"
                                                    : "void";
}

Json manifest_json(const record::PendingForecast& told, const record::ForetellOptions& options,
                   const Provenance& provenance, const SealOptions& seal, const std::vector<FolderFile>& files) {
  Json dates = list_of(told.dates, [&](Day date) { return format_date(date); });
  Json models = list_of(told.accounts, [&](const record::AccountForecast& by) -> Json {
    return {{"account", by.account},
            {"model_id", model_id(seal, by.account)},
            {"file", model_output_name(told, seal, by.account)},
            {"runs", by.runs.size()}};
  });
  Json hashes = Json::object();
  for (const FolderFile& file : files) {
    hashes[file.name] = sha256_hex(file.bytes);
  }
  Json views = nullptr;
  if (!options.views.empty()) {
    views = {
        {"countries", options.views},
        {"governments", options.governments},
        {"countries_without_war", seal.countries_without_war},
        {"fill", "0 in every draw of a country without a war of the package; other countries are not in the files"}};
  }
  return {{"format", 1},
          {"sealed_at", seal.sealed_at},
          {"version", provenance.version},
          {"build", build_identity()},
          {"commit", seal.commit.empty() ? Json(nullptr) : Json(seal.commit)},
          {"command", provenance.command},
          {"title", told.war.title},
          {"package_sha256", told.war.sha256},
          {"record_sha256", told.record_sha256.empty() ? Json(nullptr) : Json(told.record_sha256)},
          {"from", format_date(told.origin)},
          {"until", format_date(told.until)},
          {"dates", dates},
          {"settings", options.run.settings},
          {"countries", told.countries},
          {"told", options.run.told},
          {"analysis", options.run.analysis},
          {"solver", solver::to_string(options.run.solver)},
          {"steps_per_day", options.run.steps_per_day},
          {"seed", options.run.seed},
          {"runs", options.run.runs},
          {"failed_runs", told.failed_runs},
          {"models", models},
          {"views", views},
          {"files", hashes}};
}

/// country_id of each war and country without one, month_id and draw with their outcome, for each account that is
/// foretold: VIEWS's tables as CSV. Empty without a country of VIEWS.
std::vector<FolderFile> views_files(const record::PendingForecast& told, const record::ForetellOptions& options,
                                    const SealOptions& seal) {
  std::vector<FolderFile> files;
  if (options.views.empty()) {
    return files;
  }
  for (const record::AccountForecast& by : told.accounts) {
    std::string out = "month_id,country_id,draw,outcome\n";
    for (std::size_t m = 0; m < told.months.size(); ++m) {
      const int month = views_month(told.months[m]);
      std::size_t country = 0;
      for (const auto& [name, id] : options.views) {
        for (std::size_t r = 0; r < by.runs.size(); ++r) {
          out +=
              fmt::format("{},{},{},{}\n", month, id, r, std::lround(by.views[r][m * options.views.size() + country]));
        }
        ++country;
      }
      for (const int id : seal.countries_without_war) {
        for (std::size_t r = 0; r < by.runs.size(); ++r) {
          out += fmt::format("{},{},{},0\n", month, id, r);
        }
      }
    }
    files.push_back({fmt::format("views/{}/cm/window=Y{}/predictions_{}.csv", model_id(seal, by.account),
                                 format_date(told.origin).substr(0, 4), format_date(told.origin).substr(0, 4)),
                     std::move(out)});
  }
  return files;
}

}  // namespace

Result<std::string> write_forecast(const record::PendingForecast& told, const record::ForetellOptions& options,
                                   const Provenance& provenance, const SealOptions& seal,
                                   const std::vector<FolderFile>& package, const std::filesystem::path& folder) {
  std::vector<FolderFile> files = hub_files(told, seal);
  for (FolderFile& file : views_files(told, options, seal)) {
    files.push_back(std::move(file));
  }
  for (const FolderFile& file : package) {
    files.push_back({"package/" + file.name, file.bytes});
  }
  const std::string manifest = text_of(manifest_json(told, options, provenance, seal, files), 2) + "\n";
  files.push_back({"forecast.json", manifest});
  for (const FolderFile& file : files) {
    std::error_code error;
    std::filesystem::create_directories((folder / file.name).parent_path(), error);
    if (error) {
      return cannot_write((folder / file.name).parent_path(), error.message());
    }
    if (const auto fault = write_file(folder / file.name, file.bytes)) {
      return *fault;
    }
  }
  return sha256_hex(manifest);
}

std::string questions_csv(const record::Resolution& resolved) {
  std::string out = "account,place,date,before,probability_of_change,state,after,came\n";
  for (const record::Question& q : resolved.questions) {
    const bool is_resolved = q.state == record::Question::State::resolved;
    out += csv_row({q.account, q.place, format_date(q.date), q.before, q.probability, state_text(q.state), q.after,
                    is_resolved ? Cell(q.came) : Cell("")});
  }
  return out;
}

std::string resolved_text(const record::Resolution& resolved) {
  std::size_t n_resolved = 0;
  std::size_t n_open = 0;
  for (const record::Question& q : resolved.questions) {
    n_resolved += q.state == record::Question::State::resolved ? 1 : 0;
    n_open += q.state == record::Question::State::open ? 1 : 0;
  }
  const record::SealedForecast& s = resolved.sealed;
  const bool is_before = s.sealed_at.substr(0, 10) <= format_date(s.from);
  std::string out = fmt::format(
      "Says that it was sealed at {}, {} its first day, {}.\nSeal {}\nQuestions whether a place has another holder on "
      "a date than on the first day: {}; resolved {}, open {}, void {}.\n",
      s.sealed_at, is_before ? "by" : "after", format_date(s.from), s.seal, resolved.questions.size(), n_resolved,
      n_open, resolved.questions.size() - n_resolved - n_open);
  std::size_t width = std::string_view("account").size();
  for (const record::SealedModel& model : s.models) {
    width = std::max(width, model.account.size());
  }
  out += fmt::format("\nmonths  {:<{}}  probability told  questions  share that came\n", "account", width);
  for (const record::Reliability& r : resolved.scores.reliabilities) {
    if (r.model != record::kTruel || r.merged || r.unit != "place") {
      continue;
    }
    for (const record::ReliabilityStep& step : r.steps) {
      out += fmt::format("{:>6}  {:<{}}  {:<16}  {:>9}  {:.2f}\n", r.horizon_months, r.account, width,
                         fmt::format("{:.3f} to {:.3f}", step.from, step.until), step.n, step.share);
    }
  }
  return out;
}

}  // namespace truel::output
