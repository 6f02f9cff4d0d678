// What the laws of this folder read.
#include "truel/laws/recruitment/desertion.hpp"
#include "truel/laws/recruitment/recruitment.hpp"

namespace truel::laws {

std::span<const Reading> Recruitment::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"actors.recruitment_per_day", {"support.*.share", "places.*.population"}},
      {"actors.recruitment_per_day", {"laws.support.on", "places.*.population"}},
      {"actors.recruits_per_day"},
      {"ties.passage"},
  });
  return kReads;
}

std::span<const Reading> Desertion::reads() {
  static constexpr std::array kReads = std::to_array<Reading>({
      {"laws.income.tax_per_1000", {"actors.*.income=given", "places.*.population"}},
      {"actors.income", {"actors.desertion_per_day"}},
      {"actors.income", {"laws.defection.on", "laws.defection.unpaid_gain"}},
      {"actors.desertion_per_day", {"actors.income=given"}},
      {"places.resources", {"actors.*.income=given"}},
      {"sponsors.finance", {"actors.*.income=given"}},
      {"ties.trade", {"actors.*.income=given", "ties.bargain"}},
      {"ties.bargain", {"actors.*.income=given", "ties.*.trade"}},
      {"ties.passage", {"actors.*.income=given"}},
  });
  return kReads;
}

}  // namespace truel::laws
