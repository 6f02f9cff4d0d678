#include "truel/base/geodesic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "truel/base/math.hpp"

namespace truel {
namespace {

constexpr double kRadian = std::numbers::pi / 180;
constexpr double kSphereKm = 6371;
constexpr double kEquatorKm = 6378.137;
constexpr double kFlattening = 1 / 298.257223563;
constexpr double kPoleKm = kEquatorKm * (1 - kFlattening);
constexpr int kMostRounds = 100;
constexpr double kLeastTurn = 1e-13;  // less than a thousandth of a millimetre

}  // namespace

double great_circle_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2) {
  const double up = math::sin((latitude_2 - latitude_1) * kRadian / 2);
  const double across = math::sin((longitude_2 - longitude_1) * kRadian / 2);
  const double half = up * up + math::cos(latitude_1 * kRadian) * math::cos(latitude_2 * kRadian) * across * across;
  return 2 * kSphereKm * math::asin(std::min(1.0, std::sqrt(half)));
}

GreatCircleBox::GreatCircleBox(double latitude, double longitude, double km)
    : latitude_(latitude), longitude_(longitude), up_(km / kSphereKm / kRadian), across_(360) {
  constexpr double kRounding = 1 + 1e-9;
  up_ *= kRounding;
  // cos(u) cos(v) sin(across / 2)^2 <= sin(km / 2R)^2, and both cosines are at least that of the box's end next to a
  // pole.
  const double cosine = math::cos(std::min(90.0, std::abs(latitude) + up_) * kRadian);
  const double sine = math::sin(std::min(std::numbers::pi / 2, km / kSphereKm / 2));
  if (sine < cosine) {
    across_ = 2 * math::asin(sine / cosine) / kRadian * kRounding;
  }
}

double geodesic_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2) {
  // Names as in the paper: U is a reduced latitude, lambda a difference of longitudes on the auxiliary sphere, sigma
  // the angle between the points there, alpha the azimuth of the geodesic at the equator, sigma_m the angle to its
  // middle.
  const double u1 = math::atan((1 - kFlattening) * math::tan(latitude_1 * kRadian));
  const double u2 = math::atan((1 - kFlattening) * math::tan(latitude_2 * kRadian));
  const double sin_u1 = math::sin(u1);
  const double cos_u1 = math::cos(u1);
  const double sin_u2 = math::sin(u2);
  const double cos_u2 = math::cos(u2);
  const double longitude = std::remainder(longitude_2 - longitude_1, 360) * kRadian;
  double lambda = longitude;
  for (int round = 0; round < kMostRounds; ++round) {
    const double sin_lambda = math::sin(lambda);
    const double cos_lambda = math::cos(lambda);
    const double east = cos_u2 * sin_lambda;
    const double north = cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos_lambda;
    const double sin_sigma = std::sqrt(east * east + north * north);
    if (sin_sigma == 0) {
      return cos_lambda > 0 ? 0 : great_circle_km(latitude_1, longitude_1, latitude_2, longitude_2);
    }
    const double cos_sigma = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos_lambda;
    const double sigma = math::atan2(sin_sigma, cos_sigma);
    const double sin_alpha = cos_u1 * cos_u2 * sin_lambda / sin_sigma;
    const double cos2_alpha = 1 - sin_alpha * sin_alpha;
    const double cos_2sigma_m = cos2_alpha > 0 ? cos_sigma - 2 * sin_u1 * sin_u2 / cos2_alpha : 0;  // 0: on the equator
    const double bend = 2 * cos_2sigma_m * cos_2sigma_m - 1;
    const double c = kFlattening / 16 * cos2_alpha * (4 + kFlattening * (4 - 3 * cos2_alpha));
    const double next =
        longitude + (1 - c) * kFlattening * sin_alpha * (sigma + c * sin_sigma * (cos_2sigma_m + c * cos_sigma * bend));
    const bool has_settled = std::abs(next - lambda) < kLeastTurn;
    lambda = next;
    if (std::abs(lambda) > std::numbers::pi) {
      break;
    }
    if (has_settled) {
      const double square = cos2_alpha * (kEquatorKm * kEquatorKm / (kPoleKm * kPoleKm) - 1);
      const double a = 1 + square / 16384 * (4096 + square * (-768 + square * (320 - 175 * square)));
      const double b = square / 1024 * (256 + square * (-128 + square * (74 - 47 * square)));
      const double correction =
          b * sin_sigma *
          (cos_2sigma_m + b / 4 *
                              (cos_sigma * bend - b / 6 * cos_2sigma_m * (4 * sin_sigma * sin_sigma - 3) *
                                                      (4 * cos_2sigma_m * cos_2sigma_m - 3)));
      return kPoleKm * a * (sigma - correction);
    }
  }
  return great_circle_km(latitude_1, longitude_1, latitude_2, longitude_2);
}

}  // namespace truel
