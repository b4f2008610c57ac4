// Further addresses, another address for the sign-in and the way back, and which mails go where.
#include "core/identity/addressees.hpp"

#include <algorithm>

#include "tests/unit/identity/factor_world.hpp"

namespace casebridge::identity {
namespace {

using testing::good_password;
using testing::other_password;
using testing::parent_email;
using testing::ReadMail;

constexpr const char* second_email = "sister@mail.example";

class AddressesOfAccount : public testing::FactorWorld {
 protected:
  void SetUp() override {
    FactorWorld::SetUp();
    caller_ = caller_of(*first_);
  }
  FlowView code_asked(const char* kind, const std::string& email) {
    auto view = submit(start(kind, caller_), fields({{"email", email}}), caller_);
    EXPECT_TRUE(view) << view.error().detail;
    return std::move(view).value();
  }
  Result<FlowView> confirm(const FlowView& asked, const std::string& at) {
    std::string code;
    for (const ReadMail& mail : read_mail())
      if (mail.to == at && !mail.code().empty()) code = mail.code();
    return submit(asked, fields({{"code", code}}), caller_);
  }
  void with_second_address() {
    ASSERT_TRUE(confirm(code_asked("add_address", second_email), second_email)->done);
    (void)read_mail();
  }
  void set(const ports::ContactSettings& settings) {
    EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
      return tx.safety().set_contact(account_of(parent_email)->id, settings);
    }));
  }
  Result<FlowView> follow(const char* kind, const std::string& link) {
    return submit(start(kind), fields({{"link_code", link}}));
  }
  // Signs in with another address from now on; what the former one got to take that back.
  std::string moved(const std::string& from, const std::string& to) {
    EXPECT_TRUE(confirm(code_asked("change_email", to), to)->done);
    std::string link;
    for (const ReadMail& mail : read_mail())
      if (mail.to == from) link = mail.link("take-back");
    EXPECT_NE(link, "");
    return link;
  }
  std::string link_of_an_alert() {
    (void)sign_in(parent_email);
    return read_mail().front().link("not-me");
  }
  std::vector<ports::FurtherAddress> further() {
    std::vector<ports::FurtherAddress> found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.safety().list_addresses(caller_->account));
      return {};
    }));
    return found;
  }
  bool leaves_out() {
    ports::ContactSettings found;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(found, tx.safety().contact(caller_->account));
      return {};
    }));
    return found.leaves_out_sign_in;
  }
  // Whom a mail about a family's affairs goes to.
  std::vector<std::string> told_of_affairs() {
    std::vector<std::string> to;
    EXPECT_TRUE(store_->read([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(const auto account, tx.accounts().find(caller_->account));
      CASEBRIDGE_TRY(const auto all, addressees_of(tx, *account, clock_.now(), About::affairs));
      for (const Addressee& one : all) to.push_back(one.email);
      return {};
    }));
    return to;
  }
  // Where the code of this account goes.
  std::string code_goes_to(const std::string& signs_in_with) {
    (void)read_mail();
    EXPECT_TRUE(submit(start("reset_password"), fields({{"email", signs_in_with}})));
    const auto mails = read_mail();
    EXPECT_EQ(mails.size(), 1U);
    return mails.empty() ? "" : mails.front().to;
  }
  std::vector<std::string> told() {
    std::vector<std::string> to;
    for (const ReadMail& mail : read_mail()) to.push_back(mail.to);
    std::sort(to.begin(), to.end());
    return to;
  }
};

TEST_F(AddressesOfAccount, AnAddressIsToldOfEverythingOnceItWasConfirmed) {
  const FlowView asked = code_asked("add_address", second_email);
  EXPECT_EQ(asked.step, "code");
  (void)sign_in(parent_email);
  ASSERT_TRUE(confirm(asked, second_email)->done);
  const std::vector<std::string> both{parent_email, second_email};
  EXPECT_EQ(told(), both);  // that it was added
  (void)sign_in(parent_email);
  EXPECT_EQ(told(), both);
}

TEST_F(AddressesOfAccount, NobodySignsInWithAFurtherAddress) {
  with_second_address();
  EXPECT_FALSE(sign_in(second_email)->outcome);
}

TEST_F(AddressesOfAccount, AnAddressIsAddedOnceAndFiveAtMost) {
  with_second_address();
  EXPECT_EQ(confirm(code_asked("add_address", second_email), second_email).error().field, "email");
  EXPECT_EQ(confirm(code_asked("add_address", parent_email), parent_email).error().field, "email");
}

TEST_F(AddressesOfAccount, ItNeedsAFreshConfirmation) {
  clock_.advance(std::chrono::minutes{21});
  for (const char* kind : {"add_address", "change_email"})
    EXPECT_EQ(flows_->start(kind, "cookie", "en", caller_, origin_).error().code,
              TroubleCode::step_up_required);
}

TEST_F(AddressesOfAccount, TheSignInMovesAndTheFormerAddressIsToldForThreeDays) {
  ASSERT_TRUE(confirm(code_asked("change_email", "new@mail.example"), "new@mail.example")->done);
  const std::vector<std::string> both{"new@mail.example", parent_email};
  EXPECT_EQ(told(), both);
  EXPECT_FALSE(sign_in(parent_email)->outcome);
  EXPECT_TRUE(sign_in("new@mail.example")->outcome);
  EXPECT_EQ(told(), both);
  clock_.advance(std::chrono::hours{72});
  EXPECT_TRUE(sign_in("new@mail.example")->outcome);
  EXPECT_EQ(told(), std::vector<std::string>{"new@mail.example"});
}

TEST_F(AddressesOfAccount, TheFormerAddressTakesTheChangeBackAndEverybodyIsOut) {
  ASSERT_TRUE(confirm(code_asked("change_email", "new@mail.example"), "new@mail.example")->done);
  std::string link;
  for (const ReadMail& mail : read_mail()) {
    const bool former = mail.to == parent_email;
    EXPECT_EQ(mail.link("take-back").empty(), !former);
    if (former) link = mail.link("take-back");
  }
  clock_.advance(std::chrono::hours{71});
  ASSERT_TRUE(submit(start("revert_email"), fields({{"link_code", link}}))->done);
  EXPECT_FALSE(account_of("new@mail.example"));
  ASSERT_TRUE(account_of(parent_email));
  EXPECT_TRUE(sessions_of(account_of(parent_email)->id).empty());
  EXPECT_FALSE(sign_in(parent_email)->outcome);  // the password is no password any more
  EXPECT_EQ(told(), std::vector<std::string>{parent_email});
}

TEST_F(AddressesOfAccount, TakingBackUndoesLaterChangesToo) {
  const std::string of_owner = moved(parent_email, "x@mail.example");
  const std::string of_stranger = moved("x@mail.example", "y@mail.example");
  ASSERT_TRUE(follow("revert_email", of_owner)->done);
  ASSERT_TRUE(account_of(parent_email));
  EXPECT_EQ(account_of(parent_email)->id, caller_->account);
  EXPECT_TRUE(further().empty());
  EXPECT_FALSE(follow("revert_email", of_stranger));
  EXPECT_FALSE(account_of("x@mail.example"));
  EXPECT_EQ(code_goes_to(parent_email), parent_email);
}

TEST_F(AddressesOfAccount, AnUnconfirmedAccountHoldsNoAddress) {
  (void)begin_registration("new@mail.example", other_password);
  (void)read_mail();  // its code is not the one that counts
  const std::string link = moved(parent_email, "new@mail.example");
  EXPECT_EQ(account_of("new@mail.example")->id, caller_->account);
  (void)begin_registration(parent_email, other_password);
  ASSERT_NE(account_of(parent_email)->id, caller_->account);
  ASSERT_TRUE(follow("revert_email", link)->done);
  EXPECT_EQ(account_of(parent_email)->id, caller_->account);
}

TEST_F(AddressesOfAccount, TakingBackSignsOutEvenWhereTheAddressIsTaken) {
  const std::string link = moved(parent_email, "x@mail.example");
  register_account(parent_email, other_password);
  ASSERT_TRUE(follow("revert_email", link)->done);
  EXPECT_TRUE(sessions_of(caller_->account).empty());
  EXPECT_FALSE(sign_in("x@mail.example")->outcome);
  EXPECT_TRUE(sign_in(parent_email, other_password)->outcome);  // the other account is as it was
}

TEST_F(AddressesOfAccount, DisowningTakesBackWhatWasPreparedForIt) {
  with_second_address();
  set({.leaves_out_sign_in = true, .since = clock_.now()});
  clock_.advance(std::chrono::hours{71});
  ASSERT_TRUE(follow("not_me", link_of_an_alert())->done);
  EXPECT_TRUE(further().empty());
  EXPECT_FALSE(leaves_out());
  EXPECT_EQ(code_goes_to(parent_email), parent_email);
}

TEST_F(AddressesOfAccount, DisowningLeavesWhatIsOlderThanThreeDays) {
  with_second_address();
  set({.leaves_out_sign_in = true, .since = clock_.now()});
  clock_.advance(std::chrono::hours{72});
  ASSERT_TRUE(follow("not_me", link_of_an_alert())->done);
  EXPECT_EQ(further().size(), 1U);
  EXPECT_TRUE(leaves_out());
  EXPECT_EQ(code_goes_to(parent_email), second_email);
}

TEST_F(AddressesOfAccount, DisowningLeavesTheWayBackFromAChange) {
  const std::string link = moved(parent_email, "x@mail.example");
  (void)sign_in("x@mail.example");
  ASSERT_TRUE(follow("not_me", read_mail().front().link("not-me"))->done);
  ASSERT_TRUE(follow("revert_email", link)->done);
  EXPECT_EQ(account_of(parent_email)->id, caller_->account);
}

TEST_F(AddressesOfAccount, AFormerAddressIsNeverTheOnlyOneWrittenTo) {
  with_second_address();
  set({.leaves_out_sign_in = true});
  ASSERT_TRUE(confirm(code_asked("change_email", second_email), second_email)->done);
  const std::vector<std::string> both{parent_email, second_email};
  EXPECT_EQ(told(), both);
  EXPECT_FALSE(leaves_out());
  EXPECT_EQ(code_goes_to(second_email), second_email);
}

TEST_F(AddressesOfAccount, AFormerAddressGetsNoCodes) {
  (void)moved(parent_email, "x@mail.example");
  EXPECT_TRUE(store_->write([&](ports::Transaction& tx) {
    return tx.safety().set_contact(caller_->account, {.leaves_out_sign_in = true});
  }));
  EXPECT_EQ(code_goes_to("x@mail.example"), "x@mail.example");
}

TEST_F(AddressesOfAccount, WhatIsLeftOutHearsOfAffairsNoMoreAndOfTheAccountForThreeDays) {
  with_second_address();
  set({.leaves_out_sign_in = true, .since = clock_.now()});
  EXPECT_EQ(told_of_affairs(), std::vector<std::string>{second_email});
  clock_.advance(std::chrono::hours{72} - std::chrono::seconds{1});
  (void)sign_in(parent_email);
  EXPECT_EQ(told(), (std::vector<std::string>{parent_email, second_email}));
  EXPECT_EQ(code_goes_to(parent_email), parent_email);
  clock_.advance(std::chrono::seconds{1});
  (void)sign_in(parent_email);
  EXPECT_EQ(told(), std::vector<std::string>{second_email});
  EXPECT_EQ(code_goes_to(parent_email), second_email);
}

TEST_F(AddressesOfAccount, AfterThreeDaysTheLinkIsOfNoUse) {
  ASSERT_TRUE(confirm(code_asked("change_email", "new@mail.example"), "new@mail.example")->done);
  std::string link;
  for (const ReadMail& mail : read_mail())
    if (mail.to == parent_email) link = mail.link("take-back");
  clock_.advance(std::chrono::hours{72});
  EXPECT_TRUE(
      refused_as(submit(start("revert_email"), fields({{"link_code", link}})), TroubleCode::code_refused));
}

TEST_F(AddressesOfAccount, AnAddressOfAnotherAccountIsNotTaken) {
  register_account("other@mail.example");
  const auto answer = confirm(code_asked("change_email", "other@mail.example"), "other@mail.example");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().field, "email");
  EXPECT_TRUE(account_of(parent_email));
}

TEST_F(AddressesOfAccount, AnAddressThatIsNotSafeIsNotWrittenToWhileThereIsAnother) {
  set({.leaves_out_sign_in = true});
  (void)sign_in(parent_email);
  EXPECT_EQ(told(), std::vector<std::string>{parent_email});  // there is no other yet
  with_second_address();
  (void)sign_in(parent_email);
  EXPECT_EQ(told(), std::vector<std::string>{second_email});
}

TEST_F(AddressesOfAccount, CodesThatHelpToSignInGoWhereItIsSafe) {
  with_second_address();
  set({.leaves_out_sign_in = true});
  const auto waiting = submit(start("reset_password"), fields({{"email", parent_email}}));
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails.front().to, second_email);
  const auto choosing = submit(*waiting, fields({{"code", mails.front().code()}}));
  EXPECT_TRUE(submit(*choosing, fields({{"new_password", other_password}}))->done);
}

TEST_F(AddressesOfAccount, APlainMailNamesNothing) {
  set({.plain = true});
  (void)sign_in(parent_email);
  (void)submit(start("reset_password"), fields({{"email", parent_email}}));
  const auto mails = read_mail();
  ASSERT_EQ(mails.size(), 2U);
  for (const ReadMail& mail : mails)
    for (const char* word : {"Casebridge", "casebridge", "http", "state", "child"})
      EXPECT_EQ((mail.subject + mail.text).find(word), std::string::npos) << mail.text;
  EXPECT_FALSE(mails.back().code().empty() && mails.front().code().empty());
}

TEST_F(AddressesOfAccount, TheCodeOfAPlainMailDoesWhatALinkDoes) {
  set({.plain = true});
  (void)sign_in(parent_email);
  const std::string text = read_mail().front().text;
  const std::size_t end = text.find_last_not_of('\n');
  const std::string code = text.substr(end - 42, 43);
  EXPECT_TRUE(submit(start("not_me"), fields({{"link_code", " " + code + " "}}))->done);
}

}  // namespace
}  // namespace casebridge::identity
