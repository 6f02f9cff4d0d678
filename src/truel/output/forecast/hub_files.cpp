#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "truel/base/month.hpp"
#include "truel/model/basic_model.hpp"
#include "truel/output/describe.hpp"
#include "truel/output/forecast/forecast_files.hpp"
#include "truel/output/forecast/model_names.hpp"
#include "truel/output/json.hpp"
#include "truel/output/tables/tables.hpp"

namespace truel::output {

/// hubverse lets names of teams and models have letters, digits and underscores.
std::string abbreviated(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    text += is_plain ? c : '_';
  }
  return text;
}

std::string model_id(const SealOptions& seal, const std::string& account) {
  return abbreviated(seal.team) + "-" + abbreviated(account);
}

std::string model_output_name(const record::PendingForecast& told, const SealOptions& seal,
                              const std::string& account) {
  const std::string id = model_id(seal, account);
  return fmt::format("model-output/{}/{}-{}.csv", id, format_date(told.origin), id);
}

namespace {

constexpr const char* kSchemas = "https://raw.githubusercontent.com/hubverse-org/schemas/main/v6.0.0/";

Json ids(const std::vector<std::string>& required) {
  return {{"required", required}, {"optional", nullptr}};
}

std::vector<std::string> texts(const std::vector<Day>& days) {
  std::vector<std::string> all;
  std::transform(days.begin(), days.end(), std::back_inserter(all), format_date);
  return all;
}

std::vector<std::string> ends_of(const std::vector<int>& months) {
  std::vector<std::string> all;
  for (const int month : months) {
    all.push_back(format_date(first_day(month + 1) - 1));
  }
  return all;
}

Json task(const record::PendingForecast& told, const std::string& target, const std::vector<std::string>& locations,
          const std::vector<std::string>& dates, Json output_type, Json metadata) {
  metadata["target_id"] = target;
  metadata["target_keys"] = {{"target", target}};
  metadata["is_step_ahead"] = false;
  return {{"task_ids",
           {{"origin_date", ids({format_date(told.origin)})},
            {"target", ids({target})},
            {"location", ids(locations)},
            {"target_end_date", ids(dates)}}},
          {"output_type", std::move(output_type)},
          {"target_metadata", Json::array({std::move(metadata)})}};
}

Json tasks_json(const record::PendingForecast& told, const SealOptions& seal) {
  const std::vector<std::string> places = ids_of(told.war.places);
  Json tasks = Json::array();
  tasks.push_back(task(told, record::kHolderTarget, places, texts(told.dates),
                       {{"pmf",
                         {{"output_type_id", {{"required", told.sides.codes}}},
                          {"value", {{"type", "double"}, {"minimum", 0}, {"maximum", 1}}},
                          {"is_required", true}}}},
                       {{"target_name", "Side that holds the place in the morning of the date"},
                        {"target_units", "side"},
                        {"target_type", "nominal"}}));
  std::size_t least = told.accounts.front().runs.size();
  std::size_t most = least;
  for (const record::AccountForecast& by : told.accounts) {
    least = std::min(least, by.runs.size());
    most = std::max(most, by.runs.size());
  }
  const Json sample = {{"sample",
                        {{"output_type_id_params",
                          {{"type", "integer"},
                           {"min_samples_per_task", std::max<std::size_t>(1, least)},
                           {"max_samples_per_task", std::max<std::size_t>(1, most)},
                           {"compound_taskid_set", {"origin_date"}}}},
                         {"value", {{"type", "double"}, {"minimum", 0}}},
                         {"is_required", true}}}};
  if (!told.months.empty() && !told.dyads.empty()) {
    tasks.push_back(task(told, record::kFightersTarget, told.dyads, ends_of(told.months), sample,
                         {{"target_name", "Fighters of both sides killed in the month that ends on the date"},
                          {"target_units", "people"},
                          {"target_type", "continuous"}}));
    tasks.push_back(task(told, record::kDeathsTarget, told.dyads, ends_of(told.months), sample,
                         {{"target_name", "People killed by the two sides in the month that ends on the date"},
                          {"target_units", "people"},
                          {"target_type", "continuous"}}));
  }
  const std::string day = seal.sealed_at.substr(0, 10);
  return {{"schema_version", std::string(kSchemas) + "tasks-schema.json"},
          {"rounds", Json::array({{{"round_id_from_variable", true},
                                   {"round_id", "origin_date"},
                                   {"model_tasks", std::move(tasks)},
                                   {"submissions_due",
                                    {{"start", std::min(day, format_date(told.origin))},
                                     {"end", std::max(day, format_date(told.origin))}}}}})}};
}

Json admin_json(const record::PendingForecast& told, const SealOptions& seal) {
  // The schema lists no UTC; Abidjan has kept its time all year since 1912.
  return {{"schema_version", std::string(kSchemas) + "admin-schema.json"},
          {"name", told.war.title},
          {"maintainer", seal.team},
          {"contact", {{"name", seal.team}}},
          {"repository", {{"host", "github"}, {"owner", abbreviated(seal.team)}, {"name", package_name(told.war)}}},
          {"file_format", {"csv", "parquet"}},
          {"timezone", "Africa/Abidjan"}};
}

Json metadata_schema() {
  Json properties = Json::object();
  for (const char* name : {"team_name", "team_abbr", "model_name", "model_abbr"}) {
    properties[name] = {{"type", "string"}};
  }
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "Metadata of a model"},
          {"type", "object"},
          {"properties", properties},
          {"required", {"team_name", "team_abbr", "model_name", "model_abbr"}}};
}

void add_samples(const record::PendingForecast& told, const record::AccountForecast& by,
                 const record::DeathMembers& members, const char* target, std::string& out) {
  const std::vector<std::string> ends = ends_of(told.months);
  for (std::size_t m = 0; m < ends.size(); ++m) {
    for (std::size_t d = 0; d < told.dyads.size(); ++d) {
      const std::string begin =
          fmt::format("{},{},{},{},sample,", format_date(told.origin), target, csv_cell(told.dyads[d]), ends[m]);
      for (std::size_t r = 0; r < by.runs.size(); ++r) {
        out += fmt::format("{}{},{}\n", begin, by.runs[r] + 1, members[r][m * told.dyads.size() + d]);
      }
    }
  }
}

std::string model_output(const record::PendingForecast& told, const record::AccountForecast& by) {
  std::string out = "origin_date,target,location,target_end_date,output_type,output_type_id,value\n";
  const auto n = at(told.sides.size());
  for (std::size_t d = 0; d < told.dates.size(); ++d) {
    for (std::size_t p = 0; p < told.war.places.size(); ++p) {
      for (std::size_t s = 0; s < n; ++s) {
        out += fmt::format("{},{},{},{},pmf,{},{}\n", format_date(told.origin), record::kHolderTarget,
                           csv_cell(told.war.places[p].id), format_date(told.dates[d]), csv_cell(told.sides.codes[s]),
                           by.holders[d][p * n + s]);
      }
    }
  }
  add_samples(told, by, by.fighters, record::kFightersTarget, out);
  add_samples(told, by, by.everybody, record::kDeathsTarget, out);
  return out;
}

std::string metadata(const record::PendingForecast& told, const record::AccountForecast& by, const SealOptions& seal) {
  std::string name = by.account == kBase ? told.war.title : by.account;
  for (const Account& account : told.war.accounts) {
    name = account.id == by.account ? account.title : name;
  }
  const auto quoted = [](const std::string& text) { return text_of(Json(text), -1); };  // JSON's texts are YAML's
  return fmt::format("team_name: {}\nteam_abbr: {}\nmodel_name: {}\nmodel_abbr: {}\n", quoted(seal.team),
                     quoted(abbreviated(seal.team)), quoted(name), quoted(abbreviated(by.account)));
}

}  // namespace

std::vector<FolderFile> hub_files(const record::PendingForecast& told, const SealOptions& seal) {
  std::vector<FolderFile> files{{"hub-config/tasks.json", text_of(tasks_json(told, seal), 2) + "\n"},
                                {"hub-config/admin.json", text_of(admin_json(told, seal), 2) + "\n"},
                                {"hub-config/model-metadata-schema.json", text_of(metadata_schema(), 2) + "\n"}};
  for (const record::AccountForecast& by : told.accounts) {
    files.push_back({fmt::format("model-metadata/{}.yml", model_id(seal, by.account)), metadata(told, by, seal)});
    files.push_back({model_output_name(told, seal, by.account), model_output(told, by)});
  }
  return files;
}

}  // namespace truel::output
