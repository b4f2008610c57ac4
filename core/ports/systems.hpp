// Systems: what is known about the states and their systems, and the way to the adapter of each.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/identifier.hpp"
#include "core/ports/state_adapter.hpp"

namespace casebridge::ports {

// A fact about an office that a parent may rely on only as far as its provenance goes.
struct Fact {
  std::string value;
  std::string provenance;   // verified, secondary, unverified
  std::string source;       // public address or citation
  std::string reviewed_on;  // YYYY-MM-DD, may be empty
  std::string basis{};      // of an address: exact, section_root, mentioned; may be empty
  int copy_year = 0;        // when the page is a kept copy of a certain year; 0: not told
};

struct LoginForm {
  std::string credential_kind;  // username_password ...
  std::vector<model::FieldSpec> fields;
  std::string ssn_notice;       // the state's notice where an SSN is asked; empty when none is asked
  std::string ssn_notice_es{};  // the same in Spanish, where there is one
  std::vector<std::string> channels{};  // of a forgotten credential: email, post; empty: no choice
};

struct Lockout {
  int limit = 0;  // refused tries before the system locks; 0: it never does
  std::chrono::seconds window{0};
  std::chrono::seconds lock{0};
};

// Every week at this time a system is down by plan, by the clocks of its own time zone.
struct MaintenanceWindow {
  unsigned weekday = 0;  // 0 is Sunday
  int from_minute = 0;
  int to_minute = 0;  // of the same day
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
  // Between two readings that nobody asked for, which never type a password; 0: there are none.
  std::chrono::hours refresh_every{24};
  std::string as_of_basis = "state_batch_close";
  model::IdentifierForm case_number{};  // how its state writes case numbers
  int safety_policy = 1;                // model::SafetyLevel applied where the adapter cannot tell
  std::string assertion_jwk{};          // our public key towards this system, as a JWK; or empty
  // What a person without an account there is asked, and what whoever forgot a user_name, password or pin.
  std::optional<LoginForm> enrolment{};
  std::map<std::string, LoginForm> recovery{};
  std::vector<MaintenanceWindow> maintenance{};
};

// A Fact named grounds has no value of its own: it says how far what it stands beside may be relied on.
struct Contact {
  std::string use;  // tty, outside_state, payments ...
  Fact number;
};
struct SignInFacts {
  std::string scope;              // portal, legacy_portal, payment_portal, payment_lookup, phone
  std::vector<std::string> asks;  // username, password, pin ...
  std::string state_account;      // name of the account of the whole state, where one is asked; or empty
  Fact grounds;
};
struct IdentifierFacts {
  model::IdentifierForm form;
  Fact name;  // what the state calls the number
};
struct MaintenanceFact {
  std::string day, from, to;  // sunday or daily, HH:MM by the clocks of the jurisdiction
  Fact grounds;
};

struct JurisdictionInfo {
  std::string id;  // us-tx
  std::string name, name_es;
  std::string usps;
  std::string fips;                  // two digits
  std::vector<std::string> aliases;  // what people call its offices and sites; words to search by, not facts
  Fact time_zone;                    // IANA
  Fact agency, department, agency_url, portal_name, portal_url, payment_url, phone;
  std::vector<Contact> contacts;
  std::vector<std::string> languages;
  Fact languages_grounds;
  std::optional<SignInFacts> sign_in;
  std::vector<IdentifierFacts> identifiers;
  Fact disclosure;  // what is kept from the other parent at least: a name of model::SafetyLevel
  std::vector<MaintenanceFact> maintenance;
  std::string guidance_en, guidance_es;  // Markdown; empty when there is none
  std::vector<std::string> systems;      // ids

  bool linkable() const { return !systems.empty(); }
  // The door to send a parent to: the portal, or the agency's page while the portal is not confirmed.
  const Fact& official_url() const {
    const bool portal_stands = !portal_url.value.empty() && portal_url.provenance != "unverified";
    return portal_stands || agency_url.value.empty() ? portal_url : agency_url;
  }
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
  // When the planned maintenance in which `now` lies ends; nullopt outside of it.
  virtual std::optional<Instant> maintenance_end(const std::string& system_id, Instant now) const = 0;
};

}  // namespace casebridge::ports
