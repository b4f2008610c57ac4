// files/1, assertion/1 and http/1's cookies as an adapter meets them: through the C tables, with the SDK on
// top.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "core/switchboard/host_services.hpp"
#include "plugins/sdk/host.hpp"
#include "tests/support/byte_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/switchboard/tls_peer.hpp"

namespace casebridge::switchboard {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using model::Outcome;

class Offered : public ::testing::Test {
 protected:
  Offered() {
    root_ = casebridge::testing::new_temporary_folder("landing");
    fs::create_directories(root_ / "in");
    fs::create_directories(root_ / "out");
  }
  ~Offered() override { fs::remove_all(root_); }

  HostServices::Parts parts() {
    HostServices::Parts parts;
    parts.system = "ga-batch";
    parts.offered = {"http/1", "clock/1", "log/1", "assertion/1", "files/1", "kv/1"};
    parts.clock = &clock_;
    return parts;
  }
  HostServices& with_files(std::uint64_t file_bytes_max = 1024 * 1024) {
    auto with = parts();
    with.folders = std::make_unique<LandingFolders>(
        FolderRules{(root_ / "in").string(), (root_ / "out").string(), file_bytes_max});
    services_ = std::make_unique<HostServices>(std::move(with));
    return *services_;
  }
  void leave(const std::string& name, const std::string& content) const {
    std::ofstream(root_ / "in" / name, std::ios::binary) << content;
  }
  static std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  // Runs `body` inside one call of an adapter.
  template <class Body>
  static void in_call(HostServices& services, Body&& body,
                      ports::CallContext context = {Deadline{2s}, "req_1"}) {
    const HostServices::OpenCall open(services, context, nullptr);
    const sdk::Call call{services.host(), open.call()};
    body(call);
  }

  fs::path root_;
  ManualClock clock_{*parse_instant("2026-03-16T14:00:00Z")};
  std::unique_ptr<HostServices> services_;
};

TEST_F(Offered, FilesAreListedByNameAndReadInPieces) {
  leave("GA_EXTR_20260317_01.csv", std::string(100, 'e'));
  leave("GA_ACH_20260317_01.ach", "abcdefghij");
  fs::create_directory(root_ / "in" / "done");
  fs::create_symlink("/etc/hostname", root_ / "in" / "link.csv");
  leave(".hidden", "x");
  in_call(with_files(), [&](const sdk::Call& call) {
    const auto files = call.files().list();
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2U);
    EXPECT_EQ(files->at(0).name, "GA_ACH_20260317_01.ach");
    EXPECT_EQ(files->at(1).size, 100U);
    auto file = call.files().open("GA_ACH_20260317_01.ach");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size(), 10U);
    std::string piece, whole;
    int pieces = 0;
    do {
      ASSERT_TRUE(file->read(piece, 4));
      whole += piece;
      ++pieces;
    } while (!piece.empty());
    EXPECT_EQ(whole, "abcdefghij");
    EXPECT_EQ(pieces, 4);
  });
}

TEST_F(Offered, FilesCannotBeReachedOutsideTheFolder) {
  std::ofstream(root_ / "secret") << "s";
  fs::create_symlink(root_ / "secret", root_ / "in" / "link");
  fs::create_directory(root_ / "in" / "folder");
  ASSERT_EQ(::mkfifo((root_ / "in" / "pipe").c_str(), 0600), 0);
  in_call(with_files(), [&](const sdk::Call& call) {
    for (const char* name :
         {"../secret", "/etc/passwd", "..", ".", "", "in/../../secret", "a/b", ".hidden", "a\nb", "a b"}) {
      const auto file = call.files().open(name);
      ASSERT_TRUE(file.refused()) << name;
      EXPECT_EQ(file.refusal().outcome, Outcome::bug) << name;
    }
    for (const char* name : {"link", "folder", "pipe", "missing", "secret"}) {
      const auto file = call.files().open(name);
      ASSERT_TRUE(file.refused()) << name;
      EXPECT_EQ(file.refusal().outcome, Outcome::not_found) << name;
    }
    EXPECT_EQ(call.files().write("../x", "x").refusal().outcome, Outcome::bug);
    EXPECT_EQ(call.files().write("x.tmp", "x").refusal().outcome, Outcome::bug);
  });
}

TEST_F(Offered, FilesHaveBounds) {
  leave("large", std::string(101, 'x'));
  leave("fits", std::string(100, 'x'));
  in_call(with_files(100), [&](const sdk::Call& call) {
    EXPECT_EQ(call.files().open("large").refusal().outcome, Outcome::schema_drift);
    std::vector<sdk::Answer<sdk::InboundFile>> open;
    for (int i = 0; i < 8; ++i) open.push_back(call.files().open("fits"));
    for (const auto& one : open) EXPECT_TRUE(one);
    EXPECT_EQ(call.files().open("fits").refusal().outcome, Outcome::bug);
    open.pop_back();
    EXPECT_TRUE(call.files().open("fits"));
  });
}

TEST_F(Offered, FilesThatGrowOrAreReplacedStayAsTheyWereOpened) {
  leave("run", "first");
  in_call(with_files(), [&](const sdk::Call& call) {
    auto file = call.files().open("run");
    ASSERT_TRUE(file);
    std::ofstream(root_ / "in" / "run", std::ios::app) << " and more";
    fs::rename(root_ / "in" / "run", root_ / "in" / "old");
    leave("run", "another");
    std::string piece;
    ASSERT_TRUE(file->read(piece));
    EXPECT_EQ(piece, "first");
    ASSERT_TRUE(file->read(piece));
    EXPECT_EQ(piece, "");
  });
}

TEST_F(Offered, FilesAreWrittenWholeAndNeverOverOthers) {
  const fs::path left_by_a_crash = root_ / "out" / "GW_REQ_20260315_07.csv.0123456789abcdef.tmp";
  std::ofstream(left_by_a_crash) << "half";
  fs::last_write_time(left_by_a_crash, fs::file_time_type::clock::now() - std::chrono::hours{2});
  in_call(with_files(), [&](const sdk::Call& call) {
    ASSERT_TRUE(call.files().write("GW_REQ_20260316_01.csv", "a,b\r\n"));
    const auto again = call.files().write("GW_REQ_20260316_01.csv", "other");
    ASSERT_TRUE(again.refused());
    EXPECT_EQ(again.refusal().reason, "file_exists");
  });
  EXPECT_EQ(text_of(root_ / "out" / "GW_REQ_20260316_01.csv"), "a,b\r\n");
  EXPECT_EQ(std::distance(fs::directory_iterator(root_ / "out"), fs::directory_iterator{}), 1);
}

TEST_F(Offered, APartThatAnotherGatewayIsWritingIsLeftAlone) {
  const fs::path part = root_ / "out" / "GW_REQ_20260316_01.csv.0123456789abcdef.tmp";
  std::ofstream(part) << "half";
  in_call(with_files(), [&](const sdk::Call& call) {
    ASSERT_TRUE(call.files().write("GW_REQ_20260316_01.csv", "a,b\r\n"));
  });
  EXPECT_EQ(text_of(part), "half");
  EXPECT_EQ(text_of(root_ / "out" / "GW_REQ_20260316_01.csv"), "a,b\r\n");
}

TEST_F(Offered, AFolderThatIsGoneIsSaidToBeUnavailable) {
  auto& services = with_files();
  fs::remove_all(root_ / "in");
  fs::remove_all(root_ / "out");
  in_call(services, [&](const sdk::Call& call) {
    EXPECT_EQ(call.files().list().refusal().reason, "folder_failed");
    EXPECT_EQ(call.files().open("a").refusal().reason, "folder_failed");
    EXPECT_EQ(call.files().write("a", "x").refusal().reason, "folder_failed");
  });
}

TEST_F(Offered, NothingIsDoneForACallThatIsOver) {
  leave("run", "first");
  in_call(with_files(),
          [&](const sdk::Call& call) {
            EXPECT_EQ(call.files().list().refusal().reason, "call_over");
            EXPECT_EQ(call.files().write("a", "x").refusal().reason, "call_over");
          },
          {Deadline{0ms}, "req_1"});
}

TEST_F(Offered, ACallThatIsOverIsRefusedHoweverManyFollow) {
  auto& services = with_files();
  const auto* const files =
      static_cast<const casebridge_files_v1*>(services.host()->get_service(services.host(), "files/1"));
  ASSERT_NE(files, nullptr);
  const auto list = [&](const casebridge_call* call) {
    return files->list(files, call, nullptr, [](void*, const casebridge_file_entry*) {});
  };
  const ports::CallContext context{Deadline{10s}, "req_1"};
  std::set<const casebridge_call*> given;
  const casebridge_call* first = nullptr;
  for (int i = 0; i < 2000; ++i) {
    const HostServices::OpenCall now(services, context, nullptr);
    ASSERT_TRUE(given.insert(now.call()).second) << "call " << i << " has the address of an earlier one";
    EXPECT_EQ(list(now.call()), CASEBRIDGE_FILES_OK);
    if (first == nullptr) first = now.call();
    if (first != now.call()) {
      ASSERT_EQ(list(first), CASEBRIDGE_FILES_CANCELLED) << i;
    }
  }
  // An adapter that looks there itself finds no call, or one that is over.
  EXPECT_EQ(first->struct_size, 0U);
  for (const casebridge_call* call : given) EXPECT_TRUE(call->struct_size == 0 || call->is_over(call) == 1);
}

TEST_F(Offered, HandlesEndWithTheirCall) {
  leave("run", "first");
  auto& services = with_files();
  std::uint64_t handle = 0, size = 0;
  const auto* table =
      static_cast<const casebridge_files_v1*>(services.host()->get_service(services.host(), "files/1"));
  ASSERT_NE(table, nullptr);
  const casebridge_bytes name{reinterpret_cast<const std::uint8_t*>("run"), 3};
  ports::CallContext context{Deadline{2s}, "req_1"};
  {
    const HostServices::OpenCall call(services, context, nullptr);
    ASSERT_EQ(table->open(table, call.call(), name, &handle, &size), CASEBRIDGE_FILES_OK);
  }
  const HostServices::OpenCall later(services, context, nullptr);
  EXPECT_EQ(table->read(table, later.call(), handle, 1, nullptr), CASEBRIDGE_FILES_NOT_ALLOWED);
  EXPECT_EQ(table->close(table, later.call(), handle), CASEBRIDGE_FILES_NOT_ALLOWED);
}

TEST_F(Offered, WhatASystemDoesNotHaveIsMissingAndNotACrash) {
  HostServices services(parts());
  in_call(services, [&](const sdk::Call& call) {
    EXPECT_THROW(call.files(), sdk::ServiceMissing);
    EXPECT_THROW(call.values(), sdk::ServiceMissing);
    EXPECT_THROW(call.http(), sdk::ServiceMissing);
    EXPECT_THROW((void)call.assertion("a", "b"), sdk::ServiceMissing);
    EXPECT_EQ(call.now(), clock_.now());
  });
}

TEST_F(Offered, AssertionsAreOfThePersonBehindTheCall) {
  const Identity pair;
  const PemFile key(pair.key, 0400);
  AssertionRules rules;
  rules.key_file = key.path();
  rules.issuer = "https://gateway.example";
  rules.audiences = {"urn:ks-quick:1"};
  auto with = parts();
  with.signer = std::move(*AssertionSigner::make(rules, ""));
  HostServices services(std::move(with));
  in_call(services, [&](const sdk::Call& call) {
    EXPECT_EQ(call.assertion("urn:ks-quick:1", "1").refusal().reason, "step_up");
  });
  ports::CallContext context{Deadline{2s}, "req_1"};
  context.person = ports::AssertedPerson{"gw-sub-1", clock_.now(), 2, 1};
  in_call(
      services,
      [&](const sdk::Call& call) {
        const auto token = call.assertion("urn:ks-quick:1", "0000700002");
        ASSERT_TRUE(token);
        EXPECT_EQ(std::count(token->reveal().begin(), token->reveal().end(), '.'), 2);
        EXPECT_EQ(call.assertion("urn:other", "1").refusal().reason, "assertion_not_allowed");
      },
      context);
}

TEST_F(Offered, CookiesComeBackAsOctetsThatGoOnLater) {
  testing::ByteServer server([](const std::string& request) {
    if (request.starts_with("POST /login"))
      return testing::Reply{
          "HTTP/1.1 302 Found\r\nSet-Cookie: S=new; Path=/; Max-Age=60\r\nLocation: /home\r\n"
          "Content-Length: 0\r\n\r\n"};
    return testing::Reply{testing::http_answer(200, "{}")};
  });
  HttpRules rules;
  rules.origins.push_back(*Origin::parse(server.origin()));
  auto with = parts();
  with.http = std::move(*HttpClient::make(std::move(rules)));
  HostServices services(std::move(with));
  SecretBytes kept;
  in_call(services, [&](const sdk::Call& call) {
    sdk::Cookies cookies;
    const auto answer =
        call.http().send({.method = "POST", .target = "/login", .cookies = &cookies, .redirects_max = 5});
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->target, "/home");
    EXPECT_EQ(answer->origin, server.origin());
    kept = cookies.octets().clone();
  });
  const auto sent = [&] {
    std::string request;
    in_call(services, [&](const sdk::Call& call) {
      sdk::Cookies cookies(kept.clone());
      EXPECT_TRUE(call.http().send({.target = "/later", .cookies = &cookies}));
      request = server.requests().back();
    });
    return request;
  };
  EXPECT_NE(sent().find("Cookie: S=new\r\n"), std::string::npos);
  clock_.advance(60s);
  EXPECT_EQ(sent().find("Cookie:"), std::string::npos);
  in_call(services, [&](const sdk::Call& call) {
    sdk::Cookies cookies(SecretBytes::copy_of("S=forged"));
    EXPECT_EQ(call.http().send({.target = "/later", .cookies = &cookies}).refusal().outcome, Outcome::bug);
  });
}

}  // namespace
}  // namespace casebridge::switchboard
