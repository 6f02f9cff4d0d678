// Single tasks of truel as plain programs, each written for that task alone: what it costs when nothing is general.
// bench/peers/run.py holds their answers against truel's and measures both in turn.
//
//   by_hand direct PLACES KILL_RATE PEOPLE DAYS RUNS SEED STRENGTH...   a war without moves, event by event; prints the
//                                                                       survivors of each side, a line a run
//   by_hand truel RUNS SEED RATE RATE RATE                              three fighters, each firing at the best other
//                                                                       shot; prints how often each is the last
//   by_hand map DIVISIONS TOTAL KILL_RATE DAYS TOLERANCE                who wins from each division of a force among
//                                                                       three sides, by CVODE called directly; prints
//                                                                       from how many each is left alone
#include <cvode/cvode.h>
#include <nvector/nvector_serial.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <vector>

namespace {

using Random = std::mt19937_64;

double uniform(Random& random) {
  return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

// The direct method (Gillespie 1977): the time to the next event, then which it is.

struct War {
  int places;
  double kill_rate;
  double people;  ///< among whom area fire falls; 0: aimed fire
  double days;
  std::vector<int> strength;  ///< [side] at each place
};

/// Rates at one place: [side][side] `rate`, and their sum.
double rates_of(const War& war, const int* men, double* rate) {
  const int sides = static_cast<int>(war.strength.size());
  double sum = 0;
  for (int a = 0; a < sides; ++a) {
    int enemies = 0;
    for (int b = 0; b < sides; ++b) {
      enemies += b != a && men[b] > 0;
    }
    for (int b = 0; b < sides; ++b) {
      double& r = rate[a * sides + b];
      r = a == b || men[b] == 0 ? 0
          : war.people > 0      ? war.kill_rate / (sides - 1) / war.people * men[a] * men[b]
                                : war.kill_rate / enemies * men[a];
      sum += r;
    }
  }
  return sum;
}

void direct(const War& war, int runs, Random& random) {
  const std::size_t sides = war.strength.size();
  const std::size_t places = static_cast<std::size_t>(war.places);
  std::vector<int> men(places * sides);
  std::vector<double> rate(places * sides * sides);
  std::vector<double> sum(places);
  for (int run = 0; run < runs; ++run) {
    double total = 0;
    for (std::size_t p = 0; p < places; ++p) {
      std::copy(war.strength.begin(), war.strength.end(), &men[p * sides]);
      sum[p] = rates_of(war, &men[p * sides], &rate[p * sides * sides]);
      total += sum[p];
    }
    for (double time = 0; total > 0;) {
      time -= std::log(uniform(random)) / total;
      if (time > war.days) {
        break;
      }
      double mark = uniform(random) * total;
      std::size_t p = 0;
      while (p + 1 < places && mark >= sum[p]) {
        mark -= sum[p++];
      }
      const double* here = &rate[p * sides * sides];
      std::size_t k = 0;
      std::size_t hit = 0;  // the last event that can happen, should rounding leave the mark beyond all
      for (; k < sides * sides; ++k) {
        hit = here[k] > 0 ? k : hit;
        if (mark < here[k]) {
          break;
        }
        mark -= here[k];
      }
      --men[p * sides + hit % sides];
      sum[p] = rates_of(war, &men[p * sides], &rate[p * sides * sides]);
      total = 0;
      for (const double at_place : sum) {
        total += at_place;
      }
    }
    for (std::size_t side = 0; side < sides; ++side) {
      int left = 0;
      for (std::size_t p = 0; p < places; ++p) {
        left += men[p * sides + side];
      }
      std::printf("%d%c", left, side + 1 < sides ? ' ' : '\n');
    }
  }
}

/// Rates fall from the first fighter to the last: the first fires at the second, the others at the first.
void truel(const std::array<double, 3>& rate, int runs, Random& random) {
  std::array<int, 3> last{};
  double days = 0;
  for (int run = 0; run < runs; ++run) {
    const double all = rate[0] + rate[1] + rate[2];
    days -= std::log(uniform(random)) / all;
    const int fallen = uniform(random) * all < rate[0] ? 1 : 0;
    const int other = 1 - fallen;
    const double both = rate[static_cast<std::size_t>(other)] + rate[2];
    days -= std::log(uniform(random)) / both;
    ++last[static_cast<std::size_t>(uniform(random) * both < rate[2] ? 2 : other)];
  }
  std::printf("%d %d %d %g\n", last[0], last[1], last[2], days / runs);
}

// Three sides that divide their aimed fire evenly between the enemies who are left.

struct Melee {
  double kill_rate;
  std::array<bool, 3> is_left;
};

int slope(realtype, N_Vector y, N_Vector dy, void* data) {
  const Melee& melee = *static_cast<const Melee*>(data);
  const double* x = N_VGetArrayPointer(y);
  double* out = N_VGetArrayPointer(dy);
  const int left = melee.is_left[0] + melee.is_left[1] + melee.is_left[2];
  for (std::size_t j = 0; j < 3; ++j) {
    double fire = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      fire += i != j && melee.is_left[i] ? x[i] : 0;
    }
    out[j] = melee.is_left[j] ? -melee.kill_rate * fire / (left - 1) : 0;
  }
  return 0;
}

int strengths(realtype, N_Vector y, realtype* out, void*) {
  std::copy_n(N_VGetArrayPointer(y), 3, out);
  return 0;
}

void map(int divisions, double total, double kill_rate, double days, double tolerance) {
  SUNContext context = nullptr;
  SUNContext_Create(nullptr, &context);
  N_Vector y = N_VNew_Serial(3, context);
  double* x = N_VGetArrayPointer(y);
  void* cvode = CVodeCreate(CV_ADAMS, context);
  SUNNonlinearSolver solver = SUNNonlinSol_FixedPoint(y, 0, context);
  Melee melee{kill_rate, {true, true, true}};
  std::fill_n(x, 3, 1.0);
  CVodeInit(cvode, slope, 0, y);
  CVodeSStolerances(cvode, tolerance, tolerance);
  CVodeSetUserData(cvode, &melee);
  CVodeSetNonlinearSolver(cvode, solver);
  CVodeRootInit(cvode, 3, strengths);
  std::array<int, 3> falling{-1, -1, -1};
  CVodeSetRootDirection(cvode, falling.data());
  CVodeSetNoInactiveRootWarn(cvode);
  CVodeSetMaxNumSteps(cvode, 1'000'000);
  std::array<int, 3> wins{};
  int undecided = 0;
  for (int i = 0; i <= divisions; ++i) {
    for (int j = 0; i + j <= divisions; ++j) {
      const std::array<int, 3> parts{i, j, divisions - i - j};
      for (std::size_t k = 0; k < 3; ++k) {
        x[k] = total * parts[k] / divisions;
        melee.is_left[k] = parts[k] > 0;
      }
      realtype time = 0;
      while (time < days && melee.is_left[0] + melee.is_left[1] + melee.is_left[2] > 1) {
        CVodeReInit(cvode, time, y);
        CVodeSetStopTime(cvode, days);
        const int flag = CVode(cvode, days, y, &time, CV_NORMAL);
        if (flag != CV_ROOT_RETURN) {
          break;
        }
        std::array<int, 3> gone{};
        CVodeGetRootInfo(cvode, gone.data());
        for (std::size_t k = 0; k < 3; ++k) {
          if (gone[k] != 0) {
            melee.is_left[k] = false;
            x[k] = 0;
          }
        }
      }
      const int left = melee.is_left[0] + melee.is_left[1] + melee.is_left[2];
      if (left == 1) {
        ++wins[melee.is_left[0] ? 0 : melee.is_left[1] ? 1 : 2];
      } else {
        ++undecided;
      }
    }
  }
  std::printf("%d %d %d %d\n", wins[0], wins[1], wins[2], undecided);
  SUNNonlinSolFree(solver);
  CVodeFree(&cvode);
  N_VDestroy(y);
  SUNContext_Free(&context);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view task = argc > 1 ? argv[1] : "";
  const auto number = [&](int k) { return std::atof(argv[k]); };
  if (task == "direct" && argc > 8) {
    War war{std::atoi(argv[2]), number(3), number(4), number(5), {}};
    for (int k = 8; k < argc; ++k) {
      war.strength.push_back(std::atoi(argv[k]));
    }
    Random random(std::strtoull(argv[7], nullptr, 10));
    direct(war, std::atoi(argv[6]), random);
  } else if (task == "truel" && argc == 7) {
    Random random(std::strtoull(argv[3], nullptr, 10));
    truel({number(4), number(5), number(6)}, std::atoi(argv[2]), random);
  } else if (task == "map" && argc == 7) {
    map(std::atoi(argv[2]), number(3), number(4), number(5), number(6));
  } else {
    std::fputs("usage: by_hand direct|truel|map ... as the head of bench/by_hand.cpp says\n", stderr);
    return 2;
  }
}
