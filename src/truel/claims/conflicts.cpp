#include "truel/claims/conflicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "truel/base/date.hpp"
#include "truel/base/index.hpp"

namespace truel::claims {
namespace {

/// First day that a date may mean: a year or a month means all its days.
Day first_day(std::string_view text) {
  std::string whole(text);
  whole += text.size() == 4 ? "-01-01" : text.size() == 7 ? "-01" : "";
  return text.empty() ? std::numeric_limits<Day>::min() : parse_date(whole).value_or(std::numeric_limits<Day>::min());
}

Day last_day(std::string_view text) {
  if (text.size() == 4) {
    return first_day(fmt::format("{}-12-31", text));
  }
  if (text.size() == 7) {
    for (const char* end : {"-31", "-30", "-29", "-28"}) {
      if (const auto day = parse_date(std::string(text) + end)) {
        return *day;
      }
    }
  }
  return text.empty() ? std::numeric_limits<Day>::max() : parse_date(text).value_or(std::numeric_limits<Day>::max());
}

bool is_comparable(const Claim& a, const Claim& b) {
  const bool is_same_place = a.place.empty() || b.place.empty() || a.place == b.place;
  return is_same_place && first_day(a.from_date) <= last_day(b.to_date) &&
         first_day(b.from_date) <= last_day(a.to_date);
}

bool is_accusation_and_denial(const Claim& a, const Claim& b) {
  return (a.kind == "accusation" && b.kind == "denial") || (a.kind == "denial" && b.kind == "accusation");
}

std::optional<double> amount(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return !text.empty() && error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

std::string amount_in_words(const Claim& c) {
  return c.low == c.high ? fmt::format("{} {}", c.low, c.unit) : fmt::format("{} to {} {}", c.low, c.high, c.unit);
}

/// "isis, idlib": what claims without a topic speak of.
std::string about(const Claim& c) {
  std::string text;
  for (const std::string& part : {c.subject, c.object, c.place}) {
    text += part.empty() ? "" : fmt::format("{}{}", text.empty() ? "" : ", ", part);
  }
  return text.empty() ? "(no party named)" : text;
}

class Finder {
 public:
  explicit Finder(const Evidence& evidence) : evidence_(evidence), claims_(evidence.war().claims) {}

  std::vector<Conflict> find() {
    on_topics();
    without_topics();
    of_amounts();
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Conflict& a, const Conflict& b) { return a.is_between_sources > b.is_between_sources; });
    return std::move(found_);
  }

 private:
  const Claim& claim(int c) const { return claims_[at(c)]; }

  void keep(Conflict conflict) {
    if (conflict.pairs.empty()) {
      return;
    }
    std::set<int> one;
    std::set<int> other;
    std::set<int> touched;
    for (const Contradiction& pair : conflict.pairs) {
      one.insert(pair.one);
      other.insert(pair.other);
      conflict.is_between_sources |= claim(pair.one).source != claim(pair.other).source;
      for (const int c : {pair.one, pair.other}) {
        touched.insert(evidence_.rests_on(c).begin(), evidence_.rests_on(c).end());
      }
    }
    conflict.one.assign(one.begin(), one.end());
    conflict.other.assign(other.begin(), other.end());
    conflict.touched.assign(touched.begin(), touched.end());
    found_.push_back(std::move(conflict));
  }

  void on_topics() {
    const std::vector<Topic>& topics = evidence_.war().topics;
    for (int t = 0; t < static_cast<int>(topics.size()); ++t) {
      std::vector<int> supporters;
      std::vector<int> opponents;
      Conflict conflict{.topic = t, .statement = topics[at(t)].statement, .one_says = "for", .other_says = "against"};
      for (int c = 0; c < static_cast<int>(claims_.size()); ++c) {
        for (const Position& position : claim(c).positions) {
          if (position.topic == topics[at(t)].id) {
            (position.stand == Stand::for_it       ? supporters
             : position.stand == Stand::against_it ? opponents
                                                   : conflict.in_doubt)
                .push_back(c);
          }
        }
      }
      for (const int s : supporters) {
        for (const int o : opponents) {
          if (is_comparable(claim(s), claim(o))) {
            conflict.pairs.push_back({s, o,
                                      is_accusation_and_denial(claim(s), claim(o)) ? Rule::accusation_and_denial
                                                                                   : Rule::opposite_positions});
          }
        }
      }
      keep(std::move(conflict));
    }
  }

  void without_topics() {
    std::map<std::pair<std::string, std::string>, std::vector<int>> by_parties;
    for (int c = 0; c < static_cast<int>(claims_.size()); ++c) {
      if (claim(c).positions.empty() && !(claim(c).subject.empty() && claim(c).object.empty())) {
        by_parties[{claim(c).subject, claim(c).object}].push_back(c);
      }
    }
    for (const auto& [parties, members] : by_parties) {
      Conflict conflict{.statement = about(claim(members.front())), .one_says = "for", .other_says = "against"};
      for (const int s : members) {
        for (const int o : members) {
          const Claim& yes = claim(s);
          const Claim& no = claim(o);
          const bool is_accused = yes.kind == "accusation" && no.kind == "denial";
          const bool is_denied =
              yes.kind == no.kind && no.stance == "denies" && (yes.stance == "asserts" || yes.stance == "reports");
          if ((is_accused || is_denied) && is_comparable(yes, no)) {
            conflict.pairs.push_back({s, o, is_accused ? Rule::accusation_and_denial : Rule::opposite_positions});
          }
        }
      }
      keep(std::move(conflict));
    }
  }

  void of_amounts() {
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::vector<int>> by_quantity;
    for (int c = 0; c < static_cast<int>(claims_.size()); ++c) {
      const Claim& x = claim(c);
      if (amount(x.low) && amount(x.high)) {
        by_quantity[{x.kind, x.unit, x.subject, x.object, x.place}].push_back(c);
      }
    }
    for (const auto& [quantity, members] : by_quantity) {
      for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j) {
          const Claim& a = claim(members[i]);
          const Claim& b = claim(members[j]);
          const bool is_apart = *amount(a.high) < *amount(b.low) || *amount(b.high) < *amount(a.low);
          if (is_apart && is_comparable(a, b)) {
            keep({.statement = fmt::format("{} of {}", a.unit.empty() ? "amount" : a.unit, about(a)),
                  .one_says = amount_in_words(a),
                  .other_says = amount_in_words(b),
                  .pairs = {{members[i], members[j], Rule::ranges_apart}}});
          }
        }
      }
    }
  }

  const Evidence& evidence_;
  const std::vector<Claim>& claims_;
  std::vector<Conflict> found_;
};

}  // namespace

std::string_view to_string(Rule rule) {
  switch (rule) {
    case Rule::opposite_positions:
      return "opposite positions";
    case Rule::accusation_and_denial:
      return "accusation and denial";
    case Rule::ranges_apart:
      return "ranges apart";
  }
  return "";
}

std::vector<Conflict> conflicts(const Evidence& evidence) {
  return Finder(evidence).find();
}

}  // namespace truel::claims
