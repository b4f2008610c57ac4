// AuditTrail: how wings and use cases say what happened, within the transaction in which it happens.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge::ports {

class Transaction;

// Every action there is. The page has words for each of them but the last, which nobody is left to read.
inline constexpr std::array audit_actions = {
    std::string_view("account_made"),
    std::string_view("signed_in"),
    std::string_view("sign_in_refused"),
    std::string_view("account_locked"),
    std::string_view("account_unlocked"),
    std::string_view("identity_confirmed"),
    std::string_view("second_factor_refused"),
    std::string_view("app_added"),
    std::string_view("app_removed"),
    std::string_view("passkey_added"),
    std::string_view("passkey_removed"),
    std::string_view("recovery_codes_made"),
    std::string_view("recovery_code_used"),
    std::string_view("password_changed"),
    std::string_view("password_reset"),
    std::string_view("session_ended"),
    std::string_view("other_sessions_ended"),
    std::string_view("device_forgotten"),
    std::string_view("address_added"),
    std::string_view("address_removed"),
    std::string_view("email_changed"),
    std::string_view("email_taken_back"),
    std::string_view("contact_changed"),
    std::string_view("disowned"),
    std::string_view("hold_begun"),
    std::string_view("hold_stopped"),
    std::string_view("safety_stop"),
    std::string_view("safety_stop_lifted"),
    std::string_view("data_exported"),
    std::string_view("link_made"),
    std::string_view("link_removed"),
    std::string_view("credential_opened"),
    std::string_view("credential_refused"),
    std::string_view("state_session_opened"),
    std::string_view("cases_read"),
    std::string_view("case_read"),
    std::string_view("ledger_read"),
    std::string_view("summary_read"),
    // What operators do with an account. What they ask of the gateway itself is told with their own.
    std::string_view("operator_looked"),
    std::string_view("operator_unlocked"),
    std::string_view("operator_ended_sessions"),
    std::string_view("operator_began_reset"),
    std::string_view("operator_watched"),
    std::string_view("operator_appointed"),
    std::string_view("operator_dismissed"),
    std::string_view("account_deleted"),
};

struct AuditNote {
  std::string_view action;
  std::optional<AccountId> account{};  // whom it is about
  std::string_view outcome = "ok";
  std::string actor{};                                              // empty: the account itself
  std::string request{};                                            // id of the request
  std::string address{};                                            // coarse; sealed
  std::string device{};                                             // sealed
  std::vector<std::pair<std::string_view, std::string>> details{};  // references only
  std::optional<Instant> at{};                                      // of something that is told later
};

// Any thread.
class AuditTrail {
 public:
  virtual ~AuditTrail() = default;
  virtual Result<void> note(Transaction&, const AuditNote&) const = 0;
};

}  // namespace casebridge::ports
