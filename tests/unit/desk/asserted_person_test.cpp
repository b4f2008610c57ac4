// For whom the gateway gives its word to a state: somebody who is signed in to the gateway now.
#include "core/desk/asserted_person.hpp"

#include "tests/unit/desk/desk_world.hpp"

namespace casebridge::desk::testing {
namespace {

using namespace std::chrono_literals;

class Vouching : public DeskWorld {
 protected:
  Vouching() { systems_.let_texas_trust_us(); }

  void sign_in(model::Assurance assurance = model::Assurance::two_factor) {
    const Instant now = clock_.now();
    const SessionId id = SessionId::make(now);
    const ports::Session session{.id = id,
                                 .account = account_,
                                 .token_digest = id.text(),
                                 .transport = "cookie",
                                 .csrf_digest = "",
                                 .assurance = assurance,
                                 .created_at = now,
                                 .authenticated_at = now,
                                 .last_seen_at = now,
                                 .absolute_end = now + 12h,
                                 .device = "",
                                 .address = "",
                                 .locale = "en"};
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) { return tx.sessions().insert(session); }));
  }
  std::optional<ports::AssertedPerson> person() { return asserted_person(desk(), account_, "tx-icop"); }
};

TEST_F(Vouching, IsForASessionInUse) {
  EXPECT_FALSE(person());
  sign_in();
  clock_.advance(14min);
  EXPECT_TRUE(person());
}

TEST_F(Vouching, EndsWhenTheSessionIsLeftIdle) {
  sign_in();
  clock_.advance(15min);
  EXPECT_FALSE(person());
}

TEST_F(Vouching, TakesNothingFromAStrongerSessionThatIsIdle) {
  sign_in(model::Assurance::two_factor);
  clock_.advance(15min);
  sign_in(model::Assurance::password);
  ASSERT_TRUE(person());
  EXPECT_EQ(person()->authentication_level, 1);
  EXPECT_EQ(person()->authenticated_at, clock_.now());
}

TEST_F(Vouching, GoesByTheSettingsOfTheGateway) {
  sign_in();
  clock_.advance(5min);
  Desk strict = desk();
  strict.settings.sessions.idle = 5min;
  EXPECT_FALSE(asserted_person(strict, account_, "tx-icop"));
  EXPECT_TRUE(person());
}

}  // namespace
}  // namespace casebridge::desk::testing
