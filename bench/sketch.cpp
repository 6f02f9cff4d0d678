// What a plain program does that holds only the core of a war on a map: every day fire among those present and control
// at each place, every week orders that move men to the best neighbouring target. One array a quantity, one thread, the
// same map, forces and days as the package; nothing is drawn but chance, nothing kept but two sums. It is no model to
// trust: bench/whole_programs.py measures it beside truel.
//
// Usage: sketch PACKAGE RUNS [ENDS]. Prints fighters killed and places taken, means of the runs. ENDS is a table to
// write: run by run the fighters killed, the places taken, the men and the places of each actor at the end. Ends with 1
// where nobody died or no place changed hands.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr int kDays = 1095;  // 1 January 2016 to 31 December 2018
constexpr int kWeek = 7;
constexpr const char* kFirstDay = "2016-01-01";

using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

/// Rows of a table by the names of its columns; no cell has a line break.
std::vector<Row> read(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    throw std::runtime_error(path + ": cannot be read");
  }
  const std::vector<std::string> names = cells_of(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = cells_of(line);
    Row& row = rows.emplace_back();
    for (std::size_t k = 0; k < std::min(names.size(), cells.size()); ++k) {
      row[names[k]] = cells[k];
    }
  }
  return rows;
}

/// The middle of a range or distribution as packages write them: the mean of the first two numbers in the text.
double middle(const std::string& text, double otherwise) {
  std::vector<double> numbers;
  for (const char* c = text.c_str(); *c != '\0' && numbers.size() < 2;) {
    char* end = nullptr;
    const std::string rest(c);
    const std::string number = rest.substr(0, rest.find(".."));  // strtod would take one point of two
    const double value = std::strtod(number.c_str(), &end);
    if (end == number.c_str()) {
      c += rest.starts_with("..") ? 2 : 1;
    } else {
      numbers.push_back(value);
      c += end - number.c_str();
    }
  }
  double sum = 0;
  for (const double x : numbers) {
    sum += x;
  }
  return numbers.empty() ? otherwise : sum / static_cast<double>(numbers.size());
}

/// The generator xoshiro256++ of Blackman and Vigna (2021).
class Random {
 public:
  explicit Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {  // SplitMix64
      std::uint64_t z = seed += 0x9e3779b97f4a7c15;
      z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
      z = (z ^ z >> 27) * 0x94d049bb133111eb;
      word = z ^ z >> 31;
    }
  }
  double uniform() {
    const std::uint64_t result = rotated(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotated(state_[3], 45);
    return (static_cast<double>(result >> 11) + 0.5) * 0x1p-53;
  }
  /// By inversion, of great means by its normal limit.
  double poisson(double mean) {
    if (mean > 30) {
      const double normal = std::sqrt(-2 * std::log(uniform())) * std::cos(6.283185307179586 * uniform());
      return std::max(0.0, std::round(mean + std::sqrt(mean) * normal));
    }
    double count = 0;
    for (double u = uniform(), term = std::exp(-mean); u > term && term > 0; term *= mean / count) {
      u -= term;
      count += 1;
    }
    return count;
  }

 private:
  static std::uint64_t rotated(std::uint64_t x, int by) { return x << by | x >> (64 - by); }
  std::uint64_t state_[4];
};

struct Map {
  int actors = 0, places = 0;
  std::vector<double> kill_rate, value, men;  ///< [actor], [place], [place][actor] on the first day
  std::vector<int> holder;                    ///< [place] on the first day; -1: nobody
  std::vector<char> hostile, friendly;        ///< [actor][actor]
  std::vector<std::vector<int>> neighbours;   ///< [place]
};

Map read_map(const std::string& folder) {
  Map map;
  std::map<std::string, int> actor, place;
  std::vector<double> at_the_front;
  std::vector<std::string> command;
  for (Row& row : read(folder + "/actors.csv")) {
    if (row["kind"] == "ground") {
      actor.emplace(row["id"], map.actors++);
      map.kill_rate.push_back(middle(row["kill_rate"], 0.001));
      at_the_front.push_back(middle(row["front_line_fraction"], 1));
      command.push_back(row["command"]);
    }
  }
  for (Row& row : read(folder + "/places.csv")) {
    place.emplace(row["place_id"], map.places++);
    map.value.push_back(middle(row["value"], 1));
  }
  map.neighbours.resize(static_cast<std::size_t>(map.places));
  for (Row& row : read(folder + "/links.csv")) {
    const int a = place.at(row["a"]);
    const int b = place.at(row["b"]);
    map.neighbours[static_cast<std::size_t>(a)].push_back(b);
    map.neighbours[static_cast<std::size_t>(b)].push_back(a);
  }
  map.holder.assign(static_cast<std::size_t>(map.places), -1);
  for (Row& row : read(folder + "/control.csv")) {
    if (row["from_date"] <= kFirstDay && kFirstDay <= row["to_date"] && actor.contains(row["controller"])) {
      map.holder[static_cast<std::size_t>(place.at(row["place_id"]))] = actor.at(row["controller"]);
    }
  }
  const auto n = static_cast<std::size_t>(map.actors);
  map.hostile.assign(n * n, 0);
  map.friendly.assign(n * n, 0);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = 0; b < n; ++b) {
      map.friendly[a * n + b] = command[a] == command[b];
    }
  }
  for (Row& row : read(folder + "/ties.csv")) {
    if (!row["alignment"].empty() && actor.contains(row["a"]) && actor.contains(row["b"])) {
      const auto a = static_cast<std::size_t>(actor.at(row["a"]));
      const auto b = static_cast<std::size_t>(actor.at(row["b"]));
      const double alignment = middle(row["alignment"], 0);
      map.hostile[a * n + b] = map.hostile[b * n + a] = alignment <= -0.5;
      map.friendly[a * n + b] = map.friendly[b * n + a] = map.friendly[a * n + b] != 0 || alignment >= 0.5;
    }
  }
  // The latest numbers before the war; those of no place are divided among the places that the actor holds.
  std::map<std::pair<int, std::string>, std::pair<std::string, double>> latest;
  for (Row& row : read(folder + "/forces.csv")) {
    if (row["date"] <= kFirstDay && actor.contains(row["actor"])) {
      auto& [date, fighters] = latest[{actor.at(row["actor"]), row["place_id"]}];
      if (row["date"] >= date) {
        date = row["date"];
        fighters = middle(row["fighters"], 0);
      }
    }
  }
  map.men.assign(static_cast<std::size_t>(map.places) * n, 0);
  for (const auto& [where, what] : latest) {
    const auto& [a, id] = where;
    const double men = std::round(what.second * at_the_front[static_cast<std::size_t>(a)]);
    const auto held = static_cast<double>(std::count(map.holder.begin(), map.holder.end(), a));
    for (std::size_t p = 0; p < map.holder.size(); ++p) {
      if (id == "*" ? map.holder[p] == a : static_cast<int>(p) == place.at(id)) {
        map.men[p * n + static_cast<std::size_t>(a)] += id == "*" ? std::round(men / held) : men;
      }
    }
  }
  return map;
}

struct Sums {
  double killed = 0, taken = 0;
};

void write_end(std::ofstream& table, const Sums& sums, const Map& map, const std::vector<double>& men,
               const std::vector<int>& holder) {
  table << sums.killed << ',' << sums.taken;
  for (int a = 0; a < map.actors; ++a) {
    double left = 0;
    for (auto k = static_cast<std::size_t>(a); k < men.size(); k += static_cast<std::size_t>(map.actors)) {
      left += men[k];
    }
    table << ',' << left;
  }
  for (int a = 0; a < map.actors; ++a) {
    table << ',' << std::count(holder.begin(), holder.end(), a);
  }
  table << '\n';
}

class War {
 public:
  War(const Map& map, std::uint64_t seed)
      : map_(map),
        n_(static_cast<std::size_t>(map.actors)),
        random_(seed),
        men_(map.men),
        holder_(map.holder),
        dead_(n_) {}

  Sums fight() {
    for (int day = 0; day < kDays; ++day) {
      if (day % kWeek == 0) {
        give_orders();
      }
      for (std::size_t p = 0; p < holder_.size(); ++p) {
        fire(p);
        settle(p);
      }
    }
    return sums_;
  }

  const std::vector<double>& men() const { return men_; }
  const std::vector<int>& holder() const { return holder_; }

 private:
  bool is_hostile(std::size_t a, std::size_t b) const { return map_.hostile[a * n_ + b] != 0; }

  void fire(std::size_t p) {
    double* men = &men_[p * n_];
    here_.clear();
    for (std::size_t a = 0; a < n_; ++a) {
      if (men[a] > 0) {
        here_.push_back(a);
        dead_[a] = 0;
      }
    }
    for (const std::size_t a : here_) {
      const auto enemies = std::count_if(here_.begin(), here_.end(), [&](std::size_t b) { return is_hostile(a, b); });
      for (const std::size_t b : here_) {
        if (is_hostile(a, b)) {
          dead_[b] += random_.poisson(map_.kill_rate[a] * men[a] / static_cast<double>(enemies));
        }
      }
    }
    for (const std::size_t b : here_) {
      const double fallen = std::min(men[b], dead_[b]);
      men[b] -= fallen;
      sums_.killed += fallen;
    }
  }

  /// A place without defenders passes to the strongest enemy there.
  void settle(std::size_t p) {
    const double* men = &men_[p * n_];
    int strongest = -1;
    for (const std::size_t a : here_) {
      if (men[a] <= 0) {
        continue;
      }
      if (holder_[p] >= 0 && map_.friendly[static_cast<std::size_t>(holder_[p]) * n_ + a] != 0) {
        return;
      }
      const bool is_claimant = holder_[p] < 0 || is_hostile(static_cast<std::size_t>(holder_[p]), a);
      if (is_claimant && (strongest < 0 || men[a] > men[strongest])) {
        strongest = static_cast<int>(a);
      }
    }
    if (strongest >= 0) {
      holder_[p] = strongest;
      sums_.taken += 1;
    }
  }

  /// Half of the men at each place go to the neighbouring place of an enemy that is worth most against the odds, if
  /// they are stronger than those there; where no enemy is near, to the neighbour with most enemies around it.
  void give_orders() {
    next_ = men_;
    for (std::size_t p = 0; p < holder_.size(); ++p) {
      for (std::size_t a = 0; a < n_; ++a) {
        const double sent = std::floor(men_[p * n_ + a] / 2);
        if (sent <= 0) {
          continue;
        }
        const int to = best_target(p, a, sent);
        if (to >= 0) {
          next_[p * n_ + a] -= sent;
          next_[static_cast<std::size_t>(to) * n_ + a] += sent;
        }
      }
    }
    men_.swap(next_);
  }

  int best_target(std::size_t p, std::size_t a, double sent) const {
    int best = -1;
    double most = 0;
    for (const int q : map_.neighbours[p]) {
      const auto to = static_cast<std::size_t>(q);
      if (holder_[to] < 0) {
        continue;
      }
      const auto holder = static_cast<std::size_t>(holder_[to]);
      double worth = 0;
      if (is_hostile(a, holder)) {
        const double enemies = enemies_at(to, a);
        worth = sent > enemies ? 1000 * map_.value[to] * sent / (sent + enemies) : 0;
      } else if (map_.friendly[a * n_ + holder] != 0 && !has_enemy_near(p, a)) {
        for (const int beyond : map_.neighbours[to]) {
          worth += enemies_at(static_cast<std::size_t>(beyond), a) > 0 ? 1 : 0;
        }
      }
      if (worth > most) {
        most = worth;
        best = q;
      }
    }
    return best;
  }

  double enemies_at(std::size_t p, std::size_t a) const {
    double enemies = 0;
    for (std::size_t b = 0; b < n_; ++b) {
      enemies += is_hostile(a, b) ? men_[p * n_ + b] : 0;
    }
    return enemies;
  }

  bool has_enemy_near(std::size_t p, std::size_t a) const {
    return std::any_of(map_.neighbours[p].begin(), map_.neighbours[p].end(), [&](int q) {
      const int holder = holder_[static_cast<std::size_t>(q)];
      return holder >= 0 && is_hostile(a, static_cast<std::size_t>(holder));
    });
  }

  const Map& map_;
  std::size_t n_;
  Random random_;
  std::vector<double> men_, next_;  ///< [place][actor]
  std::vector<int> holder_;         ///< [place]
  std::vector<std::size_t> here_;   ///< who was at a place in the morning
  std::vector<double> dead_;        ///< [actor] of one place and day
  Sums sums_;
};

}  // namespace

int main(int argc, char** argv) {
  const int runs = argc == 3 || argc == 4 ? std::atoi(argv[2]) : 0;
  if (runs <= 0) {
    std::fprintf(stderr, "usage: sketch PACKAGE RUNS [ENDS]\n");
    return 2;
  }
  try {
    const Map map = read_map(argv[1]);
    std::ofstream ends;
    if (argc == 4) {
      ends.open(argv[3]);
      ends.precision(17);
    }
    Sums all;
    for (int run = 0; run < runs; ++run) {
      War war(map, static_cast<std::uint64_t>(run) + 1);
      const Sums sums = war.fight();
      if (ends.is_open()) {
        write_end(ends, sums, map, war.men(), war.holder());
      }
      all.killed += sums.killed;
      all.taken += sums.taken;
    }
    std::printf("%d actors, %d places, %d days: %.0f fighters killed, %.1f places taken\n", map.actors, map.places,
                kDays, all.killed / runs, all.taken / runs);
    return all.killed > 0 && all.taken > 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
