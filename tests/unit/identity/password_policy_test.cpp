// New passwords: which are taken, and what people are told about the others.
#include "core/identity/password_policy.hpp"

#include <gtest/gtest.h>

#include "core/identity/normal_form.hpp"
#include "core/identity/personal_words.hpp"
#include "tests/support/places.hpp"

namespace casebridge::identity {
namespace {

class PasswordPolicyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = PasswordPolicy::load(casebridge::tests::in_source("config/passwords/common.txt"));
    ASSERT_TRUE(loaded);
    policy_ = std::move(loaded).value();
  }
  std::string told(std::string_view password) {
    const auto normal = normal_form(SecretBytes::copy_of(password));
    if (!normal) return "not UTF-8";
    return policy_.refusal(*normal, personal_words("maria.gonzalez@mail.example")).value_or("taken");
  }
  PasswordPolicy policy_{{}};
};

TEST_F(PasswordPolicyTest, TakesPhrasesOfEveryScript) {
  EXPECT_EQ(told("violet teapot under snow"), "taken");
  EXPECT_EQ(told("kd83!xLq92#mz"), "taken");
  EXPECT_EQ(told("гора синий чайник дождь"), "taken");
  EXPECT_EQ(told("lluvia sobre tejados azules"), "taken");
}

TEST_F(PasswordPolicyTest, CountsCodePointsAndNotOctets) {
  EXPECT_EQ(told("kd83!xLq92#"), "flow.password.too_short");
  EXPECT_EQ(told("ñéíóúñéíóúñ"), "flow.password.too_short");
  std::string long_one;
  for (int i = 0; i < 128; ++i) long_one += std::string(1, static_cast<char>('!' + (i * 37) % 90));
  EXPECT_EQ(told(long_one), "taken");
  EXPECT_EQ(told(long_one + "x"), "flow.password.too_long");
}

TEST_F(PasswordPolicyTest, RefusesWhatIsTriedFirst) {
  EXPECT_EQ(told("Password1234"), "flow.password.too_common");
  EXPECT_EQ(told("correcthorsebatterystaple"), "flow.password.too_common");
  EXPECT_EQ(told("qwertyuiop123"), "flow.password.too_common");
}

TEST_F(PasswordPolicyTest, RefusesWhatIsMadeOfTheServiceOrThePerson) {
  EXPECT_EQ(told("casebridge-childsupport-Texas"), "flow.password.too_common");
  EXPECT_EQ(told("MariaGonzalez2026"), "flow.password.too_common");
  EXPECT_EQ(told("maria.gonzalez@mail.example"), "flow.password.too_common");
}

TEST_F(PasswordPolicyTest, RefusesWhatIsEasyToGuess) {
  EXPECT_EQ(told("aaaaaaaaaaaaaaaaa"), "flow.password.too_weak");
  EXPECT_EQ(told("abcdefghijklmnop"), "flow.password.too_weak");
}

TEST_F(PasswordPolicyTest, AListThatIsNotThereIsFoundAtStart) {
  EXPECT_EQ(PasswordPolicy::load("/nowhere/list").error().code, TroubleCode::dependency_failed);
}

TEST(NormalForm, MakesOneOfWhatLooksTheSame) {
  const auto form = [](std::string_view text) {
    const auto normal = normal_form(SecretBytes::copy_of(text));
    return normal ? std::string(normal->reveal()) : "none";
  };
  EXPECT_EQ(form("e\u0301"), "\u00e9");
  EXPECT_EQ(form("\uff21\ufb01"), "Afi");
  EXPECT_EQ(form("plain"), "plain");
  EXPECT_EQ(form(""), "");
  EXPECT_EQ(form("\xff\xfe"), "none");
  std::string longest;
  for (int i = 0; i < 170; ++i) longest += "\ufdfa";
  EXPECT_EQ(form(longest).size(), 170U * 33U);
}

}  // namespace
}  // namespace casebridge::identity
