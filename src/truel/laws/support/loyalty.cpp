#include "truel/laws/support/loyalty.hpp"

#include <algorithm>
#include <cmath>

#include "truel/laws/laws.hpp"

namespace truel::laws {
namespace {

struct Loyalties {
  int n = 0;
  std::array<double, kMaxActors> loyal{}, freeing{}, subduing{};
  std::array<ActorMask, kMaxActors> hostile{};
};

using Shares = std::array<double, kMaxActors>;

void slope(const Loyalties& law, const Shares& share, Shares& out) {
  for (int a = 0; a < law.n; ++a) {
    double growth = law.freeing[at(a)] * (law.loyal[at(a)] - share[at(a)]);
    for (int b = 0; b < law.n; ++b) {
      growth -= (law.hostile[at(a)] & bit(b)) != 0 ? law.subduing[at(b)] * share[at(b)] : 0;
    }
    out[at(a)] = share[at(a)] * growth;
  }
}

/// One step of the classical method of Runge and Kutta.
void step(const Loyalties& law, double days, Shares& share) {
  Shares k1{}, k2{}, k3{}, k4{}, middle{};
  const auto move = [&](const Shares& k, double part) {
    for (int a = 0; a < law.n; ++a) {
      middle[at(a)] = share[at(a)] + part * days * k[at(a)];
    }
  };
  slope(law, share, k1);
  move(k1, 0.5);
  slope(law, middle, k2);
  move(k2, 0.5);
  slope(law, middle, k3);
  move(k3, 1);
  slope(law, middle, k4);
  for (int a = 0; a < law.n; ++a) {
    const double change = days / 6 * (k1[at(a)] + 2 * k2[at(a)] + 2 * k3[at(a)] + k4[at(a)]);
    share[at(a)] = std::clamp(share[at(a)] + change, 0.0, 1.0);
  }
}

}  // namespace

bool Loyalty::steps_daily(const CompiledModel& model, const State& s, bool) {
  return s.value(model.war().law(number_of<Loyalty>(on))) > 0;
}

void move_loyalties(const CompiledModel& model, State& s, double days) {
  const War& war = model.war();
  if (s.value(war.law(number_of<Loyalty>(Loyalty::on))) <= 0) {
    return;
  }
  Loyalties law;
  law.n = s.n_actors;
  double fastest = 0;
  for (ActorIndex a = 0; a < law.n; ++a) {
    law.loyal[at(a)] = s.value(war.actor(a, ActorParameter::loyal_share));
    law.freeing[at(a)] = s.value(war.actor(a, ActorParameter::freeing_per_day));
    law.subduing[at(a)] = s.value(war.actor(a, ActorParameter::subduing_per_day));
    law.hostile[at(a)] = s.derived.hostile[a];
    fastest += law.freeing[at(a)] + law.subduing[at(a)];
  }
  constexpr double kStepsPerTime = 20;
  const int n_steps = std::max(1, static_cast<int>(std::ceil(days * fastest * kStepsPerTime)));
  Shares share{};
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    for (ActorIndex a = 0; a < law.n; ++a) {
      share[at(a)] = s.support[s.slot(p, a)];
    }
    for (int k = 0; k < n_steps; ++k) {
      step(law, days / n_steps, share);
    }
    for (ActorIndex a = 0; a < law.n; ++a) {
      s.support[s.slot(p, a)] = share[at(a)];
    }
  }
}

}  // namespace truel::laws
