// Mailed links are taken once, whoever asks; an account has one hold of a kind.
#include "core/ports/store_safety.hpp"

#include <atomic>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "tests/unit/storage/store_suite.hpp"

namespace casebridge::storage {
namespace {

class SafetyStoreTest : public StoreSuite {
 protected:
  using StoreSuite::new_link;
  void new_link(const AccountId& account, const std::string& purpose, const std::string& digest) {
    const ports::MailedLink link{purpose, digest, account, "subject", at(0), at(100)};
    EXPECT_TRUE(write([&](auto& t) { return t.safety().insert_link(link); }));
  }
  bool begin(const AccountId& account, const std::string& kind, int due) {
    const ports::Hold hold{account, kind, at(0), at(due), at(due + 50)};
    return *write([&](auto& t) { return t.safety().begin_hold(hold); });
  }
};
CASEBRIDGE_ON_BOTH_ENGINES(SafetyStoreTest);

TEST_P(SafetyStoreTest, ALinkIsGoodForItsOwnPurposeOnly) {
  const auto ana = new_account("ana");
  new_link(ana.id, "not_me", "digest");
  EXPECT_FALSE(*read([&](auto& t) { return t.safety().find_link("stop_hold", "digest"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().consume_link("stop_hold", "digest"); }));
  const auto found = read([&](auto& t) { return t.safety().find_link("not_me", "digest"); });
  ASSERT_TRUE(found && *found);
  EXPECT_EQ((*found)->account, ana.id);
  EXPECT_EQ((*found)->subject, "subject");
  EXPECT_EQ((*found)->expires_at, at(100));
}

TEST_P(SafetyStoreTest, ALinkIsTakenByOneOfManyOnTwoGateways) {
  const auto ana = new_account("ana");
  new_link(ana.id, "not_me", "digest");
  const auto other = open();
  std::atomic<int> taken{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&, i] {
      const auto won = write_with(i % 2 == 0 ? store() : *other,
                                  [](auto& t) { return t.safety().consume_link("not_me", "digest"); });
      EXPECT_TRUE(won);
      if (won && *won) ++taken;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 1);
}

TEST_P(SafetyStoreTest, LinksAreRemovedForOneAccountAndPurposeButThoseOfSomeTime) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto put = [&](const AccountId& account, const std::string& purpose, int made) {
    const std::string digest = account.text() + purpose + std::to_string(made);
    const ports::MailedLink link{purpose, digest, account, "subject", at(made), at(100)};
    EXPECT_TRUE(write([&](auto& t) { return t.safety().insert_link(link); }));
    return [this, purpose, digest] {
      return (*read([&](auto& t) { return t.safety().find_link(purpose, digest); })).has_value();
    };
  };
  const auto old = put(ana.id, "not_me", 5), between = put(ana.id, "not_me", 6),
             young = put(ana.id, "not_me", 9), other = put(ana.id, "stop_hold", 9),
             of_ben = put(ben.id, "not_me", 9);
  EXPECT_EQ(*write([&](auto& t) { return t.safety().remove_links("not_me", ana.id, at(5), at(9)); }), 2);
  EXPECT_FALSE(old() || young());
  EXPECT_TRUE(between() && other() && of_ben());
}

TEST_P(SafetyStoreTest, OneHoldOfAKindStandsAndIsNotBegunAnew) {
  const auto ana = new_account("ana");
  EXPECT_TRUE(begin(ana.id, "deletion", 10));
  EXPECT_FALSE(begin(ana.id, "deletion", 99));
  EXPECT_TRUE(begin(ana.id, "lost_phone", 20));
  EXPECT_EQ((*read([&](auto& t) { return t.safety().find_hold(ana.id, "deletion"); }))->due_at, at(10));
  EXPECT_EQ(read([&](auto& t) { return t.safety().list_holds(ana.id); })->size(), 2U);
  EXPECT_TRUE(*write([&](auto& t) { return t.safety().end_hold(ana.id, "deletion"); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().end_hold(ana.id, "deletion"); }));
}

TEST_P(SafetyStoreTest, HoldsOfAKindAreFoundWhenTheyAreDue) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  begin(ana.id, "deletion", 20);
  begin(ben.id, "deletion", 10);
  begin(ben.id, "lost_phone", 5);
  const auto due = read([&](auto& t) { return t.safety().due_holds("deletion", at(20), 9); });
  ASSERT_EQ(due->size(), 2U);
  EXPECT_EQ(due->front().account, ben.id);
  EXPECT_EQ(read([&](auto& t) { return t.safety().due_holds("deletion", at(19), 9); })->size(), 1U);
  EXPECT_EQ(read([&](auto& t) { return t.safety().due_holds("deletion", at(20), 1); })->size(), 1U);
}

TEST_P(SafetyStoreTest, AnAddressIsAddedOnceListedByAgeAndRemovedByItsAccount) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto insert = [&](const std::string& name, int verified, std::optional<Instant> kept = {}) {
    const ports::FurtherAddress one{AddressId::make(at(0)), ana.id, name, name, at(verified), kept};
    EXPECT_TRUE(*write([&](auto& t) { return t.safety().insert_address(one); }));
    return one;
  };
  insert("later@example.com", 9, at(50));
  const auto first = insert("first@example.com", 5);
  ports::FurtherAddress again = first;
  again.id = AddressId::make(at(1));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().insert_address(again); }));
  const auto listed = read([&](auto& t) { return t.safety().list_addresses(ana.id); });
  ASSERT_EQ(listed->size(), 2U);
  EXPECT_EQ((*listed)[0].email, "first@example.com");
  EXPECT_EQ((*listed)[1].kept_until, at(50));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().remove_address(ben.id, first.id); }));
  EXPECT_TRUE(*write([&](auto& t) { return t.safety().remove_address(ana.id, first.id); }));
  ASSERT_TRUE(write([&](auto& t) { return t.safety().purge(at(51)); }));
  EXPECT_TRUE(read([&](auto& t) { return t.safety().list_addresses(ana.id); })->empty());
}

TEST_P(SafetyStoreTest, TheAddressOfTheSignInMovesUnlessAnotherAccountHasIt) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto move = [&](const std::string& to) {
    return *write([&](auto& t) { return t.safety().set_sign_in_address(ana.id, to, to); });
  };
  EXPECT_FALSE(move(ben.email_canonical));
  EXPECT_TRUE(move("new@example.com"));
  EXPECT_TRUE(move("new@example.com"));
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find_by_email("new@example.com"); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find_by_email(ana.email_canonical); }));
}

TEST_P(SafetyStoreTest, HowAnAccountIsWrittenToAndWhetherItIsStoppedAreKept) {
  const auto ana = new_account("ana");
  EXPECT_FALSE(read([&](auto& t) { return t.safety().contact(ana.id); })->plain);
  for (const bool plain : {true, false}) {
    ASSERT_TRUE(write([&](auto& t) { return t.safety().set_contact(ana.id, {!plain, plain, at(9)}); }));
    const auto kept = read([&](auto& t) { return t.safety().contact(ana.id); });
    EXPECT_EQ(kept->plain, plain);
    EXPECT_EQ(kept->leaves_out_sign_in, !plain);
    EXPECT_EQ(kept->since, at(9));
  }
  EXPECT_FALSE(*read([&](auto& t) { return t.safety().stopped_at(ana.id); }));
  for (const int second : {3, 7})
    ASSERT_TRUE(write([&](auto& t) { return t.safety().stop(ana.id, at(second)); }));
  EXPECT_EQ(*read([&](auto& t) { return t.safety().stopped_at(ana.id); }), at(3));
  EXPECT_TRUE(*write([&](auto& t) { return t.safety().lift_stop(ana.id); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().lift_stop(ana.id); }));
}

TEST_P(SafetyStoreTest, AnErasedAccountIsNamedNowhere) {
  const auto ana = new_account("ana"), ben = new_account("ben");
  const auto link = new_link(ana.id, "subject");
  new_link(ana.id, "not_me", "digest");
  begin(ana.id, "deletion", 10);
  for (const std::string& subject : {ana.id.text(), link.id.text()})
    ASSERT_TRUE(*write([&](auto& t) { return t.jobs().enqueue(sample_job("refresh", subject)); }));
  ASSERT_TRUE(write([&](auto& t) { return t.idempotency().reserve(ana.id.text(), "key", {}); }));
  ports::MailItem mail{MailId::make(at(0)), ana.email, "Subject", "c2VhbGVk"};
  ASSERT_TRUE(write([&](auto& t) { return t.mails().insert(mail); }));

  EXPECT_TRUE(*write([&](auto& t) { return t.safety().erase_account(ana.id); }));
  EXPECT_FALSE(*write([&](auto& t) { return t.safety().erase_account(ana.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.accounts().find(ana.id); }));
  EXPECT_TRUE(*read([&](auto& t) { return t.accounts().find(ben.id); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.safety().find_link("not_me", "digest"); }));
  EXPECT_TRUE(write([&](auto& t) { return t.jobs().take_due("me", at(999), at(1000), 9); })->empty());
  EXPECT_FALSE(*write([&](auto& t) { return t.idempotency().reserve(ana.id.text(), "key", {}); }));
  EXPECT_TRUE(write([&](auto& t) { return t.mails().take_due(at(999), at(1000), 9); })->empty());
}

TEST_P(SafetyStoreTest, WhatWasErasedIsInNoFileOfTheDatabase) {
  if (GetParam() != Engine::sqlite) GTEST_SKIP() << "a server keeps its own files";
  const auto ana = new_account("canary-of-ana");
  const auto holds_it = [&] {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder())) {
      std::ifstream in(file.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all.find("canary-of-ana") != std::string::npos;
  };
  ASSERT_TRUE(holds_it());
  ASSERT_TRUE(*write([&](auto& t) { return t.safety().erase_account(ana.id); }));
  ASSERT_TRUE(store().scrub());
  EXPECT_FALSE(holds_it());
}

TEST_P(SafetyStoreTest, LinksAndHoldsArePurgedWhenTheirTimeIsOver) {
  const auto ana = new_account("ana");
  new_link(ana.id, "not_me", "digest");
  begin(ana.id, "lost_phone", 10);
  EXPECT_EQ(*write([&](auto& t) { return t.safety().purge(at(60)); }), 0);
  EXPECT_EQ(*write([&](auto& t) { return t.safety().purge(at(61)); }), 1);
  EXPECT_EQ(*write([&](auto& t) { return t.safety().purge(at(101)); }), 1);
}

}  // namespace
}  // namespace casebridge::storage
