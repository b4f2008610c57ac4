// Systems: what is known about the states and their systems, and the way to the adapter of each.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/ports/state_adapter.hpp"

namespace casebridge::ports {

// A fact about an office that a parent may rely on only as far as its provenance goes.
struct Fact {
  std::string value;
  std::string provenance;   // verified, secondary, unverified
  std::string source;       // public address or citation
  std::string reviewed_on;  // YYYY-MM-DD, may be empty
};

struct LoginForm {
  std::string credential_kind;  // username_password ...
  std::vector<model::FieldSpec> fields;
  std::string ssn_notice;  // the state's notice where an SSN is asked; empty when none is asked
};

struct Lockout {
  int limit = 0;  // refused tries before the system locks; 0: it never does
  std::chrono::seconds window{0};
  std::chrono::seconds lock{0};
};

struct SystemInfo {
  std::string id;            // tx-icop
  std::string jurisdiction;  // us-tx
  std::string display_name;
  std::string adapter;  // texas_icop
  std::string adapter_version;
  std::string time_zone;  // IANA
  bool session_only_allowed = true;
  bool vaulted_allowed = true;
  bool password_login = true;  // false: a credential kind without a password (scheduled syncs may sign in)
  LoginForm form;
  Lockout lockout;
  std::vector<std::string> operations;  // declared by the adapter: case.list, case.read ...
  std::string as_of_basis = "state_batch_close";
  int case_number_digits = 0;   // native length of an all-digit case number; 0: not known
  int safety_policy = 1;  // model::SafetyLevel applied where the adapter cannot tell
};

struct JurisdictionInfo {
  std::string id;  // us-tx
  std::string name;
  std::string usps;
  std::vector<std::string> aliases;
  Fact agency, portal_url, phone;
  std::vector<std::string> languages;
  std::vector<std::string> systems;  // ids
};

enum class Breaker { closed, half_open, open };
struct OperationHealth {
  std::string operation;
  std::int64_t succeeded = 0;
  std::int64_t failed_state = 0;    // the state's fault
  std::int64_t failed_gateway = 0;  // ours, or the adapter's
  std::optional<Instant> last_success{};
  std::optional<Instant> last_failure{};
};
struct SystemHealth {
  std::string system;
  std::string state;   // ready, refused, resting
  std::string reason;  // why it was refused; empty otherwise
  Breaker breaker = Breaker::closed;
  std::optional<Instant> maintenance_until{};
  std::vector<OperationHealth> operations;
};

// Any thread. Pointers and references live as long as this object.
class Systems {
 public:
  virtual ~Systems() = default;
  virtual const std::vector<JurisdictionInfo>& jurisdictions() const = 0;
  virtual const std::vector<SystemInfo>& systems() const = 0;
  virtual const SystemInfo* find(const std::string& system_id) const = 0;
  // nullptr for an unknown system; an adapter that was refused or rests answers troubles.
  virtual StateAdapter* adapter(const std::string& system_id) = 0;
  virtual std::vector<SystemHealth> health() const = 0;
};

}  // namespace casebridge::ports
