// The trouble table: complete, unique, and sensible as HTTP.
#include "core/base/trouble.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/base/text.hpp"

namespace casebridge {
namespace {

TEST(TroubleTable, HasOneRowPerCodeInOrder) {
  const auto& table = trouble_table();
  ASSERT_EQ(table.size(), static_cast<std::size_t>(TroubleCode::adapter_fault) + 1);
  for (std::size_t i = 0; i < table.size(); ++i) EXPECT_EQ(static_cast<std::size_t>(table[i].code), i);
}

TEST(TroubleTable, NamesAreUniqueSnakeCaseAndFindTheirCode) {
  std::set<std::string_view> seen;
  for (const TroubleRow& row : trouble_table()) {
    EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos) << row.name;
    EXPECT_EQ(trouble_code_of(row.name), row.code);
    EXPECT_EQ(row.message_id, "problem." + std::string(row.name));
  }
  EXPECT_EQ(trouble_code_of("no_such_trouble"), std::nullopt);
  EXPECT_EQ(trouble_code_of(""), std::nullopt);
}

TEST(TroubleTable, CategoriesAreTheClosedList) {
  const std::set<std::string_view> categories{"request", "auth", "link",     "challenge",
                                              "source",  "data", "capacity", "platform"};
  for (const TroubleRow& row : trouble_table()) EXPECT_TRUE(categories.contains(row.category)) << row.name;
}

TEST(TroubleTable, EveryRowHasATitleWithoutAFullStop) {
  for (const TroubleRow& row : trouble_table()) {
    EXPECT_GE(row.title.size(), 10U) << row.name;
    EXPECT_NE(row.title.back(), '.') << row.name;
    EXPECT_FALSE(text::has_control(row.title)) << row.name;
  }
}

TEST(TroubleTable, WhatTheCallerMustChangeIsNotAServerError) {
  for (const TroubleRow& row : trouble_table()) {
    if (row.actor != Actor::user && row.actor != Actor::app) continue;
    const bool about_http = row.http_status == 501 || row.http_status == 505;
    EXPECT_TRUE(row.http_status < 500 || about_http) << row.name;
  }
}

TEST(TroubleTable, BusyAndDownSayTryAgain) {
  const std::set<int> busy{408, 429, 503, 504};
  for (const TroubleRow& row : trouble_table()) {
    EXPECT_TRUE(row.retryable || !busy.contains(row.http_status)) << row.name;
  }
}

TEST(TroubleTable, OnlyTheGatewaysOwnFaultsAreLoggedAsErrors) {
  for (const TroubleRow& row : trouble_table()) {
    EXPECT_TRUE(row.level != LogLevel::error || row.actor == Actor::gateway) << row.name;
  }
}

TEST(TroubleTable, ARefusedAnswerIsNotMistakenForAMissingSession) {
  EXPECT_EQ(row_of(TroubleCode::challenge_wrong_answer).http_status, 422);
  EXPECT_EQ(row_of(TroubleCode::challenge_lockout_risk).http_status, 409);
  EXPECT_EQ(row_of(TroubleCode::rate_limited).http_status, 429);
  EXPECT_EQ(row_of(TroubleCode::sign_in_refused).http_status, 401);
}

TEST(Trouble, CarriesItsRowAndItsField) {
  const Trouble made = field_trouble("email", "is too long");
  EXPECT_EQ(made.code, TroubleCode::invalid_field);
  EXPECT_EQ(made.row().name, "invalid_field");
  EXPECT_EQ(made.field, "email");
  EXPECT_EQ(made.detail, "is too long");
  EXPECT_EQ(Trouble{}.code, TroubleCode::internal);
}

TEST(Actor, HasAName) {
  EXPECT_EQ(name_of(Actor::user), "user");
  EXPECT_EQ(name_of(Actor::app), "app");
  EXPECT_EQ(name_of(Actor::state), "state");
  EXPECT_EQ(name_of(Actor::gateway), "gateway");
  EXPECT_EQ(name_of(Actor::nobody), "nobody");
}

}  // namespace
}  // namespace casebridge
