// Keys of a key server: asked over HTTP and over TLS with both proofs, in time or not at all.
#include "core/vault/kms_keys.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <fstream>

#include "core/base/crypto.hpp"
#include "core/switchboard/key_server_client.hpp"
#include "tests/unit/vault/key_directory.hpp"
#include "tests/unit/vault/key_server_process.hpp"

namespace casebridge::vault {
namespace {

using switchboard::KeyServerClient;
using testing::KeyServerProcess;

WrapContext context(const std::string& binding = "68657265") {
  return WrapContext::of({{"key", "records-0001"}, {"binding", binding}});
}

class KmsKeysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(directory_.keys());
    write("token", "aGVyZSBpdCBpcw\n");
  }
  std::string file(const std::string& name) const { return (directory_.keys() / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(file(name)) << text;
    ::chmod(file(name).c_str(), 0400);
  }
  void start(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"--keys", "records-0001", "records-0002", "--token-file", file("token")};
    words.insert(words.end(), more.begin(), more.end());
    server_ = std::make_unique<KeyServerProcess>(words);
  }
  ports::KeyServerSettings settings(const std::string& scheme = "http") const {
    ports::KeyServerSettings made;
    made.origin = server_->origin(scheme);
    made.token_file = file("token");
    made.timeout = std::chrono::seconds(5);
    return made;
  }
  std::unique_ptr<KmsKeys> open(const ports::KeyServerSettings& settings) {
    return std::make_unique<KmsKeys>(KeyServerClient::open(settings).value(), "/kms");
  }
  void set_mood(const std::string& json) {
    auto door = KeyServerClient::open(settings()).value();
    ASSERT_EQ(door->ask("POST", "/mood", SecretBytes::copy_of(json))->status, 200);
  }
  // A pair for 127.0.0.1 that signs itself.
  void make_certificate(const std::string& name) const {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 " +
        std::string("-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout ") +
        file(name + ".key") + " -out " + file(name + ".pem") + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: our own words
    ::chmod(file(name + ".key").c_str(), 0400);
  }
  static bool round_trip(KmsKeys& keys) {
    const SecretBytes data_key = crypto::random_secret(32);
    const auto wrapped = keys.wrap("records-0001", data_key, context());
    if (!wrapped) return false;
    const auto back = keys.unwrap("records-0001", *wrapped, context());
    return back && back->equals(data_key);
  }
  testing::KeyDirectory directory_;
  std::unique_ptr<KeyServerProcess> server_;
};

TEST_F(KmsKeysTest, WrapsAndUnwrapsWithTheSameKeyAndContextOnly) {
  start();
  const auto keys = open(settings());
  ASSERT_TRUE(keys->look_again());
  EXPECT_EQ(keys->list(), (std::vector<std::string>{"records-0001", "records-0002"}));
  EXPECT_TRUE(round_trip(*keys));
  const SecretBytes data_key = crypto::random_secret(32);
  const auto wrapped = keys->wrap("records-0001", data_key, context());
  ASSERT_TRUE(wrapped);
  const auto elsewhere = keys->unwrap("records-0001", *wrapped, context("7468657265"));
  const auto other_key = keys->unwrap("records-0002", *wrapped, context());
  const auto no_key = keys->unwrap("records-0003", *wrapped, context());
  for (const auto* refused : {&elsewhere, &other_key, &no_key})
    EXPECT_EQ(refused->error().detail, does_not_open().detail);
}

TEST_F(KmsKeysTest, AContextWithoutNamesIsNotAsked) {
  start();
  EXPECT_FALSE(open(settings())->wrap("records-0001", crypto::random_secret(32), {"octets alone", {}}));
}

TEST_F(KmsKeysTest, WithoutTheTokenItCannotBeAsked) {
  start();
  ::chmod(file("token").c_str(), 0600);
  write("other", "somebody else\n");
  auto wrong = settings();
  wrong.token_file = file("other");
  EXPECT_EQ(open(wrong)->health().error().code, TroubleCode::dependency_failed);
}

TEST_F(KmsKeysTest, SpeaksTlsWithATokenAndWithACertificate) {
  make_certificate("server");
  make_certificate("client");
  start({"--certificate", file("server.pem"), "--key", file("server.key")});
  auto over_tls = settings("https");
  EXPECT_FALSE(open(over_tls)->health()) << "nobody vouches for its certificate";
  over_tls.ca_file = file("server.pem");
  EXPECT_TRUE(round_trip(*open(over_tls)));
  server_ = std::make_unique<KeyServerProcess>(std::vector<std::string>{
      "--certificate", file("server.pem"), "--key", file("server.key"), "--client-ca", file("client.pem")});
  auto mutual = settings("https");
  mutual.ca_file = file("server.pem");
  EXPECT_FALSE(open(mutual)->health()) << "it wants a certificate";
  mutual.token_file.clear();
  mutual.certificate_file = file("client.pem");
  mutual.key_file = file("client.key");
  EXPECT_TRUE(round_trip(*open(mutual)));
}

TEST_F(KmsKeysTest, ASlowServerIsGivenUpInTimeAndThenLeftAlone) {
  start();
  const auto wrapped = open(settings())->wrap("records-0001", crypto::random_secret(32), context());
  ASSERT_TRUE(wrapped);
  set_mood(R"({"delay_s": 5})");
  auto impatient = settings();
  impatient.timeout = std::chrono::milliseconds(300);
  const auto keys = open(impatient);
  const auto took = [&] {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(keys->unwrap("records-0001", *wrapped, context()).error().code, TroubleCode::dependency_failed);
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  };
  for (int i = 0; i < 5; ++i) EXPECT_LT(took().count(), 1500);
  EXPECT_LT(took().count(), 250) << "it is not asked any more for a while";
}

TEST_F(KmsKeysTest, AServerThatFailsIsNoMatterOfTheRecord) {
  start();
  const auto keys = open(settings());
  const auto wrapped = keys->wrap("records-0001", crypto::random_secret(32), context());
  ASSERT_TRUE(wrapped);
  for (const int status : {401, 403, 429, 500}) {
    set_mood("{\"status\": " + std::to_string(status) + "}");
    EXPECT_EQ(keys->unwrap("records-0001", *wrapped, context()).error().code, TroubleCode::dependency_failed);
  }
  set_mood(R"({"status": null})");
  EXPECT_TRUE(keys->unwrap("records-0001", *wrapped, context()));
  server_->stop();
  EXPECT_EQ(keys->wrap("records-0001", crypto::random_secret(32), context()).error().code,
            TroubleCode::dependency_failed);
}

TEST(KeyServers, OverPlainHttpAreOnThisMachine) {
  ports::KeyServerSettings settings;
  settings.origin = "http://kms.example";
  EXPECT_EQ(KeyServerClient::open(settings).error().field, "vault.kms.url");
}

// What a server may answer that is not in the document.
class OddServer final : public ports::KeyServer {
 public:
  explicit OddServer(std::string body) : body_(std::move(body)) {}
  Result<ports::KeyServerAnswer> ask(std::string_view, std::string_view, const SecretBytes&) override {
    return ports::KeyServerAnswer{200, SecretBytes::copy_of(body_)};
  }

 private:
  std::string body_;
};

TEST(KeyServers, ThatAnswerInAnotherFormAreNotBelieved) {
  for (const std::string body : {"", "[]", "{}", "null", R"({"plaintext": 3})", R"({"plaintext": "a+b="})",
                                 R"({"plaintext": "", "plaintext": "AAAA"})", R"({"plaintext": ""})",
                                 R"({"keys": ["a b"]})", R"({"keys": "records"})"}) {
    KmsKeys keys(std::make_unique<OddServer>(body), "");
    EXPECT_EQ(keys.unwrap("records-0001", "x", context()).error().code, TroubleCode::dependency_failed)
        << body;
    EXPECT_FALSE(keys.look_again()) << body;
  }
}

}  // namespace
}  // namespace casebridge::vault
