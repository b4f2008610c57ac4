// Each broken adapter becomes a typed trouble of its own system, while another system goes on working beside
// it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/limits.hpp"
#include "core/switchboard/inspection.hpp"
#include "core/switchboard/switchboard.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "tests/support/byte_server.hpp"
#include "tests/support/places.hpp"
#include "tests/support/state_folder.hpp"

namespace casebridge::switchboard {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

const std::string plugins = casebridge::tests::in_build("broken_plugins");

class BrokenPlugin : public ::testing::Test {
 protected:
  // Two systems: one on the broken adapter, one on a good one.
  void open(const std::string& plugin, const std::string& folder = plugins) {
    states_ = std::make_unique<testing::StateFolder>(std::vector<testing::StateSystem>{
        {"tx-bad", plugin, server_.origin()}, {"tx-good", "nothing_broken", server_.origin()}});
    SwitchboardOptions options;
    options.states_folder = states_->path();
    options.plugins_folder = folder;
    options.schemas_folder = casebridge::tests::in_source("schemas");
    options.grace = 100ms;
    auto opened = open_switchboard(options, clock_, Log{});
    ASSERT_TRUE(opened) << opened.error().detail;
    systems_ = std::move(*opened);
  }
  Trouble ask(const std::string& system, std::chrono::milliseconds patience = 2s) {
    const ports::CallContext context{Deadline{patience}, "req_1"};
    const auto list = systems_->adapter(system)->list_cases(context, SecretBytes::copy_of("session"));
    return list ? trouble(TroubleCode::internal, "no trouble") : list.error();
  }
  void expect_the_other_works() { EXPECT_EQ(ask("tx-good").detail, "no trouble"); }

  void expect_refused(const std::string& plugin, const std::string& reason,
                      const std::string& folder = plugins) {
    open(plugin, folder);
    const auto health = systems_->health();
    EXPECT_EQ(health.at(0).state, "refused") << plugin;
    EXPECT_EQ(health.at(0).reason, reason) << plugin;
    EXPECT_EQ(ask("tx-bad").code, TroubleCode::adapter_fault) << plugin;
    expect_the_other_works();
  }
  void expect_fault(const std::string& plugin, const std::string& detail) {
    open(plugin);
    for (int i = 0; i < 3; ++i) {
      const Trouble trouble = ask("tx-bad");
      EXPECT_EQ(trouble.code, TroubleCode::adapter_fault) << plugin;
      EXPECT_EQ(trouble.detail, detail) << plugin;
      expect_the_other_works();
    }
    EXPECT_EQ(systems_->health().at(0).operations.at(0).failed_gateway, 3);
  }

  ManualClock clock_{*parse_instant("2026-03-16T14:00:00Z")};
  testing::ByteServer server_{
      [](const std::string&) { return testing::Reply{testing::http_answer(200, "{}")}; }};
  std::unique_ptr<testing::StateFolder> states_;
  std::unique_ptr<ports::Systems> systems_;
};

TEST_F(BrokenPlugin, ControlWorks) {
  open("nothing_broken");
  EXPECT_EQ(ask("tx-bad").detail, "no trouble");
}

TEST_F(BrokenPlugin, IsRefusedBeforeItsCodeRuns) {
  expect_refused("no_note", "the library has no note .note.casebridge: it is not an adapter");
  expect_refused("wrong_major", "abi_major 9 is not spoken here; this gateway speaks 1");
  expect_refused("newer_minor", "the adapter needs contract minor 7; this gateway has 1");
  expect_refused("other_id", "id: the library says somebody_else, the manifest says other_id");
  expect_refused("brings_search_path", "the library brings its own search path (RPATH or RUNPATH)");
  expect_refused("executable_stack", "the library asks for an executable stack");
}

TEST_F(BrokenPlugin, IsRefusedWhenItIsLoaded) {
  expect_refused("no_symbol", "the library does not export casebridge_adapter_v1");
  expect_refused("undefined_symbol",
                 "the library cannot be linked: a symbol or another library that it needs is missing");
  expect_refused("throws_in_create", "the adapter threw an exception while it was started");
  expect_refused("half_table", "the adapter's table is incomplete");
  expect_refused("describes_more", "what the adapter says of itself differs from its manifest");
}

TEST_F(BrokenPlugin, InspectSaysTheSameWithoutLoading) {
  const auto inspected = inspect(plugins + "/wrong_major");
  ASSERT_FALSE(inspected);
  EXPECT_EQ(inspected.error().detail, "abi_major 9 is not spoken here; this gateway speaks 1");
  EXPECT_TRUE(inspect(plugins + "/throws_in_create"));  // good to look at; only running it shows the rest
}

TEST_F(BrokenPlugin, TruncatedOrLinkedFileIsRefused) {
  const testing::StateFolder folder{{}};
  const fs::path root = fs::path(folder.path()) / "plugins";
  for (const char* id : {"nothing_broken", "hangs", "garbage"}) {
    fs::create_directories(root / id);
    fs::copy(plugins + "/" + id + "/manifest.yaml", root / id);
  }
  fs::copy(plugins + "/nothing_broken/nothing_broken.so", root / "nothing_broken");
  fs::copy(plugins + "/hangs/hangs.so", root / "hangs");
  fs::resize_file(root / "hangs/hangs.so", fs::file_size(root / "hangs/hangs.so") / 2);
  expect_refused("hangs", "the library is truncated", root.string());
  fs::create_symlink(plugins + "/garbage/garbage.so", root / "garbage/garbage.so");
  expect_refused("garbage", "the library is a symbolic link", root.string());
}

TEST_F(BrokenPlugin, ExceptionsStopAtTheBorder) {
  expect_fault("throws_in_call", "the adapter threw an exception");
}

TEST_F(BrokenPlugin, GarbageIsNotDelivered) {
  expect_fault("garbage", "the adapter's answer does not follow case_list.json at not JSON, or too deep");
}

TEST_F(BrokenPlugin, OversizeIsCutOff) {
  expect_fault("oversize", "the adapter's answer is larger than the bound");
}

TEST_F(BrokenPlugin, WrongFormIsNotDelivered) {
  expect_fault("wrong_schema", "the adapter's answer does not follow case_list.json at /cases/0/key");
  expect_fault("unknown_outcome", "the adapter's answer does not follow refusal.json at /outcome");
  expect_fault("wrong_status", "the adapter failed");
}

TEST_F(BrokenPlugin, HangingCallsAreGivenUpAndTheirPlacesComeBack) {
  open("hangs");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ask("tx-bad", 100ms).code, TroubleCode::source_timeout);
  // Both places of this system are taken now: no third call is started, and nobody waits past the deadline.
  EXPECT_EQ(ask("tx-bad", 100ms).code, TroubleCode::source_unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 1s);
  expect_the_other_works();
  std::this_thread::sleep_until(start + 1700ms);
  EXPECT_EQ(ask("tx-bad", 3s).detail, "no trouble");
}

TEST_F(BrokenPlugin, ClosingDoesNotWaitForAHangingCall) {
  open("hangs");
  EXPECT_EQ(ask("tx-bad", 50ms).code, TroubleCode::source_timeout);
  const auto start = std::chrono::steady_clock::now();
  systems_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, 800ms);
  std::this_thread::sleep_for(1300ms);  // the call comes back into a switchboard that is gone
}

TEST_F(BrokenPlugin, ThreadsLeftBehindCannotUseAnEndedCall) {
  open("leaks_thread");
  EXPECT_EQ(ask("tx-bad").detail, "no trouble");
  std::this_thread::sleep_for(300ms);
  const ports::CallContext context{Deadline{2s}, "req_1"};
  const auto list = systems_->adapter("tx-bad")->list_cases(context, SecretBytes::copy_of("session"));
  ASSERT_TRUE(list);
  EXPECT_EQ(std::get<model::CaseList>(*list).cases.at(0).key, std::to_string(CASEBRIDGE_HTTP_CANCELLED));
  EXPECT_TRUE(server_.requests().empty());
  expect_the_other_works();
}

}  // namespace
}  // namespace casebridge::switchboard
