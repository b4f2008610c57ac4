// Answers of browsers: what is malformed, cut short, too long or ambiguous is not read at all.
#include "core/identity/passkey_answer.hpp"

#include <gtest/gtest.h>

#include "tests/support/software_authenticator.hpp"

namespace casebridge::identity {
namespace {

using tests::SoftwareAuthenticator;
using tests::to_base64url;
using tests::Twist;

constexpr const char* challenge = "Y2hhbGxlbmdl";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}
// The value of a member whose value is a text.
std::string member(const std::string& json, const std::string& name) {
  const std::size_t begin = json.find('"' + name + "\":\"") + name.size() + 4;
  return json.substr(begin, json.find('"', begin) - begin);
}

TEST(PasskeyAnswer, WhatIsNeededMustBeThere) {
  SoftwareAuthenticator device;
  const std::string made = device.create(challenge), used = device.get(challenge, "handle");
  ASSERT_TRUE(read_registration(made));
  ASSERT_TRUE(read_assertion(used));
  for (const char* name :
       {"\"id\"", "\"rawId\"", "\"type\"", "\"response\"", "\"clientDataJSON\"", "\"attestationObject\""})
    EXPECT_FALSE(read_registration(replaced(made, name, "\"gone\""))) << name;
  for (const char* name : {"\"id\"", "\"rawId\"", "\"type\"", "\"response\"", "\"clientDataJSON\"",
                           "\"authenticatorData\"", "\"signature\""})
    EXPECT_FALSE(read_assertion(replaced(used, name, "\"gone\""))) << name;
}

TEST(PasskeyAnswer, WhatIsNotNeededMayBeAnything) {
  SoftwareAuthenticator device;
  const std::string made = device.create(challenge);
  EXPECT_TRUE(read_registration(replaced(made, R"("platform")", "null")));
  EXPECT_TRUE(read_registration(replaced(made, R"("transports":[)", R"("transports":[7,null,)")));
  EXPECT_TRUE(read_registration(replaced(made, R"("clientExtensionResults":{})", R"("x":[1])")));
  const std::string used = device.get(challenge, "handle");
  const auto handle = R"("userHandle":")" + member(used, "userHandle") + '"';
  const auto without = read_assertion(replaced(used, handle, R"("userHandle":null)"));
  ASSERT_TRUE(without);
  EXPECT_FALSE(without->user_handle);
}

TEST(PasskeyAnswer, OneAnswerIsNotTakenForTheOther) {
  SoftwareAuthenticator device;
  EXPECT_FALSE(read_assertion(device.create(challenge)));
  EXPECT_FALSE(read_registration(device.get(challenge, "handle")));
  Twist with_credential;
  with_credential.flags_on = 0x40;
  EXPECT_FALSE(read_assertion(device.get(challenge, "handle", with_credential)));
  Twist without_credential;
  without_credential.flags_off = 0x40;
  EXPECT_FALSE(read_registration(device.create(challenge, without_credential)));
}

TEST(PasskeyAnswer, JsonIsReadStrictly) {
  SoftwareAuthenticator device;
  const std::string made = device.create(challenge);
  EXPECT_FALSE(read_registration(""));
  EXPECT_FALSE(read_registration("[]"));
  EXPECT_FALSE(read_registration(made + " x"));
  EXPECT_FALSE(read_registration(made.substr(0, made.size() - 1)));
  EXPECT_FALSE(read_registration(replaced(made, R"("public-key")", R"("public_key")")));
  EXPECT_FALSE(read_registration(replaced(made, R"({"id":)", R"({"id":"AAAA","id":)")));
  EXPECT_FALSE(read_registration(replaced(made, R"("rawId":")", R"("rawId":"AAAA)")));
  EXPECT_FALSE(read_registration(replaced(made, R"("clientDataJSON":")", R"("clientDataJSON":"=)")));
  EXPECT_FALSE(read_registration(made + std::string(passkey_answer_bytes_max, ' ')));
}

TEST(PasskeyAnswer, ClientDataAreReadStrictly) {
  SoftwareAuthenticator device;
  const std::string made = device.create(challenge), said = member(made, "clientDataJSON");
  const auto with = [&](const std::string& client) {
    return read_registration(replaced(made, said, to_base64url(client))).has_value();
  };
  const std::string type = R"("type":"webauthn.create")", origin = R"("origin":"https://gateway.example")";
  const std::string asked = R"("challenge":"AAAA")";
  EXPECT_TRUE(with("{" + type + "," + asked + "," + origin + "}"));
  EXPECT_FALSE(with("{" + asked + "," + origin + "}"));
  EXPECT_FALSE(with("{" + type + "," + origin + "}"));
  EXPECT_FALSE(with("{" + type + "," + asked + "}"));
  EXPECT_FALSE(with("{" + type + "," + asked + "," + origin + "," + origin + "}"));
  EXPECT_FALSE(with("{" + type + "," + asked + "," + origin + R"(,"crossOrigin":"false"})"));
  EXPECT_FALSE(with("{" + type + R"(,"challenge":5,)" + origin + "}"));
  EXPECT_FALSE(with("\xEF\xBB\xBF{" + type + "," + asked + "," + origin + "}"));
  EXPECT_FALSE(with("{" + type + "," + asked + "," + origin + ",\"x\":\"\xFF\"}"));
  EXPECT_FALSE(with("[]"));
}

TEST(PasskeyAnswer, AuthenticatorDataEndWhereTheyEnd) {
  SoftwareAuthenticator device;
  Twist twist;
  twist.trailing = std::string(1, '\0');
  EXPECT_FALSE(read_registration(device.create(challenge, twist)));
  EXPECT_FALSE(read_assertion(device.get(challenge, "handle", twist)));
  twist = {};
  twist.flags_on = tests::flag_extensions;  // announced, but not there
  EXPECT_FALSE(read_registration(device.create(challenge, twist)));
  EXPECT_FALSE(read_assertion(device.get(challenge, "handle", twist)));
}

TEST(PasskeyAnswer, EveryAuthenticatorDataThatIsCutShortIsRefused) {
  SoftwareAuthenticator device;
  const auto whole = read_registration(device.create(challenge))->authenticator.octets;
  ASSERT_TRUE(read_authenticator_data(whole));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(read_authenticator_data(whole.substr(0, size))) << size;
}

TEST(PasskeyAnswer, AStatementIsNotLookedAtUnlessThereShouldBeNone) {
  SoftwareAuthenticator device;
  Twist twist;
  twist.statement = std::string(
      "\xA1\x63"
      "alg"
      "\x26");
  EXPECT_FALSE(read_registration(device.create(challenge, twist)));
  twist.format = "packed";
  EXPECT_TRUE(read_registration(device.create(challenge, twist)));
  twist.statement = "\x01";
  EXPECT_FALSE(read_registration(device.create(challenge, twist)));
}

TEST(PasskeyAnswer, AHandleHasAtMostSixtyFourOctets) {
  SoftwareAuthenticator device;
  EXPECT_TRUE(read_assertion(device.get(challenge, std::string(64, 'h'))));
  EXPECT_FALSE(read_assertion(device.get(challenge, std::string(65, 'h'))));
}

TEST(CborMap, TakesOneMapInThePlainFormAndNothingElse) {
  using namespace std::string_literals;
  for (const std::string& good :
       {"\xA0"s, "\xA1\x01\x02"s, "\xA1\x20\x41\x00"s, "\xA1\x61k\xA1\x01\x82\x01\x02"s,
        "\xB8\x01\x18\x64\xF6"s, "\xA1\x01\xFB\x00\x00\x00\x00\x00\x00\x00\x00"s})
    EXPECT_TRUE(read_cbor_map(good)) << to_base64url(good);
  for (const std::string& bad :
       {""s, "\x01"s, "\x80"s, "\xA0\x00"s, "\xA1\x01"s, "\xA2\x01\x02\x01\x03"s, "\xBF\xFF"s,
        "\xA1\x01\x5F\xFF"s, "\xA1\x01\x9F\xFF"s, "\xA1\x01\xC1\x01"s, "\xA1\x01\x42\x00"s, "\xA1\xF6\x01"s,
        "\xBB\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s, "\xA1\x01\x9A\x7F\xFF\xFF\xFF"s, "\xA1\x01\x1C"s,
        "\xA1\x01\x81\x81\x81\x81\x81\x01"s})
    EXPECT_FALSE(read_cbor_map(bad)) << to_base64url(bad);
}

TEST(CborMap, TellsNumbersOnlyAsFarAsTheyFit) {
  using namespace std::string_literals;
  const auto map = read_cbor_map("\xA3\x01\x39\x01\x00\x02\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x03\x61z"s);
  ASSERT_TRUE(map);
  EXPECT_EQ(find_in(*map, std::int64_t{1}, CborValue::Kind::integer)->integer, -257);
  EXPECT_EQ(find_in(*map, std::int64_t{2}, CborValue::Kind::integer), nullptr);
  EXPECT_EQ(find_in(*map, std::int64_t{3}, CborValue::Kind::integer), nullptr);
  EXPECT_EQ(find_in(*map, std::int64_t{3}, CborValue::Kind::text)->octets, "z");
  EXPECT_EQ(find_in(*map, std::string("1"), CborValue::Kind::integer), nullptr);
}

}  // namespace
}  // namespace casebridge::identity
