// The random wars of the properties are the same on every machine and in every run; RC_PARAMS, if the user sets it,
// says otherwise. TRUEL_RANDOM_WARS: how many a program takes that needs fewer than those in which every law acts.
#include <cstdlib>

#ifndef TRUEL_RANDOM_WARS
#define TRUEL_RANDOM_WARS "200"
#endif

namespace {

[[maybe_unused]] const int kIsSet = setenv("RC_PARAMS", "seed=2016 max_success=" TRUEL_RANDOM_WARS, 0);

}  // namespace
