// Cursors: only what was made here, for this account and this list, is a place.
#include "core/http/paging.hpp"

#include <gtest/gtest.h>

#include "tests/unit/http/keyed_vault.hpp"

namespace casebridge::http {
namespace {

TEST(Paging, ACursorLeadsBackToItsPlace) {
  const testing::KeyedVault vault;
  const Paging paging(vault);
  const std::string cursor = paging.cursor({"2026-03-01|x", "led_1"}, "acc_1", "ledger/");
  EXPECT_TRUE(cursor.starts_with("c1."));
  const auto place = paging.place(cursor, "acc_1", "ledger/");
  ASSERT_TRUE(place);
  EXPECT_EQ(place->sort_key, "2026-03-01|x");
  EXPECT_EQ(place->record_id, "led_1");
}

TEST(Paging, ACursorIsGoodForItsAccountAndListOnly) {
  const testing::KeyedVault vault;
  const Paging paging(vault);
  const std::string cursor = paging.cursor({"a", "b"}, "acc_1", "ledger/");
  EXPECT_EQ(paging.place(cursor, "acc_2", "ledger/").error().code, TroubleCode::cursor_invalid);
  EXPECT_EQ(paging.place(cursor, "acc_1", "ledger/cas_1").error().code, TroubleCode::cursor_invalid);
}

TEST(Paging, NothingElseIsACursor) {
  const testing::KeyedVault vault;
  const Paging paging(vault);
  std::string changed = paging.cursor({"a", "b"}, "acc_1", "l");
  changed[5] = changed[5] == 'A' ? 'B' : 'A';
  for (const std::string& cursor :
       {std::string(), std::string("c1."), std::string("c1.e30"), std::string("c1.e30."),
        std::string("c2.e30.x"), std::string(600, 'c'), changed}) {
    EXPECT_EQ(paging.place(cursor, "acc_1", "l").error().code, TroubleCode::cursor_invalid) << cursor;
  }
}

}  // namespace
}  // namespace casebridge::http
