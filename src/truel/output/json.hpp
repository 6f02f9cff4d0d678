// What the JSON files begin with, and numbers as they write them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "truel/ensemble/ensemble.hpp"
#include "truel/output/output.hpp"

namespace truel::output {

using Json = nlohmann::ordered_json;

/// What result files begin with: format, package and its hash, version, title, accounts and settings, and the analysis
/// where runs start from one.
Json heading(const War& war, const Provenance& provenance);
void add_analysis(Json& json, const Provenance& provenance, const War& war);
/// Lists of what an analysis says of hidden numbers, as far as it says anything.
void add_learned(Json& json, const record::AnalysisFindings& learned, const War& war);

/// null for NaN; the shortest digits that give the same double.
Json number(double x);

/// The double with the shortest digits that name this float: 0.4, not 0.4000000059604645.
double shortest(float x);

/// {"mean", "se", "q05", "q50", "q95", "mean_low", "mean_high", "runs"}.
Json quantity(const ensemble::Quantity& q);

/// Rounded to so many decimals or significant digits, and written without a fraction where there is none.
Json decimals(double x, int n);
Json significant(double x, int digits);
Json quantity(const ensemble::Quantity& q, int digits);  ///< the first five

/// What `of` gives for each of them.
template <class Items, class Of>
Json list_of(const Items& items, const Of& of) {
  Json list = Json::array();
  for (const auto& item : items) {
    list.push_back(of(item));
  }
  return list;
}

/// Text of the value; what is no UTF-8 is replaced, never thrown at the caller. indent below 0: one line.
std::string text_of(const Json& json, int indent);

}  // namespace truel::output
