#include "truel/laws/hidden_defence/hidden_defence.hpp"

#include <cmath>
#include <span>
#include <vector>

#include "truel/base/math.hpp"
#include "truel/laws/laid_in.hpp"
#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

using H = HiddenDefence;

}  // namespace

void HiddenDefence::look_back(const CompiledModel& model, State& s, int days, bool) {
  const War& war = model.war();
  const auto number = [&](Number k) { return s.value(war.law(number_of<H>(k))); };
  if (number(on) <= 0) {
    return;
  }
  const auto list = [&](OwnState kept) -> std::vector<double>& { return s.laws.lists[state_of<H>(kept)]; };
  const double kept_share = math::exp(-days / number(decay_days));
  const double fresh_share = std::sqrt(1 - kept_share * kept_share);
  const double unlearned = math::exp(-days / number(learn_days));
  const std::span<const float> laid_in = laid_in_since(war.laid_in_defence, war.start, s, days);
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const std::size_t k = at(p);
    const double now = static_cast<double>(s.control[p]);
    const bool is_new = list(holder)[k] != now;
    RandomStream random(s.seed, s.run, static_cast<std::uint32_t>(s.day), kPurpose, static_cast<std::uint32_t>(k));
    const double draw = random.normal();
    if (is_new) {
      list(holder)[k] = now;
      list(deviation)[k] = draw;
      list(learned)[k] = 0;
    } else {
      list(deviation)[k] = kept_share * list(deviation)[k] + fresh_share * draw;
      list(learned)[k] = s.contested[p] ? 1 - (1 - list(learned)[k]) * unlearned : list(learned)[k];
    }
    if (!laid_in.empty() && !std::isnan(laid_in[k])) {
      list(deviation)[k] = laid_in[k];
    }
    const double log_factor = -number(spread) * list(deviation)[k];
    if (is_new && s.control[p] >= 0 && s.journal != nullptr) {
      s.journal->events.push_back({s.day, kDrawn.kind, s.control[p], p, kNone, math::exp(-log_factor)});
    }
    list(let_through)[k] = math::exp(log_factor);
    list(believed)[k] = math::exp(log_factor * list(learned)[k]);
  }
}

}  // namespace truel::laws
