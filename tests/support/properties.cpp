// The random wars of the properties are the same on every machine and in every run; RC_PARAMS, if the user sets it,
// says otherwise.
#include <cstdlib>

namespace {

[[maybe_unused]] const int kIsSet = setenv("RC_PARAMS", "seed=2016 max_success=200", 0);

}  // namespace
