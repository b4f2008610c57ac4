// Registration: ends with a confirmed address, and tells nobody but its owner whether an address has an
// account.
#include <gmock/gmock.h>

#include "tests/unit/identity/flow_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using ::testing::HasSubstr;
using testing::other_password;
using testing::seen_of;

class RegistrationTest : public testing::FlowWorld {};

TEST_F(RegistrationTest, EndsWithAConfirmedAddressAndNoSession) {
  FlowView view = begin_registration("Parent@Mail.example");
  EXPECT_EQ(view.step, "code");
  EXPECT_FALSE(account_of("parent@mail.example")->email_verified_at);
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].to, "Parent@Mail.example");
  EXPECT_EQ(mails[0].code().size(), 8U);
  const auto done = submit(view, fields({{"code", mails[0].code()}}));
  ASSERT_TRUE(done);
  EXPECT_TRUE(done->done);
  EXPECT_FALSE(done->outcome);
  EXPECT_TRUE(done->nodes.empty());
  EXPECT_EQ(done->messages.at(0).key, "flow.registration.done");
  EXPECT_TRUE(account_of("parent@mail.example")->email_verified_at);
  EXPECT_TRUE(sign_in("PARENT@mail.example")->outcome);
}

TEST_F(RegistrationTest, ATakenAddressLooksLikeAFreeOneAtEveryStep) {
  register_account("taken@mail.example");
  read_mail();
  FlowView free = begin_registration("free@mail.example");
  FlowView taken = begin_registration("taken@mail.example", other_password);
  EXPECT_EQ(seen_of(free), seen_of(taken));
  clock_.advance(std::chrono::seconds{31});
  free = *submit(free, fields({{"resend", "yes"}}));
  taken = *submit(taken, fields({{"resend", "yes"}}));
  EXPECT_EQ(seen_of(free), seen_of(taken));
  for (int i = 0; i < 6; ++i) {
    clock_.advance(std::chrono::minutes{1});
    auto from_free = submit(free, fields({{"code", "00000000"}}));
    auto from_taken = submit(taken, fields({{"code", "00000000"}}));
    ASSERT_EQ(from_free.has_value(), from_taken.has_value());
    EXPECT_EQ(seen_of(*from_free), seen_of(*from_taken)) << i;
    free = std::move(*from_free);
    taken = std::move(*from_taken);
  }
}

TEST_F(RegistrationTest, TheOwnerOfATakenAddressGetsAnotherMail) {
  register_account("taken@mail.example");
  begin_registration("taken@mail.example", other_password);
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].subject, "You already have a Casebridge account");
  EXPECT_EQ(mails[0].code(), "");
  EXPECT_FALSE(sign_in("taken@mail.example", other_password)->outcome);
}

TEST_F(RegistrationTest, BothPathsHashOnceAndWriteOneMail) {
  register_account("taken@mail.example");
  const auto before = hasher_->verifications();
  begin_registration("taken@mail.example");
  begin_registration("free@mail.example");
  EXPECT_EQ(hasher_->verifications(), before);
  EXPECT_EQ(read_mail().size(), 2U);
}

TEST_F(RegistrationTest, WhoRegistersSomebodyElsesAddressFirstGainsNothing) {
  const FlowView attacker = begin_registration("victim@mail.example", other_password);
  const std::string attackers_code = read_mail().at(0).code();
  const FlowView victim = begin_registration("victim@mail.example", good_password);
  const std::string victims_code = read_mail().at(0).code();
  // A code is good in its own flow only.
  EXPECT_TRUE(submit(victim, fields({{"code", attackers_code}}))->refusal);
  const FlowView again = *flows_->read(victim.id.text(), {});
  ASSERT_TRUE(submit(again, fields({{"code", victims_code}}))->done);
  EXPECT_TRUE(sign_in("victim@mail.example", good_password)->outcome);
  EXPECT_FALSE(sign_in("victim@mail.example", other_password)->outcome);
  // The older flow is void, whoever has its code.
  const auto late = submit(attacker, fields({{"code", attackers_code}}));
  ASSERT_TRUE(late);
  EXPECT_FALSE(late->done);
  EXPECT_EQ(late->refusal->code, TroubleCode::code_expired);
  EXPECT_TRUE(sign_in("victim@mail.example", good_password)->outcome);
}

TEST_F(RegistrationTest, SaysWhatIsWrongWithAFieldBeforeAnythingIsStored) {
  const FlowView view = start("registration");
  const auto code = [&](const FlowFields& values) { return submit(view, values).error().field; };
  EXPECT_EQ(code(fields({{"email", "nobody"}, {"password", good_password}})), "email");
  EXPECT_EQ(code(fields({{"email", "a@b.example"}})), "password");
  EXPECT_EQ(code(fields({{"email", "a@b.example"}, {"password", "\xff"}})), "password");
  EXPECT_EQ(code(fields({{"email", "a@b.example"}, {"password", good_password}, {"locale", "tlh"}})),
            "locale");
  EXPECT_EQ(code(fields({{"email", std::string(300, 'a')}, {"password", good_password}})), "email");
  EXPECT_EQ(code(fields({{"email", "a@b.example"}, {"password", std::string(600, 'x')}})), "password");
  EXPECT_FALSE(submit(view, fields({{"email", "a@b.example"}, {"password", good_password}, {"admin", "1"}})));
  const auto weak = submit(view, fields({{"email", "a@b.example"}, {"password", "too short"}}));
  ASSERT_TRUE(weak);
  EXPECT_EQ(weak->refusal->code, TroubleCode::password_refused);
  EXPECT_EQ(weak->messages.at(0).key, "flow.password.too_short");
  EXPECT_EQ(weak->seq, view.seq);
  EXPECT_TRUE(read_mail().empty());
  EXPECT_FALSE(account_of("a@b.example"));
}

TEST_F(RegistrationTest, SpeaksTheLanguageThatWasAskedFor) {
  auto view =
      submit(start("registration"),
             fields({{"email", "madre@mail.example"}, {"password", good_password}, {"locale", "es"}}));
  ASSERT_TRUE(view);
  EXPECT_EQ(read_mail().at(0).subject, "Su código de Casebridge");
  EXPECT_EQ(account_of("madre@mail.example")->locale, "es");
}

TEST_F(RegistrationTest, NeitherPasswordNorHashNorCodeIsStoredInClear) {
  const FlowView view = begin_registration("parent@mail.example");
  std::string data;
  ASSERT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto flow, tx.flows().find(view.id));
    data = flow->data;
    return {};
  }));
  EXPECT_EQ(data.find("argon2"), std::string::npos);
  EXPECT_EQ(data.find(good_password), std::string::npos);
  EXPECT_EQ(data.find(read_mail().at(0).code()), std::string::npos);
}

TEST_F(RegistrationTest, ALinkInTheMailLeadsToAPageAndCarriesNothing) {
  settings_.page_url = "https://gateway.example/code";
  renew_flows();
  const FlowView view = begin_registration("parent@mail.example");
  const auto mail = read_mail().at(0);
  EXPECT_THAT(mail.text, HasSubstr("https://gateway.example/code\n"));
  EXPECT_EQ(mail.text.find(view.id.text()), std::string::npos);
}

}  // namespace
}  // namespace casebridge::identity
