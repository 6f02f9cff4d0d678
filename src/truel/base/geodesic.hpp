// The length of the shortest way between two points of the earth.
#pragma once

#include <algorithm>
#include <cmath>

namespace truel {

/// On the ellipsoid WGS 84, in km, from degrees (Vincenty 1975): right to a millimetre but for points nearly opposite
/// to each other on the globe, 19,900 km apart, where his iteration has no end; there as on a sphere, right to half a
/// percent.
double geodesic_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2);

/// The same on a sphere of 6371 km.
double great_circle_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2);

/// Degrees around a point beyond which nothing is within so many km of it by `great_circle_km`: asked before, it saves
/// nearly all of the sines where many points are far away.
class GreatCircleBox {
 public:
  GreatCircleBox(double latitude, double longitude, double km);

  bool has(double latitude, double longitude) const {
    const double across = std::abs(longitude - longitude_);
    return std::abs(latitude - latitude_) <= up_ && std::min(across, 360 - across) <= across_;
  }

 private:
  double latitude_, longitude_, up_, across_;
};

}  // namespace truel
