// What systems.yaml and overrides say about host services and forms, and what they must not say.
#include "core/switchboard/system_file.hpp"

#include <gtest/gtest.h>

#include "tests/support/state_folder.hpp"

namespace casebridge::switchboard {
namespace {

using testing::StateFolder;

Result<std::vector<SystemSetup>> read_with(const StateFolder& folder) {
  return read_systems(folder.path() + "/tx", "us-tx");
}

std::string complaint(const std::string& more) {
  const StateFolder folder({{"tx-one", "sample", "http://127.0.0.1:1", more}});
  const auto read = read_with(folder);
  return read ? std::string("none") : read.error().detail;
}

const std::string whole =
    "    client_tls: {certificate: tls/client.pem, key: /keys/client.key}\n"
    "    proxy: http://127.0.0.1:3128\n"
    "    assertion: {key: a.pem, issuer: 'https://g.example', audiences: ['urn:x'], lifetime_s: 120}\n"
    "    files: {inbound: drop/outgoing, outbound: drop/incoming, file_mib_max: 2}\n"
    "    kv: {entries_max: 7, kib_max: 3}\n"
    "    enrolment: {kind: mailed_pin, ssn_notice: why, fields: [{name: ssn_last4, type: digits}]}\n"
    "    recovery: {password: {channels: [email, post],\n"
    "      fields: [{name: user_name, type: text, secret: false}]}}\n";

TEST(SystemFile, TellsWhatHostServicesNeed) {
  const StateFolder folder({{"tx-one", "sample", "http://127.0.0.1:1", whole}});
  const auto read = read_with(folder);
  ASSERT_TRUE(read) << read.error().detail;
  const SystemSetup& setup = read->at(0);
  EXPECT_EQ(setup.client_certificate_file, folder.path() + "/tx/tls/client.pem");
  EXPECT_EQ(setup.client_key_file, "/keys/client.key");
  EXPECT_EQ(setup.proxy, "http://127.0.0.1:3128");
  EXPECT_EQ(setup.services.assertion->key_file, folder.path() + "/tx/a.pem");
  EXPECT_EQ(setup.services.assertion->lifetime, std::chrono::seconds{120});
  EXPECT_EQ(setup.services.assertion->authentication_level_min, 2);
  EXPECT_EQ(setup.services.files->inbound, folder.path() + "/tx/drop/outgoing");
  EXPECT_EQ(setup.services.files->file_bytes_max, 2U * 1024 * 1024);
  EXPECT_EQ(setup.services.kv.entries_max, 7);
  EXPECT_EQ(setup.services.kv.bytes_max, 3 * 1024);
  EXPECT_EQ(setup.info.enrolment->fields.at(0).name, "ssn_last4");
  EXPECT_FALSE(setup.info.recovery.at("password").fields.at(0).secret);
  EXPECT_EQ(setup.info.recovery.at("password").channels, (std::vector<std::string>{"email", "post"}));
}

TEST(SystemFile, IsOverriddenMemberByMember) {
  const StateFolder folder({{"tx-one", "sample", "http://127.0.0.1:1", whole}});
  auto read = read_with(folder);
  ASSERT_TRUE(read);
  const auto file = folder.write("o.yaml",
                                 "systems:\n  tx-one:\n    assertion: {key: other.pem, key_id: k2, "
                                 "fixed_subjects: {'0000700002': gw-sub-1}}\n"
                                 "    files: {inbound: /in, outbound: /out}\n");
  const auto applied = apply_overrides(file, *read);
  ASSERT_TRUE(applied) << applied.error().detail;
  const SystemSetup& setup = read->at(0);
  EXPECT_EQ(setup.services.assertion->key_file, folder.path() + "/other.pem");
  EXPECT_EQ(setup.services.assertion->issuer, "https://g.example");
  EXPECT_EQ(setup.services.assertion->key_id, "k2");
  EXPECT_EQ(setup.services.assertion->fixed_subjects.at("0000700002"), "gw-sub-1");
  EXPECT_EQ(setup.services.files->inbound, "/in");
  EXPECT_EQ(setup.client_key_file, "/keys/client.key");
}

TEST(SystemFile, IsRefusedByFileLineAndKey) {
  const std::pair<std::string, std::string> wrong[] = {
      {"    assertion: {key: a, lifetime_s: 301}\n", "assertion.lifetime_s"},
      {"    assertion: {secret: a}\n", "assertion.secret"},
      {"    files: {inbound: /in}\n", "files.outbound"},
      {"    kv: {entries: 1}\n", "kv.entries"},
      {"    client_tls: {certificate: a}\n", "client_tls.key"},
      {"    enrolment: {kind: mailed_pin, fields: [{name: ssn, type: digits}]}\n", "enrolment.ssn_notice"},
      {"    recovery: {memory: {fields: []}}\n", "recovery.memory"},
      {"    recovery: {pin: {fields: [], channels: [owl]}}\n", "recovery.pin.channels"}};
  for (const auto& [more, key] : wrong)
    EXPECT_NE(complaint(more).find("systems[0]." + key), std::string::npos) << complaint(more);
}

}  // namespace
}  // namespace casebridge::switchboard
