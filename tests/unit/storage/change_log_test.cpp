// Changes and old versions: what no port reads yet is kept as it should be.
#include "core/storage/connection.hpp"
#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class ChangeLogTest : public StoreSuite {
 protected:
  // The rows of a statement that selects one text.
  std::string rows(const std::string& sql) {
    auto connection = Connection::open(*parse_target(options().url), Access::read);
    EXPECT_TRUE(connection);
    std::string all;
    EXPECT_TRUE((*connection)->begin(Access::read));
    EXPECT_TRUE((*connection)->select(sql, {}, {Kind::text}, [&](Row& row) {
      std::string text;
      row.read(text);
      all += (all.empty() ? "" : " ") + text;
    }));
    (*connection)->rollback();
    return all;
  }
  Result<ports::ChangeCounts> replace(const LinkId& link, const std::vector<ports::RecordVersion>& records,
                                      int second) {
    return write([&](auto& t) { return t.snapshots().replace(link, "C1", "payments", records, at(second)); });
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(ChangeLogTest);

constexpr const char* changes =
    "SELECT CAST(seq AS TEXT) || ':' || kind FROM change ORDER BY account_id, seq";

TEST_P(ChangeLogTest, NumbersChangesWithoutGapsOverAllLinksOfAnAccount) {
  const auto account = new_account("ana");
  const auto first = new_link(account.id, "one");
  const auto second = new_link(account.id, "two");
  ASSERT_TRUE(replace(first.id, {sample_record("A", "a")}, 1));
  ASSERT_TRUE(replace(second.id, {sample_record("B", "b")}, 2));
  ASSERT_TRUE(replace(first.id, {sample_record("A", "a")}, 3));
  ASSERT_TRUE(replace(first.id, {sample_record("A", "A")}, 4));
  ASSERT_TRUE(replace(second.id, {}, 5));
  EXPECT_EQ(rows(changes), "1:added 2:added 3:changed 4:removed");
}

TEST_P(ChangeLogTest, AnErasedLinkLeavesOneChangeAndItsNumbersAreNotGivenAgain) {
  const auto account = new_account("ana");
  const auto link = new_link(account.id, "one");
  ASSERT_TRUE(replace(link.id, {sample_record("A", "a"), sample_record("B", "b")}, 1));
  ASSERT_TRUE(write([&](auto& t) { return t.snapshots().erase(link.id); }));
  ASSERT_TRUE(replace(link.id, {sample_record("C", "c")}, 2));
  EXPECT_EQ(rows(changes), "3:erased 4:added");
  EXPECT_EQ(rows("SELECT body FROM record_version"), "c");
}

TEST_P(ChangeLogTest, ARemovedLinkTakesItsRecordsWithIt) {
  const auto account = new_account("ana");
  const auto link = new_link(account.id, "one");
  ASSERT_TRUE(replace(link.id, {sample_record("A", "a")}, 1));
  ASSERT_TRUE(write([&](auto& t) { return t.links().remove(account.id, link.id); }));
  EXPECT_EQ(rows("SELECT body FROM record_version"), "");
}

TEST_P(ChangeLogTest, OldVersionsStayWithTheTimeInWhichTheyHeld) {
  const auto account = new_account("ana");
  const auto link = new_link(account.id, "one");
  ASSERT_TRUE(replace(link.id, {sample_record("A", "a")}, 1));
  ASSERT_TRUE(replace(link.id, {sample_record("A", "b")}, 2));
  ASSERT_TRUE(replace(link.id, {}, 3));
  const std::string start = std::to_string(at(0).time_since_epoch().count());
  EXPECT_EQ(rows("SELECT body || '@' || CAST(known_from - " + start +
                 " AS TEXT) || '-' ||"
                 " COALESCE(CAST(known_to - " +
                 start + " AS TEXT), '') FROM record_version ORDER BY version"),
            "a@1-2 b@2-3 @3-");
}

}  // namespace
}  // namespace casebridge::storage
