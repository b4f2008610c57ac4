// Limits that depend on each other fit together.
#include "core/base/limits.hpp"

#include <gtest/gtest.h>

namespace casebridge::limits {
namespace {

TEST(Limits, ATargetFitsIntoAHead) { EXPECT_LT(request_target_bytes_max, request_head_bytes_max); }

TEST(Limits, WhatAnAdapterReadFitsIntoWhatItSays) {
  EXPECT_LE(state_answer_bytes_max, adapter_output_bytes_max);
}

TEST(Limits, ThePasswordRangeHoldsPassphrases) {
  // NIST SP 800-63B-4 §3.1.1.2: at least 8, and 64 or more must be accepted.
  EXPECT_GE(password_code_points_min, 8U);
  EXPECT_GE(password_code_points_max, 64U);
  EXPECT_LT(password_code_points_max * 4, request_body_bytes_max);
}

TEST(Limits, ThePageSizeAskedForByNobodyIsAllowed) { EXPECT_LE(page_size_default, page_size_max); }

}  // namespace
}  // namespace casebridge::limits
