#include "truel/model/basis.hpp"

#include <algorithm>

#include "truel/base/bytes/utf8.hpp"

namespace truel {
namespace {

constexpr std::string_view kAssumed = "assumed:";
constexpr std::string_view kSource = "source:";
constexpr std::string_view kSpace = " \t\r\n";

}  // namespace

std::vector<BasisPart> basis_parts(std::string_view basis) {
  std::vector<BasisPart> parts;
  while (!basis.empty()) {
    const auto end = std::min(basis.find(';'), basis.size());
    const std::string_view part = trimmed(basis.substr(0, end));
    basis.remove_prefix(std::min(end + 1, basis.size()));
    if (part.empty()) {
      continue;
    }
    if (part.starts_with(kAssumed)) {
      parts.push_back({BasisKind::assumed, "", part, trimmed(part.substr(kAssumed.size()))});
    } else if (part.starts_with(kSource)) {
      const std::string_view named = part.substr(kSource.size());
      const auto space = std::min(named.find_first_of(kSpace), named.size());
      parts.push_back({BasisKind::source, named.substr(0, space), part, trimmed(named.substr(space))});
    } else if (part.find_first_of(kSpace) == std::string_view::npos) {
      parts.push_back({BasisKind::claim, part, part, ""});
    } else {
      parts.push_back({BasisKind::other, "", part, ""});
    }
  }
  return parts;
}

bool assumes(std::string_view basis) {
  const std::vector<BasisPart> parts = basis_parts(basis);
  return std::any_of(parts.begin(), parts.end(), [](const BasisPart& part) { return part.kind == BasisKind::assumed; });
}

std::vector<std::string> sources_of_basis(const War& war, std::string_view basis) {
  std::vector<std::string> sources;
  const auto add = [&](const std::string& source) {
    if (std::find(sources.begin(), sources.end(), source) == sources.end()) {
      sources.push_back(source);
    }
  };
  for (const BasisPart& part : basis_parts(basis)) {
    const auto claim =
        std::find_if(war.claims.begin(), war.claims.end(), [&](const Claim& c) { return c.id == part.id; });
    if (part.kind == BasisKind::source) {
      add("other sources");
    } else if (part.kind == BasisKind::claim && claim != war.claims.end()) {
      add(claim->source);
    }
  }
  if (sources.empty()) {
    sources.emplace_back(assumes(basis) ? "assumed" : "default");
  }
  return sources;
}

}  // namespace truel
