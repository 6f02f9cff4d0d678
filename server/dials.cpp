#include "dials.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "truel/ledger/basis.hpp"
#include "truel/model/distributions/truncated.hpp"

namespace truel::server {
namespace {

using output::Json;

constexpr std::array<std::string_view, 7> kTables = {"scenario", "commands",      "forces",  "actors",
                                                     "ties",     "interventions", "sponsors"};
/// What a slider reaches beyond what the package thinks possible, as a share of that.
constexpr double kBeyond = 0.5;
/// Quantiles that stand for all that a distribution without ends thinks possible.
constexpr double kLowEnd = 0.01, kHighEnd = 0.99;
constexpr int kDigits = 4;

std::pair<double, double> possible(const Parameter& p) {
  if (p.distribution.is_value()) {
    return {p.distribution.a, p.distribution.a};
  }
  return {truncated_quantile(p.distribution, kLowEnd, p.least, p.greatest),
          truncated_quantile(p.distribution, kHighEnd, p.least, p.greatest)};
}

/// Ends of the slider: bounds that are near, else room on both sides of what is possible.
std::pair<double, double> slider(const Parameter& p, std::string_view unit) {
  const auto [low, high] = possible(p);
  const double size = std::max(std::abs(low), std::abs(high));
  const double room = std::max(high - low, size > 0 ? size : 1.0);
  const double least = std::max(p.least, low - kBeyond * room - (low >= 0 && p.least >= 0 ? low : 0));
  const bool is_share = unit == "share" || (p.least == -1 && p.greatest == 1);
  return is_share ? std::pair{p.least, p.greatest} : std::pair{least, std::min(p.greatest, high + room)};
}

std::string_view kind_of(std::string_view unit) {
  return unit == "switch" || unit == "choice" ? unit : "number";
}

}  // namespace

Json dials_json(const War& war) {
  Json list = Json::array();
  for (const std::string_view table : kTables) {
    for (int i = 0; i < static_cast<int>(war.parameters.size()); ++i) {
      const Parameter& p = war.parameters[at(i)];
      const std::string_view path = p.path;
      const std::string_view unit = ledger::unit_of(war, i);
      const bool is_switch = unit == "switch";
      if (path.substr(0, path.find('.')) != table || !std::isfinite(possible(p).first) ||
          !(ledger::is_evidence(war, i) || is_switch || (unit == "choice" && p.is_given))) {
        continue;
      }
      const std::size_t last = path.rfind('.');
      const std::size_t first = std::min(path.find('.') + 1, last);
      const ParameterInfo* info = ledger::info_of(war, i);
      const auto [low, high] = is_switch ? std::pair{0.0, 1.0} : slider(p, unit);
      const auto bound = [](double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); };
      Json basis = Json::array();
      for (const ledger::Basis& part : ledger::resolve_basis(war, p.basis)) {
        basis.push_back({{"kind", part.kind}, {"id", part.id}, {"text", part.text}});
      }
      list.push_back({{"path", p.path},
                      {"table", table},
                      {"of", first < last ? path.substr(first, last - first) : std::string_view()},
                      {"name", path.substr(last + 1)},
                      {"unit", unit},
                      {"kind", kind_of(unit)},
                      {"meaning", info == nullptr ? std::string_view() : info->meaning},
                      {"written", to_string(p.distribution)},
                      {"value", output::significant(median(p), kDigits)},
                      {"low", output::significant(low, kDigits)},
                      {"high", output::significant(high, kDigits)},
                      {"least", bound(p.least)},
                      {"greatest", bound(p.greatest)},
                      {"basis", std::move(basis)}});
      if (!p.words.empty()) {
        list.back()["words"] = p.words;
      }
    }
  }
  return list;
}

}  // namespace truel::server
