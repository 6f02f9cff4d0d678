// Lengths of geodesics against published ones.
#include "truel/base/geodesic.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace truel
