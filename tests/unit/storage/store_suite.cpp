// Makes databases for the tests, and samples of what is kept in them.
#include "tests/unit/storage/store_suite.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cstdlib>

namespace casebridge::storage {
namespace {

// One server for the whole binary; it ends with it.
class ServerOfTests final : public ::testing::Environment {
 public:
  testing::PostgresServer* get() {
    if (!tried_) server_ = testing::PostgresServer::start();
    tried_ = true;
    return server_.get();
  }
  void TearDown() override { server_.reset(); }

 private:
  bool tried_ = false;
  std::unique_ptr<testing::PostgresServer> server_;
};

ServerOfTests* const server_of_tests =
    static_cast<ServerOfTests*>(::testing::AddGlobalTestEnvironment(new ServerOfTests));

}  // namespace

ports::Account sample_account(const std::string& name) {
  ports::Account account{
      AccountId::make(at(0)), name + "@Example.com", name + "@example.com", {}, "$argon2id$sample"};
  account.created_at = at(0);
  return account;
}

ports::Session sample_session(const AccountId& account, const std::string& digest) {
  return {SessionId::make(at(0)),
          account,
          digest,
          "cookie",
          "csrf",
          model::Assurance::two_factor,
          at(0),
          at(0),
          at(0),
          at(3600),
          "browser",
          "192.0.2.0/24",
          "es"};
}

ports::Link sample_link(const AccountId& account, const std::string& subject_digest) {
  ports::Link link{LinkId::make(at(0)), account,       "tx-icop", "us-tx", "active", at(0), "",
                   "session_only",      subject_digest};
  link.created_at = at(0);
  return link;
}

ports::Job sample_job(const std::string& kind, const std::string& subject) {
  return {JobId::make(at(0)), kind, subject, "{}", at(0), 0};
}

ports::RecordVersion sample_record(const std::string& key, const std::string& content) {
  ports::RecordVersion record{*LinkId::parse("lnk_00000000000000000000000000"),
                              {},
                              {},
                              new_record_id("led", at(0)),
                              1,
                              key,
                              "hash of " + content,
                              content,
                              "shown " + content,
                              key,
                              "2026-03-15",
                              at(1),
                              at(1)};
  return record;
}

void StoreSuite::SetUp() {
  if (GetParam() == Engine::postgresql) {
    if (server_of_tests->get() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed (package postgresql)";
    url_ = server_of_tests->get()->new_database();
  } else {
    folder_ = casebridge::testing::new_temporary_folder("storage");
    url_ = "sqlite:" + (folder_ / "a file = of tests.db").string();
  }
  store_ = open();
  ASSERT_NE(store_, nullptr);
}

void StoreSuite::TearDown() {
  store_.reset();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

DatabaseOptions StoreSuite::options() const {
  return {url_, std::filesystem::path(casebridge::tests::in_source("schemas/migrations")), 4};
}

std::unique_ptr<ports::Store> StoreSuite::open(int connections_max) {
  DatabaseOptions wanted = options();
  wanted.connections_max = connections_max;
  auto opened = open_database(wanted, clock_, Log());
  EXPECT_TRUE(opened) << opened.error().detail;
  return opened ? std::move(opened).value() : nullptr;
}

ports::Account StoreSuite::new_account(const std::string& name) {
  const ports::Account account = sample_account(name);
  EXPECT_TRUE(write([&](auto& t) { return t.accounts().insert(account); }));
  return account;
}

ports::Link StoreSuite::new_link(const AccountId& account, const std::string& subject_digest) {
  const ports::Link link = sample_link(account, subject_digest);
  EXPECT_TRUE(write([&](auto& t) { return t.links().insert(link); }));
  return link;
}

std::int64_t StoreSuite::version_of(const AccountId& account) {
  const auto version = read([&](auto& t) { return t.account_version(account); });
  return version ? *version : -1;
}

testing::PostgresServer& StoreSuite::server() { return *server_of_tests->get(); }

}  // namespace casebridge::storage
