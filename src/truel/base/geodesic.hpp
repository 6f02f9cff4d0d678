// The length of the shortest way between two points of the earth.
#pragma once

namespace truel {

/// On the ellipsoid WGS 84, in km, from degrees (Vincenty 1975): right to a millimetre but for points nearly opposite
/// to each other on the globe, 19,900 km apart, where his iteration has no end; there as on a sphere, right to half a
/// percent.
double geodesic_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2);

/// The same on a sphere of 6371 km.
double great_circle_km(double latitude_1, double longitude_1, double latitude_2, double longitude_2);

}  // namespace truel
