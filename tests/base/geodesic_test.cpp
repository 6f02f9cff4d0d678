// Lengths of geodesics against published ones.
#include "truel/base/geodesic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace truel {
namespace {

constexpr double kMillimetre = 1e-6;

TEST(Geodesic, has_its_published_lengths) {
  // A quarter of a meridian, and a degree of the equator of WGS 84.
  EXPECT_NEAR(geodesic_km(0, 20, 90, 20), 10001.965729, kMillimetre);
  EXPECT_NEAR(geodesic_km(0, 20, 0, 21), 111.319491, kMillimetre);
  // From New York to London: the example of GeodSolve's manual (Karney 2013), in metres 5551759.400.
  EXPECT_NEAR(geodesic_km(40.6, -73.8, 51.6, -0.5), 5551.759400, kMillimetre);
}

TEST(Geodesic, is_the_same_both_ways_and_across_the_date_line) {
  EXPECT_NEAR(geodesic_km(36.2, 37.2, 35.3, 40.1), geodesic_km(35.3, 40.1, 36.2, 37.2), kMillimetre);
  EXPECT_NEAR(geodesic_km(10, 179, 12, -179), geodesic_km(10, -1, 12, 1), kMillimetre);
  EXPECT_EQ(geodesic_km(36.2, 37.2, 36.2, 37.2), 0);
  EXPECT_EQ(geodesic_km(36.2, 180, 36.2, -180), 0);
}

TEST(Geodesic, has_an_answer_for_points_opposite_to_each_other) {
  EXPECT_NEAR(geodesic_km(0, 0, 0.5, 179.7), 19936.3,
              0.005 * 19936.3);  // Karney 2013, of the example of Vincenty's failure
  EXPECT_NEAR(geodesic_km(0, 0, 0, 180), 20003.9, 0.005 * 20003.9);
  EXPECT_NEAR(geodesic_km(90, 0, -90, 0), 20003.931, 0.005 * 20003.9);
}

TEST(GreatCircleBox, has_all_that_is_near_and_little_else) {
  int in_box = 0;
  int near = 0;
  for (const double latitude : {-89.9, -60.0, 0.0, 36.2, 89.0}) {
    for (const double longitude : {-180.0, -179.9, 0.0, 37.2, 180.0}) {
      const GreatCircleBox box(latitude, longitude, 25);
      for (double up = -0.5; up <= 0.5; up += 0.01) {
        for (double across = -180; across <= 180; across += across > -1 && across < 1 ? 0.01 : 0.7) {
          const double there = std::remainder(longitude + across, 360);
          const double latitude_there = std::clamp(latitude + up, -90.0, 90.0);
          const bool is_near = great_circle_km(latitude, longitude, latitude_there, there) <= 25;
          const bool is_in = box.has(latitude_there, there);
          EXPECT_TRUE(is_in || !is_near) << latitude << ' ' << longitude << ' ' << up << ' ' << across;
          in_box += latitude > 0 && latitude < 80 && is_in ? 1 : 0;
          near += latitude > 0 && latitude < 80 && is_near ? 1 : 0;
        }
      }
    }
  }
  EXPECT_LT(in_box, 1.5 * near);
}

}  // namespace
}  // namespace truel
