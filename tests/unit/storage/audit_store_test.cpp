// The audit log in a database: it grows without a gap however many write, and does nothing but grow.
#include <atomic>
#include <thread>

#include "core/audit/chain.hpp"
#include "core/audit/checkpoint_file.hpp"
#include "core/audit/seal_waiting.hpp"
#include "core/audit/trail.hpp"
#include "core/storage/connection.hpp"
#include "core/vault/record_vault.hpp"
#include "tests/support/counting_vault.hpp"
#include "tests/unit/storage/store_suite.hpp"
#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::storage {
namespace {

ports::AuditRecord sample_event(const std::string& id) {
  return {id, "accounts", at(0), "acc_a", "acc_a", "signed_in", "ok", "request", "{}", ""};
}

class AuditStoreTest : public StoreSuite {
 protected:
  void note(ports::Store& store, const std::string& id) {
    const auto noted = write_with(store, [&](auto& t) { return t.audit().wait(sample_event(id)); });
    if (!noted) ++failed_;
  }
  std::vector<ports::AuditEntry> whole_log() {
    return *read([](auto& t) { return t.audit().read("accounts", 0, 100'000); });
  }
  void fill(int size) {
    for (int i = 0; i < size; ++i) note(store(), "aud_" + std::to_string(i));
    ASSERT_TRUE(audit::seal_waiting(store()));
  }
  // Says whether the database let it happen.
  bool tamper(const std::string& sql) {
    auto connection = Connection::open(*parse_target(options().url), Access::write);
    EXPECT_TRUE(connection);
    return (*connection)->run_once(sql).has_value();
  }

  std::atomic<int> failed_ = 0;
};
CASEBRIDGE_ON_BOTH_ENGINES(AuditStoreTest);

TEST_P(AuditStoreTest, EightWritersLeaveNoGapAndNoFork) {
  constexpr int writers = 8, events = 500;
  const auto second = open();
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&, i] {
      ports::Store& mine = i % 2 == 0 ? store() : *second;
      for (int j = 0; j < events; ++j) {
        note(mine, "aud_" + std::to_string(i) + "_" + std::to_string(j));
        if (j % 20 == i && !audit::seal_waiting(mine)) ++failed_;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(audit::seal_waiting(store()));
  EXPECT_EQ(failed_, 0);
  const auto log = whole_log();
  EXPECT_EQ(log.size(), static_cast<std::size_t>(writers * events));
  audit::ChainCheck chain("accounts");
  for (const auto& entry : log) ASSERT_TRUE(chain.take(entry)) << entry.seq;
}

TEST_P(AuditStoreTest, WhatIsRolledBackLeavesNoEvent) {
  EXPECT_FALSE(write([](auto& t) -> Result<void> {
    CASEBRIDGE_CHECK(t.audit().wait(sample_event("aud_1")));
    return trouble(TroubleCode::not_found);
  }));
  EXPECT_EQ(*audit::seal_waiting(store()), 0);
}

TEST_P(AuditStoreTest, TheDatabaseRefusesAnythingButGrowth) {
  fill(3);
  EXPECT_FALSE(tamper("UPDATE audit_event SET actor = 'acc_b' WHERE seq = 2"));
  EXPECT_FALSE(tamper("DELETE FROM audit_event WHERE seq = 3"));
  const std::string columns =
      "(stream, seq, id, at, actor, subject, action, outcome, request, details, personal, prev_hash, hash)";
  if (GetParam() == Engine::sqlite)
    EXPECT_FALSE(tamper("REPLACE INTO audit_event " + columns +
                        " SELECT stream, seq, id, at, 'acc_b', subject, action, outcome, request, details,"
                        " personal, prev_hash, hash FROM audit_event WHERE seq = 2"));
  else
    EXPECT_FALSE(tamper("TRUNCATE audit_event"));
  for (const auto& entry : whole_log()) EXPECT_EQ(entry.record.actor, "acc_a");
  EXPECT_EQ(whole_log().size(), 3U);
}

TEST_P(AuditStoreTest, WhatIsAboutAnAccountComesNewestFirstAndInPages) {
  const ports::Account ana = new_account("ana");
  for (int i = 0; i < 5; ++i) {
    auto record = sample_event("aud_" + std::to_string(i));
    record.subject = i == 2 ? "acc_other" : ana.id.text();
    ASSERT_TRUE(write([&](auto& t) { return t.audit().wait(record); }));
  }
  ASSERT_TRUE(audit::seal_waiting(store()));
  const auto page = [&](std::int64_t before) {
    std::vector<std::int64_t> found;
    const auto entries = read([&](auto& t) { return t.audit().about("accounts", ana.id, before, 2); });
    for (const auto& one : *entries) found.push_back(one.seq);
    return found;
  };
  EXPECT_EQ(page(0), (std::vector<std::int64_t>{5, 4}));
  EXPECT_EQ(page(4), (std::vector<std::int64_t>{2, 1}));
}

class AuditTrailTest : public AuditStoreTest {
 protected:
  void SetUp() override {
    AuditStoreTest::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(vault::KeyFiles::make(directory_.keys()));
    vault_ = std::make_unique<vault::RecordVault>(*vault::KeyFiles::load(directory_.keys()));
    trail_ = std::make_unique<audit::Trail>(*vault_, clock_);
  }
  ports::AuditEntry noted(const ports::AuditNote& note) {
    EXPECT_TRUE(write([&](auto& t) { return trail_->note(t, note); }));
    EXPECT_TRUE(audit::seal_waiting(store()));
    return whole_log().back();
  }
  std::string personal(const ports::AuditEntry& entry) {
    const std::string subject = audit::subject_of(entry.record);
    const auto sealed = read([&](auto& t) { return t.audit().subject_key(subject); });
    std::optional<SecretBytes> key;
    if (*sealed) key = *audit::open_subject_key(*vault_, subject, **sealed);
    return *audit::open_personal(key, entry.record);
  }

  vault::testing::KeyDirectory directory_;
  std::unique_ptr<vault::RecordVault> vault_;
  std::unique_ptr<audit::Trail> trail_;
};
CASEBRIDGE_ON_BOTH_ENGINES(AuditTrailTest);

TEST_P(AuditTrailTest, PersonalValuesAreSealedAndOpenForTheirSubject) {
  const ports::Account ana = new_account("ana");
  const auto entry =
      noted({.action = "signed_in", .account = ana.id, .address = "192.0.2.0/24", .device = "Browser"});
  EXPECT_EQ(entry.record.personal.find("192.0.2"), std::string::npos);
  EXPECT_EQ(personal(entry), R"({"address":"192.0.2.0/24","device":"Browser"})");
  EXPECT_EQ(entry.record.actor, ana.id.text());
}

TEST_P(AuditTrailTest, WithoutTheKeyOfTheirSubjectTheyAreGoneAndTheChainHolds) {
  const ports::Account ana = new_account("ana");
  const auto entry = noted({.action = "signed_in", .account = ana.id, .device = "Browser"});
  ASSERT_TRUE(*write([&](auto& t) { return t.audit().erase_subject_key(ana.id.text()); }));
  EXPECT_EQ(personal(entry), "");
  audit::ChainCheck chain("accounts");
  EXPECT_TRUE(chain.take(whole_log().front()));
}

TEST_P(AuditTrailTest, AnAccountTakesItsKeyWithIt) {
  const ports::Account ana = new_account("ana");
  noted({.action = "account_made", .account = ana.id, .device = "Browser"});
  ASSERT_TRUE(write([](auto& t) { return t.accounts().purge_unverified(at(10)); }));
  EXPECT_FALSE(*read([&](auto& t) { return t.audit().subject_key(ana.id.text()); }));
  EXPECT_EQ(whole_log().size(), 1U);
}

TEST_P(AuditTrailTest, AnEventOfNobodyKnownIsKeptToo) {
  const auto entry = noted({.action = "sign_in_refused", .outcome = "refused", .device = "Browser"});
  EXPECT_EQ(entry.record.subject, "");
  EXPECT_EQ(entry.record.actor, "nobody");
  EXPECT_EQ(personal(entry), R"({"address":"","device":"Browser"})");
}

TEST_P(AuditTrailTest, ManyRefusalsOfNobodyKnownAskForOneKeyOnce) {
  const casebridge::testing::CountingVault counting(*vault_);
  const auto refuse = [&](const audit::Trail& trail) {
    return write([&](auto& t) {
      return trail.note(t, {.action = "sign_in_refused", .outcome = "refused", .address = "192.0.2.0/24"});
    });
  };
  ASSERT_TRUE(refuse(audit::Trail(counting, clock_)));  // the key is made
  const audit::Trail trail(counting, clock_);
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(refuse(trail));
  EXPECT_EQ(counting.opened(), 1);
  clock_.advance(std::chrono::minutes(5));
  ASSERT_TRUE(refuse(trail));
  EXPECT_EQ(counting.opened(), 2) << "no key is kept for long";
}

TEST_P(AuditTrailTest, AKeptKeyIsOfNoUseOnceItIsErasedOrSealedAnew) {
  const ports::Account ana = new_account("ana");
  const casebridge::testing::CountingVault counting(*vault_);
  const audit::Trail trail(counting, clock_);
  const auto note = [&] {
    return write([&](auto& t) {
      return trail.note(t, {.action = "signed_in", .account = ana.id, .device = "Browser"});
    });
  };
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(note());
  EXPECT_EQ(counting.opened(), 1);
  ASSERT_TRUE(*write([&](auto& t) { return t.audit().erase_subject_key(ana.id.text()); }));
  ASSERT_TRUE(note());
  EXPECT_EQ(counting.opened(), 1) << "another one is made";
  ASSERT_TRUE(note());
  EXPECT_EQ(counting.opened(), 2);
  EXPECT_EQ(personal(noted({.action = "signed_in", .account = ana.id, .device = "Browser"})),
            R"({"address":"","device":"Browser"})");
}

TEST_P(AuditTrailTest, NoMoreKeysAreKeptThanAllowed) {
  const casebridge::testing::CountingVault counting(*vault_);
  const audit::SubjectKeys keys(counting, clock_, {.keys_max = 2});
  const auto find = [&](const std::string& subject) {
    return write([&](auto& t) { return keys.find_or_make(t.audit(), subject, std::nullopt); });
  };
  for (const char* subject : {"a", "b", "c"}) {
    ASSERT_TRUE(find(subject));  // made
    ASSERT_TRUE(find(subject));  // opened
    ASSERT_TRUE(find(subject));
    clock_.advance(std::chrono::seconds(1));
  }
  EXPECT_EQ(counting.opened(), 3);
  ASSERT_TRUE(find("c"));
  ASSERT_TRUE(find("b"));
  EXPECT_EQ(counting.opened(), 3);
  ASSERT_TRUE(find("a"));
  EXPECT_EQ(counting.opened(), 4) << "the one that was kept longest gave way";
}

class CheckpointFileTest : public AuditTrailTest {
 protected:
  audit::NoteSigner signer() {
    const auto keys = vault::KeyFiles::load(directory_.keys());
    return {"casebridge/accounts", keys.value().derive(audit::checkpoint_key_purpose)};
  }
  std::filesystem::path file() { return directory_.keys().parent_path() / "checkpoint"; }
  audit::Verdict sign(audit::CheckpointFile& checkpoints) {
    EXPECT_TRUE(*checkpoints.read_on());
    return checkpoints.sign()->verdict;
  }
  audit::Verdict sign_anew() {
    audit::CheckpointFile checkpoints(store(), signer(), file());
    return sign(checkpoints);
  }
  audit::Checkpoint outside() { return *audit::read_checkpoint(*audit::read_note(file()), signer().key()); }
};
CASEBRIDGE_ON(CheckpointFileTest, Engine::sqlite);

TEST_P(CheckpointFileTest, FollowsTheLog) {
  audit::CheckpointFile checkpoints(store(), signer(), file());
  fill(3);
  EXPECT_EQ(sign(checkpoints), audit::Verdict::good);
  EXPECT_EQ(outside().size, 3U);
  note(store(), "aud_x");
  ASSERT_TRUE(audit::seal_waiting(store()));
  EXPECT_EQ(sign(checkpoints), audit::Verdict::good);
  EXPECT_EQ(outside().size, 4U);
}

TEST_P(CheckpointFileTest, AnotherGatewayGoesOnWithTheFile) {
  fill(3);
  ASSERT_EQ(sign_anew(), audit::Verdict::good);
  note(store(), "aud_x");
  ASSERT_TRUE(audit::seal_waiting(store()));
  EXPECT_EQ(sign_anew(), audit::Verdict::good);
  EXPECT_EQ(outside().size, 4U);
}

TEST_P(CheckpointFileTest, StaysAsEvidenceWhenTheLogIsShorterThanItSays) {
  fill(3);
  ASSERT_EQ(sign_anew(), audit::Verdict::good);
  ASSERT_TRUE(tamper("DROP TRIGGER audit_event_remains"));
  ASSERT_TRUE(tamper("DELETE FROM audit_event WHERE seq = 3"));
  EXPECT_EQ(sign_anew(), audit::Verdict::truncated);
  EXPECT_EQ(outside().size, 3U);
}

TEST_P(CheckpointFileTest, StaysAsEvidenceWhenTheLogWasWrittenAnew) {
  fill(3);
  ASSERT_EQ(sign_anew(), audit::Verdict::good);
  ASSERT_TRUE(tamper("DROP TRIGGER audit_event_remains"));
  ASSERT_TRUE(tamper("DELETE FROM audit_event"));
  for (int i = 0; i < 5; ++i) note(store(), "aud_new" + std::to_string(i));
  ASSERT_TRUE(audit::seal_waiting(store()));
  EXPECT_EQ(sign_anew(), audit::Verdict::rewritten);
  EXPECT_EQ(outside().size, 3U);
}

TEST_P(CheckpointFileTest, MovedAwayItBeginsAnewWithoutARestart) {
  fill(3);
  ASSERT_EQ(sign_anew(), audit::Verdict::good);
  ASSERT_TRUE(tamper("DROP TRIGGER audit_event_remains"));
  ASSERT_TRUE(tamper("DELETE FROM audit_event WHERE seq = 3"));
  audit::CheckpointFile checkpoints(store(), signer(), file());
  EXPECT_EQ(sign(checkpoints), audit::Verdict::truncated);
  const auto evidence = file().string() + ".before";
  std::filesystem::rename(file(), evidence);
  EXPECT_EQ(sign(checkpoints), audit::Verdict::good);
  EXPECT_EQ(outside().size, 2U);
  audit::NoteSigner other("casebridge/accounts", SecretBytes::copy_of(std::string(32, 'x')));
  audit::CheckpointFile of_others(store(), std::move(other), file());
  EXPECT_EQ(sign(of_others), audit::Verdict::unfit_checkpoint);
  std::filesystem::remove(file());
  EXPECT_EQ(sign(of_others), audit::Verdict::good);
}

TEST_P(CheckpointFileTest, TheNoteOfAnotherKeyIsNotOverwritten) {
  audit::NoteSigner other("casebridge/accounts", SecretBytes::copy_of(std::string(32, 'x')));
  audit::CheckpointFile of_others(store(), std::move(other), file());
  ASSERT_EQ(sign(of_others), audit::Verdict::good);
  const std::string before = *audit::read_note(file());
  EXPECT_EQ(sign_anew(), audit::Verdict::unfit_checkpoint);
  EXPECT_EQ(*audit::read_note(file()), before);
}

}  // namespace
}  // namespace casebridge::storage
