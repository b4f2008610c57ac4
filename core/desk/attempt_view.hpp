// AttemptView: a link attempt as its owner sees it. Holds no secret and no opaque part of an adapter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/trouble.hpp"
#include "core/desk/closing.hpp"
#include "core/model/adapter_messages.hpp"

namespace casebridge::desk {

struct ChallengeView {
  std::string id;        // chl_...
  std::int64_t seq = 0;  // to be sent with the answer; raised by every accepted submission
  model::ChallengeSpec
      spec;  // kind credentials, otp, question, action_needed ...; attempts_left and expiry in it
  std::string ssn_notice{};  // the state's notice, when this form asks for an SSN
  std::string ssn_notice_es{};
  std::string action{};      // kind action_needed: reset_password, enroll, contact_agency, accept_terms
  std::string action_url{};  // where at the state; may be empty
};

struct AttemptView {
  LinkAttemptId id;
  std::string mode;          // create, repair
  std::string system;        // tx-icop
  std::string jurisdiction;  // us-tx
  std::string custody;       // session_only, vaulted
  std::string state;         // challenge, verifying, waiting, succeeded, failed, cancelled, expired
  std::optional<ChallengeView> challenge{};  // only in state challenge
  std::optional<LinkId> link{};              // of a repair from the start, of a creation when it succeeded
  std::optional<SyncId> sync{};              // the sync that the success began, while it runs
  // Why the last answer did not lead on (challenge_wrong_answer, credential_refused, account_locked ...) or
  // why the attempt failed (link_already_exists with `reference`, identity_mismatch). Empty after progress.
  std::optional<Trouble> trouble{};
  std::optional<StateClosing> closing{};  // of a trouble that comes from maintenance of the state
  Instant created_at{};
  Instant expires_at{};
  std::int64_t version = 1;
};

}  // namespace casebridge::desk
