// FlowSettings: every number of the account flows, with the values that hold unless configuration says
// otherwise.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "core/identity/alerts.hpp"
#include "core/identity/holds.hpp"
#include "core/identity/known_devices.hpp"
#include "core/identity/operator_policy.hpp"
#include "core/identity/passkey_rules.hpp"
#include "core/identity/sessions.hpp"
#include "core/identity/step_up.hpp"
#include "core/identity/throttle.hpp"

namespace casebridge::identity {

struct FlowSettings {
  SessionSettings sessions{};
  ThrottleRules throttle{};
  OperatorPolicy operators{};
  DeviceSettings devices{};
  LinkSettings links{};
  HoldSettings holds{};
  std::chrono::seconds flow_life = std::chrono::hours{1};
  std::chrono::seconds code_life = std::chrono::minutes{10};
  std::chrono::seconds resend_after{30};
  int code_tries = 5;
  std::chrono::seconds step_up_age = step_up_age_default;
  std::chrono::seconds second_factor_life = std::chrono::minutes{10};  // between the password and the code
  int totp_steps_around = 1;  // how far the clock of an app may be away: steps of 30 seconds
  PasskeyParty passkeys{};
  std::size_t passkeys_max = 10;  // of one account
  std::chrono::seconds challenge_life = std::chrono::minutes{5};
  // A page that explains where to type the code; it consumes nothing. The link to it carries nothing either:
  // with the flow's id beside the code, whoever reads the mail could finish the flow. Empty: no link.
  std::string page_url;
  std::string origin;  // where the page is: what links in alerts begin with

  // How long a proof of the strongest factor lasts for this account.
  std::chrono::seconds step_up_age_of(const ports::Account& account) const {
    return account.is_operator() ? std::min(operators.step_up_age, step_up_age) : step_up_age;
  }
};

}  // namespace casebridge::identity
