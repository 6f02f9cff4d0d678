#include "truel/output/json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "truel/output/describe.hpp"

namespace truel::output {
namespace {

constexpr double kLargestWhole = 9007199254740992;  // 2^53

bool is_whole(double x) {
  return x == std::floor(x) && std::abs(x) < kLargestWhole;
}

Json compact(double x) {
  if (!std::isfinite(x)) {
    return nullptr;
  }
  if (is_whole(x)) {
    return static_cast<std::int64_t>(x);
  }
  return x;
}

}  // namespace

Json heading(const War& war, const Provenance& provenance) {
  Json json = {{"format", 1},
               {"package", package_name(war)},
               {"package_sha256", war.sha256},
               {"version", provenance.version},
               {"title", war.title},
               {"accounts", provenance.accounts},
               {"settings", provenance.settings}};
  add_analysis(json, provenance, war);
  return json;
}

void add_learned(Json& json, const record::AnalysisFindings& learned, const War& war) {
  for (const record::LearnedDefence& place : learned.places) {
    json["hidden_defence"].push_back({{"origin", format_date(place.origin)},
                                      {"account", place.account},
                                      {"place", war.places[at(place.place)].id},
                                      {"median", place.median},
                                      {"low", place.low},
                                      {"high", place.high},
                                      {"effective_size", place.effective_size}});
  }
  for (const record::LearnedLethality& pair : learned.pairs) {
    json["hidden_lethality"].push_back({{"origin", format_date(pair.origin)},
                                        {"account", pair.account},
                                        {"dyad", pair.dyad},
                                        {"median", pair.median},
                                        {"low", pair.low},
                                        {"high", pair.high},
                                        {"conflict", pair.conflict},
                                        {"lull", pair.lull}});
  }
}

void add_analysis(Json& json, const Provenance& provenance, const War& war) {
  if (const auto& analysis = provenance.analysis) {
    json["analysis"] = {{"origin", format_date(analysis->origin)}, {"remarks", analysis->learned.remarks}};
    add_learned(json["analysis"], analysis->learned, war);
  }
}

std::string analysis_json(const Provenance& provenance, const War& war) {
  Json json;
  add_analysis(json, provenance, war);
  return json.contains("analysis") ? text_of(json["analysis"], -1) : "";
}

Json number(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

double shortest(float x) {
  if (x == 0 || x == 1) {  // as most probabilities of control are
    return static_cast<double>(x);
  }
  return std::strtod(fmt::format("{}", x).c_str(), nullptr);
}

Json quantity(const ensemble::Quantity& q) {
  return {{"mean", number(q.mean)},
          {"se", number(q.se)},
          {"q05", number(q.q05)},
          {"q50", number(q.q50)},
          {"q95", number(q.q95)},
          {"mean_low", number(q.mean_interval.low)},
          {"mean_high", number(q.mean_interval.high)},
          {"runs", compact(q.runs)}};
}

Json decimals(double x, int n) {
  if (is_whole(x)) {
    return compact(x);  // no digits to round, and no need to print and read it
  }
  return std::isfinite(x) ? compact(std::strtod(fmt::format("{:.{}f}", x, n).c_str(), nullptr) + 0.0) : Json(nullptr);
}

Json significant(double x, int digits) {
  return std::isfinite(x) ? compact(std::strtod(fmt::format("{:.{}g}", x, digits).c_str(), nullptr)) : Json(nullptr);
}

Json quantity(const ensemble::Quantity& q, int digits) {
  return {{"mean", significant(q.mean, digits)},
          {"se", significant(q.se, 2)},
          {"q05", significant(q.q05, digits)},
          {"q50", significant(q.q50, digits)},
          {"q95", significant(q.q95, digits)}};
}

std::string text_of(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace truel::output
