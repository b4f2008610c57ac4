// Configuration: the shipped file is good, and what is wrong is named by file, line and key.
#include "core/gateway/configuration.hpp"
#include "tests/support/places.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/base/settings_file.hpp"
#include "tests/unit/model/schema_check.hpp"

namespace casebridge::gateway {
namespace {

std::string shipped() {
  std::ifstream in(casebridge::tests::in_source("config/gateway.yaml"));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class ConfigurationFile : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& text) {
    const auto file = std::filesystem::path(::testing::TempDir()) / "configuration_test.yaml";
    std::ofstream(file) << text;
    return file;
  }
  std::string complaint(const std::string& from, const std::string& to) {
    std::string text = shipped();
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    const auto read = read_configuration(write(text));
    return read ? "" : read.error().detail;
  }
};

TEST_F(ConfigurationFile, ShippedFileIsGood) {
  const auto read = read_configuration(casebridge::tests::in_source("config/gateway.yaml"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->listeners.at(0).port, 8443);
  EXPECT_EQ(read->public_origin, "https://localhost:8443");
}

TEST_F(ConfigurationFile, PathsAreRelativeToTheFile) {
  const auto read = read_configuration(casebridge::tests::in_source("config/gateway.yaml"));
  ASSERT_TRUE(read);
  EXPECT_EQ(std::filesystem::weakly_canonical(read->states), casebridge::tests::in_source("states"));
}

TEST_F(ConfigurationFile, WrongPortIsNamedByFileLineAndKey) {
  const auto said = complaint("port: 8443", "port: 99999");
  EXPECT_NE(said.find("configuration_test.yaml:9: http.listen[0].port"), std::string::npos) << said;
}

TEST_F(ConfigurationFile, MisspeltSettingIsRefused) {
  EXPECT_NE(
      complaint("connections_max: 256", "conections_max: 256").find("http.conections_max: unknown setting"),
      std::string::npos);
}

TEST_F(ConfigurationFile, ReadsOfOneAddressAreLimitedUnlessToldOtherwise) {
  const auto read = read_configuration(casebridge::tests::in_source("config/gateway.yaml"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->reads_per_second_max, 500);
  const auto said = complaint("reads_per_second_max: 500", "reads_per_second_max: 0");
  EXPECT_NE(said.find("http.reads_per_second_max"), std::string::npos) << said;
}

TEST_F(ConfigurationFile, NobodyIsAProxyUnlessNamed) {
  const auto read = read_configuration(casebridge::tests::in_source("config/gateway.yaml"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->proxies.trusted.holds("127.0.0.1"));
  EXPECT_FALSE(read->proxies.trusted.holds(http::AddressSet::unix_socket));
  const std::string line = "  connections_max: 256\n";
  const auto named = read_configuration(write(std::string(shipped()).replace(
      shipped().find(line), line.size(), "  proxies: [10.0.0.0/8, unix]\n  forwarded_field: forwarded\n")));
  ASSERT_TRUE(named) << named.error().detail;
  EXPECT_TRUE(named->proxies.trusted.holds("10.1.2.3"));
  EXPECT_TRUE(named->proxies.trusted.holds(http::AddressSet::unix_socket));
  EXPECT_EQ(named->proxies.field, http::ForwardedField::forwarded);
  EXPECT_NE(complaint(line, "  proxies: [proxy.example]\n").find("http.proxies"), std::string::npos);
}

TEST_F(ConfigurationFile, ASocketFileIsAnAddressWithoutPortAndCertificate) {
  const std::string listener =
      "    - address: 127.0.0.1\n      port: 8443\n      certificate: ../build/local/tls/server.pem\n"
      "      key: ../build/local/tls/server.key\n";
  const auto file = write(std::string(shipped()).replace(shipped().find(listener), listener.size(),
                                                         "    - address: unix:http.sock\n"));
  const auto read = read_configuration(file);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->listeners.at(0).address, (file.parent_path() / "http.sock").string());
  EXPECT_NE(complaint("address: 127.0.0.1", "address: unix:http.sock").find("http.listen[0].port"),
            std::string::npos);
  EXPECT_NE(complaint("address: 127.0.0.1\n", "address: localhost\n").find("http.listen[0].address"),
            std::string::npos);
}

TEST_F(ConfigurationFile, LeaseOfAJobIsASettingWithBounds) {
  const auto read = read_configuration(casebridge::tests::in_source("config/gateway.yaml"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->job_lease_s.count(), 180);
  EXPECT_EQ(complaint("job_lease_s: 180", "job_lease_s: 3"), "");
  EXPECT_NE(complaint("job_lease_s: 180", "job_lease_s: 2").find("workers.job_lease_s"), std::string::npos);
}

TEST_F(ConfigurationFile, PublicOriginMustBeAnOrigin) {
  EXPECT_NE(complaint("https://localhost:8443", "https://localhost:8443/x").find("http.public_origin"),
            std::string::npos);
}

TEST_F(ConfigurationFile, PasskeysAreForTheHostOfThePublicOrigin) {
  const auto read = read_configuration(write(shipped()));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->passkeys.id, "localhost");
  EXPECT_EQ(read->passkeys.origins, std::vector<std::string>{"https://localhost:8443"});
}

TEST_F(ConfigurationFile, AnAddressIsNoDomainForPasskeys) {
  std::string text = shipped();
  text.replace(text.find("https://localhost:8443"), 22, "https://127.0.0.1:8443");
  const auto read = read_configuration(write(text));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->passkeys.id, "");
}

TEST_F(ConfigurationFile, OriginsOfPasskeysAreBelowTheirDomain) {
  const auto with = [&](const std::string& domain, const std::string& origin) {
    return read_configuration(write(shipped() + "sign_in: {passkey_domain: " + domain +
                                    ", passkey_origins: [\"" + origin + "\"]}\n"));
  };
  const auto good = with("gateway.example", "https://parents.gateway.example:8443");
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_EQ(good->passkeys.id, "gateway.example");
  for (const char* origin :
       {"https://evilgateway.example", "http://gateway.example", "https://gateway.example/",
        "https://gateway.example.evil.example", "http://localhost.gateway.example"}) {
    const auto bad = with("gateway.example", origin);
    ASSERT_FALSE(bad) << origin;
    EXPECT_NE(bad.error().detail.find("sign_in.passkey_origins"), std::string::npos);
  }
}

TEST_F(ConfigurationFile, MailWithoutEncryptionStaysOnThisMachine) {
  EXPECT_NE(complaint("  host: 127.0.0.1", "  host: mail.example").find("mail.starttls"), std::string::npos);
}

TEST_F(ConfigurationFile, PasswordOfTheDatabaseStaysOutOfTheFile) {
  for (const char* url :
       {"postgresql:dbname=casebridge password=plum", "postgresql://me:plum@db.example/c"}) {
    const auto said = complaint("sqlite:../build/local/casebridge.db", '"' + std::string(url) + '"');
    EXPECT_NE(said.find("storage.url"), std::string::npos) << said;
    EXPECT_EQ(said.find("plum"), std::string::npos);
  }
}

TEST_F(ConfigurationFile, PasswordFileIsRelativeToTheFile) {
  const auto file = write(std::string(shipped()).replace(shipped().find("  connections_max: 8"), 0,
                                                         "  password_file: secrets/db\n"));
  const auto read = read_configuration(file);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->database_password_file, file.parent_path() / "secrets/db");
}

TEST_F(ConfigurationFile, ThrottleRulesNotNamedKeepTheirValues) {
  const auto read =
      read_configuration(write(shipped() + "throttle: {address: {tries_max: 600, window_s: 30}}\n"));
  ASSERT_TRUE(read) << read.error().detail;
  const identity::ThrottleRules shipped_rules{};
  EXPECT_EQ(read->throttle.address.tries_max, 600);
  EXPECT_EQ(read->throttle.address.window, std::chrono::seconds(30));
  EXPECT_EQ(read->throttle.address.name, shipped_rules.address.name);
  EXPECT_EQ(read->throttle.account.tries_max, shipped_rules.account.tries_max);
  EXPECT_EQ(read->throttle.account.first_lock, shipped_rules.account.first_lock);
}

TEST_F(ConfigurationFile, ThrottleThatAllowsNothingIsRefused) {
  const auto read = read_configuration(write(shipped() + "throttle: {address: {tries_max: 0}}\n"));
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().detail.find("throttle.address.tries_max"), std::string::npos);
}

TEST_F(ConfigurationFile, WithoutAWordASecondFactorIsRequired) {
  const auto silent = read_configuration(write(shipped()));
  const auto offered = read_configuration(write(shipped() + "sign_in: {second_factor: offered}\n"));
  const auto wrong = read_configuration(write(shipped() + "sign_in: {second_factor: never}\n"));
  ASSERT_TRUE(silent && offered);
  EXPECT_TRUE(silent->second_factor_required);
  EXPECT_FALSE(offered->second_factor_required);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().detail.find("sign_in.second_factor"), std::string::npos);
}

TEST_F(ConfigurationFile, ReadsHowASecondFactorIsAskedFor) {
  const auto read = read_configuration(write(shipped() + "sign_in: {step_up_s: 300, totp_steps_around: 0}\n"
                                                         "throttle: {app_codes: {tries_max: 3}}\n"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->step_up_age, std::chrono::seconds(300));
  EXPECT_EQ(read->totp_steps_around, 0);
  EXPECT_EQ(read->throttle.app_codes.tries_max, 3);
  EXPECT_EQ(read->throttle.recovery_codes.tries_max, 10);
  const auto wide = read_configuration(write(shipped() + "sign_in: {totp_steps_around: 2}\n"));
  ASSERT_FALSE(wide);
  EXPECT_NE(wide.error().detail.find("sign_in.totp_steps_around"), std::string::npos);
}

TEST(SettingsSchema, ShippedFilesFollowIt) {
  const model::SchemaCheck schema("config/gateway.json");
  for (const char* file : {"gateway.yaml", "production.yaml"}) {
    const auto settings = Settings::load(casebridge::tests::in_source("config/") + file);
    ASSERT_TRUE(settings) << file;
    EXPECT_TRUE(schema.accepts(nlohmann::json::parse(settings->json()))) << file;
  }
  EXPECT_FALSE(schema.accepts(nlohmann::json{{"http", nlohmann::json::object()}}));
}

TEST_F(ConfigurationFile, UnknownDatabaseIsRefused) {
  EXPECT_NE(complaint("sqlite:../build", "oracle:../build").find("storage.url"), std::string::npos);
}

TEST_F(ConfigurationFile, OperatorsMayBeHeldStricterAndNotLaxer) {
  const auto usual = read_configuration(write(shipped()));
  ASSERT_TRUE(usual);
  EXPECT_EQ(usual->operators.tries_max, 3);
  EXPECT_EQ(usual->operators.window, std::chrono::minutes(120));
  EXPECT_EQ(usual->operators.lock, std::chrono::minutes(15));
  EXPECT_EQ(usual->operators.inactive_after, std::chrono::hours(24 * 120));
  const auto read = read_configuration(
      write(shipped() +
            "operators: {tries_max: 2, lock_s: 3600, idle_s: 300, step_up_s: 60, inactive_days: 30}\n"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->operators.tries_max, 2);
  EXPECT_EQ(read->operators.idle, std::chrono::minutes(5));
  EXPECT_EQ(read->operators.inactive_after, std::chrono::hours(24 * 30));
  for (const char* lax :
       {"tries_max: 6", "lock_s: 899", "idle_s: 119", "idle_s: 901", "step_up_s: 1201", "inactive_days: 366"})
    EXPECT_FALSE(read_configuration(write(shipped() + "operators: {" + lax + "}\n"))) << lax;
  const auto shorter = read_configuration(write(shipped() + "sign_in: {step_up_s: 60}\n"));
  ASSERT_TRUE(shorter) << shorter.error().detail;
  EXPECT_EQ(shorter->operators.step_up_age, std::chrono::minutes(1));  // not laxer than for parents
}

}  // namespace
}  // namespace casebridge::gateway
