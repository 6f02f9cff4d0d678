#include "truel/solver/results/state_recorder.hpp"

#include "truel/laws/alignment/alignment.hpp"
#include "truel/laws/declarations.hpp"

namespace truel::solver {

StateRecorder::StateRecorder(const CompiledModel& model, std::size_t n_times)
    : model_(model), n_times_(n_times), total_(at(model.n_actors())) {}

void StateRecorder::store(const State& s, std::size_t time, Run& run, Path* path) {
  const War& war = model_.war();
  double all_value = 0;
  for (PlaceIndex p = 0; p < s.n_places; ++p) {
    const ActorIndex holder = s.control[p];
    const double value = s.value(war.place(p, PlaceParameter::value));
    all_value += value;
    run.control[at(p) * n_times_ + time] = static_cast<std::int8_t>(holder);
    if (holder >= 0) {
      run.value_share[at(holder) * n_times_ + time] += static_cast<float>(value);
    }
  }
  total_fighters(s, total_);
  for (ActorIndex a = 0; a < s.n_actors; ++a) {
    run.fighters[at(a) * n_times_ + time] = static_cast<float>(total_[at(a)]);
    if (all_value > 0) {
      run.value_share[at(a) * n_times_ + time] /= static_cast<float>(all_value);
    }
    for (ActorIndex b = 0; b < s.n_actors; ++b) {
      run.dyad_losses[s.pair(a, b) * n_times_ + time] = static_cast<float>(s.tallies.losses[s.pair(a, b)]);
    }
    for (ActorIndex b = a; b < s.n_actors && laws::Alignment::may_act(model_); ++b) {
      run.alignment[alignment_pair(s.n_actors, a, b) * n_times_ + time] = static_cast<float>(s.alignment[s.pair(a, b)]);
    }
  }
  if (model_.issues().issues > 0) {
    store_issues(s, time, run);
  }
  if (path != nullptr && path->has_states) {
    path->fighters.insert(path->fighters.end(), s.fighters.begin(), s.fighters.end());
    path->support.insert(path->support.end(), s.support.begin(), s.support.end());
  }
}

/// Keeps what is followed over time; the rest is that of the last stored day.
void StateRecorder::store_issues(const State& s, std::size_t time, Run& run) {
  const IssueShape& shape = model_.issues();
  laws::see_issues(model_, s, run.issues);
  for (int k = 0; k < static_cast<int>(issue_law().results.size()); ++k) {
    if (issue_law().results[at(k)].over_time.empty()) {
      continue;
    }
    for (IssueIndex i = 0; i < shape.issues; ++i) {
      for (ActorIndex a = 0; a < shape.series_of(k); ++a) {
        run.issue_series[shape.series(k, i, a) * n_times_ + time] =
            static_cast<float>(run.issues[shape.place(k, i, shape.rounds, a)]);
      }
    }
  }
}

}  // namespace truel::solver
