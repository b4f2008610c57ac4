// Twenty thousand bent messages for each reader: what cannot be read is refused, what can is a payload.
#include <gtest/gtest.h>

#include "tests/formats/bending.hpp"

namespace casebridge::formats {
namespace {

constexpr int inputs = 20'000;
constexpr std::uint32_t seed = 16032026;

class BentMessages : public ::testing::TestWithParam<Format> {};

// A reader that reads beyond its input, or tells what the gateway could not take, ends the process.
TEST_P(BentMessages, AreRefusedOrReadAndHarmNobody) {
  Bender bender(GetParam(), seed);
  int read = 0;
  for (int input = 0; input < inputs; ++input)
    if (GetParam().try_everything(bender.next())) ++read;
  EXPECT_GT(read, inputs / 1000) << "nothing gets past the first check";
  EXPECT_LT(read, inputs) << "nothing is bent";
  RecordProperty("read", read);
}

INSTANTIATE_TEST_SUITE_P(OfEachFormat, BentMessages, ::testing::ValuesIn(all_formats()),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace casebridge::formats
