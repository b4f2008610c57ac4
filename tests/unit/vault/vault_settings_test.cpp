// The section `vault`: what it may say, and that a provider which does not answer does not keep a gateway
// down.
#include "core/vault/vault_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/vault/key_directory.hpp"

namespace casebridge::vault {
namespace {

using ::testing::HasSubstr;

Result<VaultSettings> read(const std::string& yaml) {
  const auto top = Settings::parse(yaml, "gateway.yaml");
  if (!top) return top.error();
  return read_vault_settings(*top, "/etc/casebridge");
}

std::string complaint(const std::string& yaml) {
  const auto settings = read(yaml);
  return settings ? "none" : settings.error().detail;
}

TEST(VaultSettings, WithoutTheSectionFilesHoldTheKeysAlone) {
  const auto settings = read("http: {}\n");
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->pkcs11);
  EXPECT_FALSE(settings->kms);
}

TEST(VaultSettings, NameATokenAndAServer) {
  const auto settings = read(
      "vault:\n  pkcs11: {module: /usr/lib/m.so, token: t, pin_file: secrets/pin}\n"
      "  kms: {url: \"https://kms.example:8443/v1/\", ca: ca.pem, token_file: /run/token, timeout_ms: "
      "700}\n");
  ASSERT_TRUE(settings) << settings.error().detail;
  EXPECT_EQ(settings->pkcs11->module, "/usr/lib/m.so");
  EXPECT_EQ(settings->pkcs11->pin_file, "/etc/casebridge/secrets/pin");
  EXPECT_EQ(settings->pkcs11->key_stem, "casebridge");
  EXPECT_EQ(settings->kms->server.origin, "https://kms.example:8443");
  EXPECT_EQ(settings->kms->path, "/v1");
  EXPECT_EQ(settings->kms->server.ca_file, "/etc/casebridge/ca.pem");
  EXPECT_EQ(settings->kms->server.token_file, "/run/token");
  EXPECT_EQ(settings->kms->server.timeout.count(), 700);
}

TEST(VaultSettings, ComplainWhereSomethingIsMissingOrTooMuch) {
  EXPECT_THAT(complaint("vault: {hsm: {}}\n"), HasSubstr("hsm"));
  EXPECT_THAT(complaint("vault: {pkcs11: {token: t, pin_file: p}}\n"), HasSubstr("module"));
  EXPECT_THAT(complaint("vault: {pkcs11: {module: m, token: t, pin_file: p, pin: \"1234\"}}\n"),
              HasSubstr("pin"));
  EXPECT_THAT(complaint("vault: {kms: {url: \"https://kms.example\"}}\n"), HasSubstr("token_file"));
  EXPECT_THAT(complaint("vault: {kms: {url: \"kms.example\", token_file: t}}\n"), HasSubstr("url"));
  EXPECT_THAT(complaint("vault: {kms: {url: \"https://kms.example\", client_certificate: c}}\n"),
              HasSubstr("go together"));
}

class SilentServer final : public ports::KeyServer {
 public:
  Result<ports::KeyServerAnswer> ask(std::string_view, std::string_view, const SecretBytes&) override {
    return trouble(TroubleCode::dependency_failed);
  }
};

TEST(VaultSettings, AServerThatDoesNotAnswerIsToldByHealthAlone) {
  testing::KeyDirectory directory;
  ASSERT_TRUE(KeyFiles::make(directory.keys()));
  VaultSettings settings;
  settings.kms = KmsSettings{};
  const auto ring =
      open_ring(KeyFiles::load(directory.keys()).value(), settings,
                [](const ports::KeyServerSettings&) -> Result<std::unique_ptr<ports::KeyServer>> {
                  return std::unique_ptr<ports::KeyServer>(std::make_unique<SilentServer>());
                });
  ASSERT_TRUE(ring);
  EXPECT_EQ((*ring)->current(), "seal-0001");
  EXPECT_FALSE((*ring)->health());
}

}  // namespace
}  // namespace casebridge::vault
