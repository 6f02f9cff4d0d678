#include "truel/solver/steppers/vector_operations.hpp"

#include <nvector/nvector_serial.h>

#include <cmath>

namespace truel::solver {
namespace {

// No sum is taken in another order, and no product is rounded elsewhere, than in nvector_serial.c: a (x + y) is not
// a x + a y. A factor of 1 or -1 changes no bit.

void add(sunrealtype a, N_Vector x_, sunrealtype b, N_Vector y_, N_Vector z_) {
  const sunindextype n = NV_LENGTH_S(x_);
  const sunrealtype* x = NV_DATA_S(x_);
  const sunrealtype* y = NV_DATA_S(y_);
  sunrealtype* z = NV_DATA_S(z_);
  if (a == 1 && b == 1) {
    for (sunindextype i = 0; i < n; ++i) {
      z[i] = x[i] + y[i];
    }
  } else if (a == -b) {
    const bool is_reversed = a == -1;
    for (sunindextype i = 0; i < n; ++i) {
      z[i] = is_reversed ? y[i] - x[i] : a * (x[i] - y[i]);
    }
  } else if (a == b) {
    for (sunindextype i = 0; i < n; ++i) {
      z[i] = a * (x[i] + y[i]);
    }
  } else {
    for (sunindextype i = 0; i < n; ++i) {
      z[i] = a * x[i] + b * y[i];
    }
  }
}

int add_to_each(int n_vectors, sunrealtype* a, N_Vector x, N_Vector* y, N_Vector* z) {
  for (int k = 0; k < n_vectors; ++k) {
    add(a[k], x, 1, y[k], z[k]);
  }
  return 0;
}

void scale(sunrealtype c, N_Vector x_, N_Vector z_) {
  const sunindextype n = NV_LENGTH_S(x_);
  const sunrealtype* x = NV_DATA_S(x_);
  sunrealtype* z = NV_DATA_S(z_);
  for (sunindextype i = 0; i < n; ++i) {
    z[i] = c * x[i];
  }
}

sunrealtype weighted_norm(N_Vector x_, N_Vector weight_) {
  const sunindextype n = NV_LENGTH_S(x_);
  const sunrealtype* x = NV_DATA_S(x_);
  const sunrealtype* weight = NV_DATA_S(weight_);
  sunrealtype sum = 0;
  for (sunindextype i = 0; i < n; ++i) {
    const sunrealtype product = x[i] * weight[i];
    sum += product * product;
  }
  return std::sqrt(sum / static_cast<sunrealtype>(n));
}

}  // namespace

void use_plain_loops(N_Vector vector) {
  vector->ops->nvlinearsum = add;
  vector->ops->nvscaleaddmulti = add_to_each;
  vector->ops->nvscale = scale;
  vector->ops->nvwrmsnorm = weighted_norm;
}

}  // namespace truel::solver
