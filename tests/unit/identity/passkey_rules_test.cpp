// Passkeys: each rule refuses what breaks it, in its turn; keys of all three kinds are believed.
#include "core/identity/passkey_rules.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/software_authenticator.hpp"

namespace casebridge::identity {
namespace {

using tests::KeyKind;
using tests::SoftwareAuthenticator;
using tests::Twist;

const std::string challenge = "Zm9ydHktdGhyZWUgY2hhcmFjdGVycyBvZiBiYXNlNjR1cmw";
const std::string handle(64, 'h');
const PasskeyParty party{"gateway.example", {"https://gateway.example", "https://gateway.example:8443"}};

std::string name_of(PasskeyFault fault) {
  static const char* const names[] = {"type",     "challenge",    "origin",  "cross_origin", "party",
                                      "presence", "verification", "backup",  "credential",   "algorithm",
                                      "key",      "signature",    "counter", "user_handle"};
  return names[static_cast<int>(fault)];
}

std::string registering(SoftwareAuthenticator& device, const Twist& twist = {}, bool taken = false,
                        const PasskeyParty& at = party) {
  const auto answer = read_registration(device.create(challenge, twist));
  if (!answer) return "unreadable";
  const auto checked = check_registration(at, challenge, *answer, taken);
  return checked.index() == 0 ? "good" : name_of(std::get<1>(checked));
}

KnownPasskey known_from(SoftwareAuthenticator& device) {
  const auto answer = read_registration(device.create(challenge));
  const auto made = std::get<0>(check_registration(party, challenge, *answer, false));
  return {made.key, made.sign_count, made.backup_eligible, handle};
}

std::string using_it(SoftwareAuthenticator& device, const std::optional<KnownPasskey>& known,
                     const Twist& twist = {}, bool handle_required = true) {
  const auto answer = read_assertion(device.get(challenge, handle, twist));
  if (!answer) return "unreadable";
  const auto checked = check_assertion(party, challenge, *answer, known, handle_required);
  return checked.index() == 0 ? "good" : name_of(std::get<1>(checked));
}

TEST(PasskeyRules, KeysOfAllOfferedKindsAreMadeAndUsed) {
  for (const KeyKind kind : {KeyKind::es256, KeyKind::eddsa, KeyKind::rs256}) {
    SoftwareAuthenticator device(kind);
    EXPECT_EQ(registering(device), "good");
    EXPECT_EQ(using_it(device, known_from(device)), "good");
  }
}

TEST(PasskeyRules, ANewPasskeySaysWhatItIs) {
  SoftwareAuthenticator device(KeyKind::eddsa);
  device.flags |= tests::flag_backup_eligible | tests::flag_backed_up;
  device.sign_count = 7;
  const auto answer = read_registration(device.create(challenge));
  ASSERT_TRUE(answer);
  const auto made = std::get<0>(check_registration(party, challenge, *answer, false));
  EXPECT_EQ(made.credential_id, device.id());
  EXPECT_EQ(made.key.algorithm, cose_eddsa);
  EXPECT_EQ(made.key.octets.size(), 32U);
  EXPECT_EQ(made.sign_count, 7U);
  EXPECT_TRUE(made.backup_eligible);
  EXPECT_TRUE(made.backed_up);
  EXPECT_EQ(made.transports, (std::vector<std::string>{"internal", "hybrid"}));
}

// What breaks one rule each, in the order of the rules.
struct Broken {
  std::string fault;
  std::function<void(Twist&)> by;
};
std::vector<Broken> shared_rules(const std::string& other_type) {
  return {{"type", [other_type](Twist& t) { t.type = other_type; }},
          {"challenge", [](Twist& t) { t.challenge = "YW5vdGhlciBjaGFsbGVuZ2U"; }},
          {"origin", [](Twist& t) { t.origin = "https://gateway.example.evil.example"; }},
          {"cross_origin", [](Twist& t) { t.client_members = R"(,"topOrigin":"https://gateway.example")"; }},
          {"party", [](Twist& t) { t.rp_id = "evil.example"; }},
          {"presence", [](Twist& t) { t.flags_off |= tests::flag_present; }},
          {"verification", [](Twist& t) { t.flags_off |= tests::flag_verified; }},
          {"backup", [](Twist& t) { t.flags_on |= tests::flag_backed_up; }}};
}

TEST(PasskeyRules, EachSharedRuleRefusesInItsTurn) {
  SoftwareAuthenticator device;
  const KnownPasskey known = known_from(device);
  const auto making = shared_rules("webauthn.get"), using_rules = shared_rules("webauthn.create");
  for (std::size_t first = 0; first < making.size(); ++first) {
    Twist alone_made, all_made, alone_used, all_used;
    making[first].by(alone_made);
    using_rules[first].by(alone_used);
    for (std::size_t i = first; i < making.size(); ++i) making[i].by(all_made), using_rules[i].by(all_used);
    all_used.flip_signature = true;
    EXPECT_EQ(registering(device, alone_made), making[first].fault);
    EXPECT_EQ(registering(device, all_made, true), making[first].fault);
    EXPECT_EQ(using_it(device, known, alone_used), making[first].fault);
    EXPECT_EQ(using_it(device, std::nullopt, all_used), making[first].fault);
  }
}

TEST(PasskeyRules, AnOriginIsComparedOctetByOctet) {
  SoftwareAuthenticator device;
  for (const char* origin :
       {"http://gateway.example", "https://gateway.example:443", "https://GATEWAY.example",
        "https://gateway.example/", "https://www.gateway.example", "https://gateway.example.", "null", ""}) {
    Twist twist;
    twist.origin = origin;
    EXPECT_EQ(registering(device, twist), "origin") << origin;
  }
  Twist second;
  second.origin = "https://gateway.example:8443";
  EXPECT_EQ(registering(device, second), "good");
}

TEST(PasskeyRules, AFrameOfAnotherSiteIsRefused) {
  SoftwareAuthenticator device;
  const KnownPasskey known = known_from(device);
  Twist twist;
  twist.client_members = R"(,"topOrigin":null)";
  EXPECT_EQ(using_it(device, known, twist), "cross_origin");
  twist.client_members = R"(,"crossOrigin":true)";  // a second one
  EXPECT_EQ(using_it(device, known, twist), "unreadable");
  twist.client_members.clear();
  twist.cross_origin = true;
  EXPECT_EQ(using_it(device, known, twist), "cross_origin");
  EXPECT_EQ(registering(device, twist), "cross_origin");
}

TEST(PasskeyRules, ACredentialIsNewAndNamedOnce) {
  SoftwareAuthenticator device, longest(KeyKind::es256, 1023), too_long(KeyKind::es256, 1024);
  EXPECT_EQ(registering(device, {}, true), "credential");
  EXPECT_EQ(registering(longest), "good");
  EXPECT_EQ(registering(too_long), "credential");
  Twist other;
  other.named = "another id";
  EXPECT_EQ(registering(device, other), "credential");
}

TEST(PasskeyRules, OnlyOfferedAlgorithmsAndRealKeysAreTaken) {
  SoftwareAuthenticator device;
  Twist twist;
  for (const std::int64_t algorithm : {-35, -36, -47, -37, -65535, 0, 5}) {
    twist.algorithm = algorithm;
    EXPECT_EQ(registering(device, twist), "algorithm") << algorithm;
  }
  twist.algorithm = cose_rs256;  // the key is of another kind
  EXPECT_EQ(registering(device, twist), "key");
  Twist nowhere;  // a point that is not on the curve
  nowhere.key = std::string("\xA5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + std::string(32, '\x01') +
                std::string("\x22\x58\x20", 3) + std::string(32, '\x02');
  EXPECT_EQ(registering(device, nowhere), "key");
}

TEST(PasskeyRules, UseOfAnUnknownPasskeyIsRefused) {
  SoftwareAuthenticator device;
  EXPECT_EQ(using_it(device, std::nullopt), "credential");
}

TEST(PasskeyRules, BackupEligibilityNeverChanges) {
  SoftwareAuthenticator device;
  KnownPasskey known = known_from(device);
  Twist twist;
  twist.flags_on = tests::flag_backup_eligible;
  EXPECT_EQ(using_it(device, known, twist), "backup");
  known.backup_eligible = true;
  EXPECT_EQ(using_it(device, known), "backup");
  EXPECT_EQ(using_it(device, known, twist), "good");
}

TEST(PasskeyRules, NothingThatIsSignedCanBeChanged) {
  for (const KeyKind kind : {KeyKind::es256, KeyKind::eddsa, KeyKind::rs256}) {
    SoftwareAuthenticator device(kind), other(kind);
    const KnownPasskey known = known_from(device);
    Twist twist;
    twist.flip_signature = true;
    EXPECT_EQ(using_it(device, known, twist), "signature");
    EXPECT_EQ(using_it(other, known), "signature");
    const auto good = read_assertion(device.get(challenge, handle));
    AssertionAnswer counted = *good;
    counted.authenticator.octets[36] = '\x09';
    EXPECT_EQ(std::get<1>(check_assertion(party, challenge, counted, known, true)), PasskeyFault::signature);
    AssertionAnswer retold = *good;
    retold.client.digest[0] = static_cast<char>(retold.client.digest[0] ^ 1);
    EXPECT_EQ(std::get<1>(check_assertion(party, challenge, retold, known, true)), PasskeyFault::signature);
    KnownPasskey confused = known;
    confused.key.algorithm = kind == KeyKind::es256 ? cose_eddsa : cose_es256;
    EXPECT_EQ(std::get<1>(check_assertion(party, challenge, *good, confused, true)), PasskeyFault::signature);
  }
}

TEST(PasskeyRules, ACounterThatFallsBackIsRefusedWhereBothCount) {
  SoftwareAuthenticator device;
  KnownPasskey known = known_from(device);
  Twist twist;
  const auto at = [&](std::uint32_t before, std::uint32_t now) {
    known.sign_count = before;
    twist.sign_count = now;
    return using_it(device, known, twist);
  };
  EXPECT_EQ(at(0, 0), "good");
  EXPECT_EQ(at(0, 5), "good");
  EXPECT_EQ(at(5, 6), "good");
  EXPECT_EQ(at(5, 5), "counter");
  EXPECT_EQ(at(5, 4), "counter");
  EXPECT_EQ(at(0xFFFFFFFFU, 1), "counter");
  EXPECT_EQ(at(5, 0), "good");
}

TEST(PasskeyRules, ACounterThatStopsIsToldAndKept) {
  SoftwareAuthenticator device;
  KnownPasskey known = known_from(device);
  known.sign_count = 5;
  const auto answer = read_assertion(device.get(challenge, handle));
  const auto use = std::get<0>(check_assertion(party, challenge, *answer, known, true));
  EXPECT_TRUE(use.counter_fell_back);
  EXPECT_EQ(use.sign_count, 5U);
}

TEST(PasskeyRules, TheHandleMustBeTheAccounts) {
  SoftwareAuthenticator device;
  KnownPasskey known = known_from(device);
  Twist without;
  without.without_handle = true;
  EXPECT_EQ(using_it(device, known, without), "user_handle");
  EXPECT_EQ(using_it(device, known, without, false), "good");
  known.user_handle = std::string(64, 'x');
  EXPECT_EQ(using_it(device, known), "user_handle");
  EXPECT_EQ(using_it(device, known, {}, false), "user_handle");
}

TEST(PasskeyRules, WhatAnAuthenticatorAddsUnaskedIsCarriedAndMeansNothing) {
  SoftwareAuthenticator device;
  Twist twist;
  twist.extensions =
      "\xA1\x6B"
      "credProtect"
      "\x02";
  EXPECT_EQ(registering(device, twist), "good");
  twist.extensions =
      "\xA1\x65"
      "other"
      "\xF5";
  EXPECT_EQ(using_it(device, known_from(device), twist), "good");
}

TEST(PasskeyRules, WithoutAPartyNothingIsBelieved) {
  SoftwareAuthenticator device;
  EXPECT_EQ(registering(device, {}, false, {}), "origin");
  EXPECT_EQ(registering(device, {}, false, {"", {"https://gateway.example"}}), "party");
}

}  // namespace
}  // namespace casebridge::identity
