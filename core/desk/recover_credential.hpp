// RecoverCredential: helps who forgot a user name, password or PIN of a state, by the state's own way or by
// where to turn. Nothing here can reset an account at a state, and no answer tells whether there is one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct RecoverCredential {
  std::string system;
  std::string what;     // user_name, password, pin
  std::string channel;  // email, post; empty: the state's choice
  model::SecretFields fields{};
  std::string request_id{};
};

struct RecoveryView {
  std::string system;
  const ports::JurisdictionInfo* state = nullptr;  // whose office and website; never null
  std::string what;
  // check_email, check_phone, check_post, open_page, contact_agency, or enrol: order a new one by opening the
  // access anew.
  std::string action;
  std::string url{};                     // a page that the state's system named for this
  std::optional<Instant> expected_by{};  // when a letter or message should have come
};

// system_unknown, invalid_field (what, channel, or a field of the form), rate_limited, and those of a system
// that cannot be reached. Forms: recovery_forms.
Result<RecoveryView> recover_credential(const Desk&, const model::Caller&, RecoverCredential);

struct RecoveryForm {
  std::string what;
  const ports::LoginForm* form = nullptr;  // null: nothing is asked
};
// What a system's sign-in asks that may be forgotten.
std::vector<RecoveryForm> recovery_forms(const ports::SystemInfo&);

}  // namespace casebridge::desk
