// Second factors: a step and a recovery code are each taken once, whoever asks, and in every gateway.
#include <atomic>
#include <thread>
#include <vector>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class FactorStoreTest : public StoreSuite {
 protected:
  ports::TotpApp new_app(const AccountId& account, std::int64_t last_step = 100) {
    ports::TotpApp app{account, "sealed", last_step, at(0)};
    EXPECT_TRUE(write([&](auto& t) { return t.factors().set_totp(app); }));
    return app;
  }
  // How many of eight threads, on two stores, were told true.
  template <class Call>
  int winners(Call call) {
    const auto other = open();
    std::atomic<int> won{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&, i] {
        const auto taken = write_with(i % 2 == 0 ? store() : *other, call);
        EXPECT_TRUE(taken);
        if (taken && *taken) ++won;
      });
    for (std::thread& thread : threads) thread.join();
    return won;
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(FactorStoreTest);

TEST_P(FactorStoreTest, GivesBackTheAppThatWasSetLast) {
  const auto account = new_account("ana");
  EXPECT_FALSE(*read([&](auto& t) { return t.factors().find_totp(account.id); }));
  new_app(account.id);
  ports::TotpApp later{account.id, "sealed again", 59'000'000, at(9)};
  ASSERT_TRUE(write([&](auto& t) { return t.factors().set_totp(later); }));
  const auto found = read([&](auto& t) { return t.factors().find_totp(account.id); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->account, account.id);
  EXPECT_EQ((*found)->sealed_secret, "sealed again");
  EXPECT_EQ((*found)->last_step, 59'000'000);
  EXPECT_EQ((*found)->added_at, at(9));
}

TEST_P(FactorStoreTest, TakesAStepOnceAndNoOlderOne) {
  const auto account = new_account("ana");
  new_app(account.id, 100);
  const auto take = [&](std::int64_t step) {
    return *write([&](auto& t) { return t.factors().take_totp_step(account.id, step); });
  };
  EXPECT_FALSE(take(100));
  EXPECT_TRUE(take(102));
  EXPECT_FALSE(take(102));
  EXPECT_FALSE(take(101));
  EXPECT_TRUE(take(103));
}

TEST_P(FactorStoreTest, OfManyWhoTakeOneStepOneWins) {
  const auto account = new_account("ana");
  new_app(account.id, 100);
  EXPECT_EQ(winners([&](auto& t) { return t.factors().take_totp_step(account.id, 101); }), 1);
}

TEST_P(FactorStoreTest, AnAppIsOfItsAccountAlone) {
  const auto ana = new_account("ana");
  const auto ben = new_account("ben");
  new_app(ana.id);
  EXPECT_FALSE(*write([&](auto& t) { return t.factors().take_totp_step(ben.id, 200); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.factors().remove_totp(ben.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.factors().remove_totp(ana.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.factors().find_totp(ana.id); }));
}

TEST_P(FactorStoreTest, ARecoveryCodeIsUsedOnce) {
  const auto account = new_account("ana");
  ASSERT_TRUE(write([&](auto& t) {
    return t.factors().replace_recovery_codes(account.id, {"a", "b", "c"});
  }));
  const auto codes = read([&](auto& t) { return t.factors().unused_recovery_codes(account.id); });
  ASSERT_EQ(codes->size(), 3U);
  EXPECT_EQ((*codes)[1].hash, "b");
  EXPECT_EQ(winners([&](auto& t) { return t.factors().use_recovery_code((*codes)[1], at(5)); }), 1);
  const auto left = read([&](auto& t) { return t.factors().unused_recovery_codes(account.id); });
  ASSERT_EQ(left->size(), 2U);
  EXPECT_EQ((*left)[0].hash, "a");
  EXPECT_EQ((*left)[1].hash, "c");
}

TEST_P(FactorStoreTest, ANewSetOfRecoveryCodesVoidsTheOlderOne) {
  const auto account = new_account("ana");
  ASSERT_TRUE(write([&](auto& t) { return t.factors().replace_recovery_codes(account.id, {"a", "b"}); }));
  const auto old = read([&](auto& t) { return t.factors().unused_recovery_codes(account.id); });
  ASSERT_TRUE(write([&](auto& t) { return t.factors().replace_recovery_codes(account.id, {"c"}); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.factors().use_recovery_code((*old)[0], at(5)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.factors().replace_recovery_codes(account.id, {}); }));
  EXPECT_TRUE(read([&](auto& t) { return t.factors().unused_recovery_codes(account.id); })->empty());
}

TEST_P(FactorStoreTest, FactorsGoWithTheirAccount) {
  const auto account = new_account("stale");
  new_app(account.id);
  ASSERT_TRUE(write([&](auto& t) { return t.factors().replace_recovery_codes(account.id, {"a"}); }));
  ASSERT_EQ(*write([&](auto& t) { return t.accounts().purge_unverified(at(100)); }), 1);
  EXPECT_FALSE(*read([&](auto& t) { return t.factors().find_totp(account.id); }));
  EXPECT_TRUE(read([&](auto& t) { return t.factors().unused_recovery_codes(account.id); })->empty());
}

}  // namespace
}  // namespace casebridge::storage
