#include "truel/world/compiled/issue_shape.hpp"

#include <algorithm>

namespace truel {

IssueShape::IssueShape(int n_issues, int n_actors, int n_rounds, int n_talks)
    : issues(n_issues), actors(n_actors), rounds(n_rounds), talks(n_talks) {
  using Of = IssueResultInfo::Of;
  const std::span<const IssueResultInfo> results = issue_law().results;
  steps_.resize(results.size());
  const std::size_t n = at(actors);
  const std::size_t n_states = at(rounds + 1);
  // Kind after kind; rounds lie result by result, what is of talks lies talks by talks.
  for (const Of of : {Of::round, Of::round_and_actor, Of::actor, Of::pair}) {
    const auto count = static_cast<std::size_t>(
        std::count_if(results.begin(), results.end(), [of](const IssueResultInfo& info) { return info.of == of; }));
    const bool is_of_rounds = of == Of::round || of == Of::round_and_actor;
    const std::size_t actor = of == Of::round ? 0 : of == Of::pair ? n : 1;
    const std::size_t other = of == Of::pair ? 1 : 0;
    const std::size_t row = of == Of::round ? 1 : of == Of::pair ? n * n : n;
    const std::size_t block = is_of_rounds ? at(issues) * n_states * row : row;
    std::size_t next = size_;
    for (std::size_t k = 0; k < results.size(); ++k) {
      if (results[k].of == of) {
        steps_[k] = {.first = next,
                     .issue = is_of_rounds ? n_states * row
                              : talks == 1 ? 0
                                           : count * row,
                     .round = is_of_rounds ? row : 0,
                     .actor = actor,
                     .other = other,
                     .series = 0};
        next += block;
      }
    }
    size_ += count * block * (is_of_rounds ? 1 : at(talks));
  }
  for (std::size_t k = 0; k < results.size(); ++k) {
    if (!results[k].over_time.empty()) {
      steps_[k].series = series_an_issue_;
      series_an_issue_ += at(series_of(static_cast<int>(k)));
    }
  }
}

}  // namespace truel
