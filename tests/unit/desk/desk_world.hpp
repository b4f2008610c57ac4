// DeskWorld: a desk over a real SQLite file and a real vault, with scripted states and a clock that stands
// still.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/audit/trail.hpp"
#include "core/desk/answer_challenge.hpp"
#include "core/desk/desk.hpp"
#include "core/desk/scheduler.hpp"
#include "core/vault/record_vault.hpp"
#include "tests/support/sample_case.hpp"
#include "tests/support/scripted_systems.hpp"

namespace casebridge::desk::testing {

using casebridge::testing::asks_code;
using casebridge::testing::Call;
using casebridge::testing::not_yet;
using casebridge::testing::refusal;
using casebridge::testing::SampleCase;
using casebridge::testing::ScriptedAdapter;
using casebridge::testing::sent_away;
using casebridge::testing::signed_in;

class DeskWorld : public ::testing::Test {
 protected:
  DeskWorld();
  ~DeskWorld() override;

  // Closes the database and opens it again, as a restart does.
  void restart();
  Desk desk();
  model::Caller caller() const {
    return {account_, session_, model::Assurance::password, clock_.now(), "en"};
  }
  model::Caller stranger() const {
    return {other_, session_, model::Assurance::password, clock_.now(), "en"};
  }

  AttemptView start(const std::string& custody = "session_only", std::optional<LinkId> repair = {},
                    const std::string& system = "tx-icop");
  // Answers the open challenge of `view`.
  Result<AttemptView> answer(const AttemptView& view, std::map<std::string, std::string> fields,
                             bool confirm = false);
  Result<AttemptView> type(const AttemptView& view, const std::string& password, bool confirm = false) {
    return answer(view, {{"user_name", "priya.h"}, {"password", password}}, confirm);
  }
  // A link that is active; its first sync is queued and not run.
  LinkId link(const std::string& custody = "session_only", const std::string& subject = "person-1",
              const std::string& system = "tx-icop");
  // The next sync of the state finds exactly these cases.
  void state_has(const std::vector<SampleCase>& cases, const std::string& system = "tx-icop");
  // A link whose first sync has run.
  LinkId synced_link(const std::vector<SampleCase>& cases, const std::string& custody = "session_only");
  int run_jobs();

  std::filesystem::path folder_;
  ManualClock clock_;
  Log log_;
  casebridge::testing::ScriptedSystems systems_;
  std::unique_ptr<vault::RecordVault> vault_;
  std::unique_ptr<audit::Trail> trail_;
  std::unique_ptr<ports::Store> store_;
  AccountId account_, other_;
  SessionId session_;
};

}  // namespace casebridge::desk::testing
