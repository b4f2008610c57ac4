// Flows: the server-side state machine behind registration, sign-in, and all that changes how one signs in.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/messages.hpp"
#include "core/base/result.hpp"
#include "core/identity/account_mail.hpp"
#include "core/identity/alerts.hpp"
#include "core/identity/flow_data.hpp"
#include "core/identity/flow_settings.hpp"
#include "core/identity/flow_table.hpp"
#include "core/identity/flow_view.hpp"
#include "core/identity/known_devices.hpp"
#include "core/identity/one_time_codes.hpp"
#include "core/identity/passkey_answer.hpp"
#include "core/identity/passkey_rules.hpp"
#include "core/identity/password_hasher.hpp"
#include "core/identity/password_policy.hpp"
#include "core/identity/throttle.hpp"
#include "core/model/caller.hpp"
#include "core/ports/audit_trail.hpp"
#include "core/ports/store.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::identity {

// What flows work with. The references outlive the flows.
struct FlowParts {
  ports::Store& store;
  const ports::Vault& vault;
  const Clock& clock;
  PasswordHasher& hasher;
  const PasswordPolicy& policy;
  const Messages& messages;
  const ports::AuditTrail& trail;
  FlowSettings settings{};
};

// Any thread. A submission first claims its step by raising the flow's seq and counts the try, then works on
// the password outside of any transaction, then writes what follows: of several submissions of one step only
// one is looked at, and none holds a lock while it hashes.
class Flows {
 public:
  // dependency_failed when config/messages lacks a text that flows use.
  static Result<std::unique_ptr<Flows>> make(FlowParts parts);

  Result<FlowView> start(const std::string& kind, const std::string& transport, const std::string& locale,
                         const std::optional<model::Caller>& caller, const model::Origin& origin);
  Result<FlowView> read(const std::string& flow, const std::optional<model::Caller>& caller);
  // `device`: what a browser keeps of earlier sign-ins, as it came in; see known_devices.hpp.
  Result<FlowView> submit(const std::string& flow, std::int64_t seq, const FlowFields& fields,
                          const std::optional<model::Caller>& caller, const model::Origin& origin,
                          std::string_view device = {});
  const Alerts& alerts() const noexcept { return alerts_; }  // for what is done without a flow

 private:
  // One submission on its way through its step.
  struct Attempt {
    ports::Flow flow;
    FlowData data;
    const FlowFields& fields;
    const std::optional<model::Caller>& caller;
    const model::Origin& origin;
    Instant now;
    std::string_view device;
    std::string_view reveal(const std::string& name) const;
  };
  // Whose password is tried. Without an account, or while it is locked, `hash` is the dummy.
  struct Candidate {
    std::optional<ports::Account> account{};
    std::optional<ports::KnownDevice> device{};  // from which it is tried, when the account knows it
    bool allowed = false;
    bool began_lock = false;  // this was the last try before the account is locked
    std::string hash;
    std::string_view reason = "password";  // why it is refused, when it is
  };

  explicit Flows(FlowParts parts);

  // flows.cpp
  Result<ports::Flow> load(ports::Transaction&, const std::string& id,
                           const std::optional<model::Caller>&) const;
  Result<FlowView> take_step(Attempt&);
  Result<void> advance(ports::Transaction&, ports::Flow&) const;
  Result<void> end(ports::Transaction&, ports::Flow&) const;
  Result<void> check_begun_by(ports::Transaction&, const Attempt&) const;
  Result<void> begin(ports::Transaction&, ports::Flow&, const FlowKind&, const model::Caller&,
                     FlowData) const;
  FlowView view_of(const ports::Flow&) const;
  std::vector<FlowNode> form_of(const ports::Flow&) const;
  void show(FlowView&, const ports::Flow&) const;
  FlowView refused(const ports::Flow&, TroubleCode, const std::string& message_key) const;

  // registration_steps.cpp
  Result<FlowView> submit_details(Attempt&);
  Result<void> claim_registration(Attempt&);
  Result<void> register_account(ports::Transaction&, Attempt&, ports::Flow&, FlowData&,
                                const std::string& hash);

  // flow_events.cpp. `reason`: why it was refused; empty when it was not.
  Result<void> tell(ports::Transaction&, const Attempt&, const std::optional<AccountId>&,
                    std::string_view action, std::string_view reason = {}) const;
  Result<void> tell_refusal(const Attempt&, const Candidate&) const;

  // password_steps.cpp
  Result<FlowView> submit_credentials(Attempt&);
  Result<FlowView> submit_passwords(Attempt&);
  Result<void> note_lock(const Attempt&, const Candidate&) const;
  Result<Candidate> claim_password_try(Attempt&, const std::string& canonical);
  Result<Spent> spend_password_try(ports::Transaction&, const Attempt&, const std::string& subject,
                                   const std::optional<ports::Account>& account) const;
  Result<Spent> spend_device_try(ports::Transaction&, const Attempt&, const ports::KnownDevice&) const;
  Result<void> forgive_password_tries(ports::Transaction&, const Attempt&, const AccountId&) const;
  Result<void> end_lock(ports::Transaction&, const Attempt&, const AccountId&) const;
  Result<std::optional<SignedIn>> pass_credentials(ports::Transaction&, const Attempt&, ports::Flow&,
                                                   const ports::Account&) const;
  Result<FlowView> change_password(Attempt&, const Candidate&, const std::string& new_hash);
  Result<FlowView> submit_confirm_password(Attempt&);

  // second_factor_steps.cpp
  struct FactorTry {
    std::optional<ports::Account> account{};
    bool allowed = false;
  };
  Result<FlowView> turn_to(Attempt&, const std::string& step);
  Result<FlowView> submit_app_code(Attempt&);
  Result<FlowView> submit_recovery_code(Attempt&);
  Result<std::string> factor_subject(ports::Transaction&, const Attempt&, const ports::Account&) const;
  Result<FactorTry> spend_factor_try(ports::Transaction&, const Attempt&, const ThrottleRule&) const;
  Result<void> note_wrong_factor(ports::Transaction&, const Attempt&, const ports::Account&) const;
  Result<std::optional<SignedIn>> pass_first_factor(ports::Transaction&, const Attempt&, ports::Flow&,
                                                    const ports::Account&) const;
  Result<std::optional<SignedIn>> pass_second_factor(ports::Transaction&, const Attempt&, ports::Flow&,
                                                     const ports::Account&) const;
  Result<std::optional<SignedIn>> finish_sign_in(ports::Transaction&, const Attempt&, ports::Flow&,
                                                 const ports::Account&, model::Assurance) const;
  Result<SignedIn> renew_session(ports::Transaction&, const Attempt&, const ports::Account&,
                                 const SessionProof&) const;

  // passkey_steps.cpp
  struct PasskeyTry {
    std::optional<ports::Passkey> passkey{};
    std::string user_handle{};  // base64url
    bool allowed = false;
  };
  void ask_anew(FlowData&, Instant now) const;
  Result<std::string> second_step(ports::Transaction&, const AccountId&, FlowData&, Instant now) const;
  Result<FlowView> submit_passkey(Attempt&);
  Result<PasskeyTry> spend_passkey_try(ports::Transaction&, const Attempt&,
                                       const std::optional<AssertionAnswer>&) const;
  Result<void> note_refused_passkey(ports::Transaction&, const Attempt&, const PasskeyTry&,
                                    std::optional<PasskeyFault>) const;
  Result<std::optional<SignedIn>> pass_passkey(ports::Transaction&, const Attempt&, ports::Flow&,
                                               const ports::Passkey&) const;

  // passkey_changes.cpp
  Result<void> offer_passkey(ports::Transaction&, ports::Flow&, const ports::Account&, FlowData) const;
  Result<FlowView> submit_add_passkey(Attempt&);
  FlowView refused_passkey(const ports::Flow&, const std::string& message_key) const;
  std::string passkey_name(const Attempt&, const std::string& locale, std::size_t number) const;
  Result<FlowView> add_passkey(Attempt&, const NewPasskey&);
  Result<void> note_device(ports::Transaction&, const Attempt&, const ports::Account&, SignedIn&) const;

  // factor_changes.cpp
  Result<FlowView> submit_add_app(Attempt&);
  Result<FlowView> add_app(Attempt&, const PasswordHasher::Place&, const SecretBytes& secret,
                           std::int64_t step);
  Result<FlowView> submit_remove_app(Attempt&);
  Result<FlowView> submit_make_codes(Attempt&);
  Result<void> check_fresh(ports::Transaction&, const Attempt&) const;
  Result<SignedIn> renew_alone(ports::Transaction&, const Attempt&, const ports::Account&,
                               const SessionProof&) const;

  // recovery_steps.cpp
  Result<FlowView> submit_address(Attempt&);
  Result<FlowView> submit_new_password(Attempt&);
  Result<void> pass_mailed_code(ports::Transaction&, const Attempt&, ports::Flow&,
                                const ports::Account&) const;

  // lost_phone_steps.cpp
  Result<void> begin_lost_phone(ports::Transaction&, const Attempt&, ports::Flow&,
                                const ports::Account&) const;
  Result<void> go_on_with_lost_phone(ports::Transaction&, const Attempt&, ports::Flow&,
                                     const ports::Account&) const;
  Result<void> offer_app(ports::Transaction&, const Attempt&, ports::Flow&, const ports::Account&,
                         bool factor_shown) const;
  Result<FlowView> submit_lost_phone(Attempt&);
  Result<FlowView> submit_waiting(Attempt&);
  Result<void> check_lost_phone(ports::Transaction&, const Attempt&) const;
  Result<void> end_lost_phone(ports::Transaction&, const ports::Account&) const;
  Result<void> ask_for(ports::Transaction&, const Attempt&, const ports::Account&,
                       const std::string& kind) const;
  Result<void> call_off(ports::Transaction&, const Attempt&, const ports::Account&,
                        const std::string& kind) const;

  // address_steps.cpp
  Result<FlowView> submit_new_address(Attempt&);
  Result<void> accept_address(ports::Transaction&, const Attempt&, ports::Flow&, const ports::Account&) const;
  Result<void> add_address(ports::Transaction&, const ports::FurtherAddress&, const ports::Account&) const;
  Result<void> change_sign_in_address(ports::Transaction&, const Attempt&, const ports::Account&) const;
  Result<void> leave_out_nothing(ports::Transaction&, const AccountId&, Instant now) const;
  Result<void> revert_address(ports::Transaction&, const Attempt&, const ports::Account&,
                              const ports::MailedLink&) const;

  // deletion_steps.cpp
  Result<FlowView> submit_deletion(Attempt&);

  // mailed_link_steps.cpp
  Result<FlowView> submit_mailed_link(Attempt&);
  Result<bool> is_of_another_hold(ports::Transaction&, const ports::MailedLink&) const;
  Result<void> follow_link(ports::Transaction&, const Attempt&, const ports::MailedLink&) const;
  Result<void> end_office(ports::Transaction&, const Attempt&, const ports::Account&) const;
  Result<void> disown(ports::Transaction&, const Attempt&, const ports::Account&,
                      const ports::MailedLink&) const;

  // code_step.cpp
  Result<FlowView> submit_code(Attempt&);
  Result<FlowView> resend_code(Attempt&);
  Result<void> send_code(ports::Transaction&, const ports::Flow&, const FlowData&,
                         std::int64_t credential_version, Instant now) const;
  Result<Spent> spend_code_send(ports::Transaction&, const Attempt&, const std::string& canonical,
                                const std::optional<AccountId>& account) const;
  Result<Addressee> addressee_of_code(ports::Transaction&, const ports::Flow&, const FlowData&,
                                      Instant now) const;
  struct CodeEnd {
    bool accepted = false;
    std::optional<SignedIn> signed_in{};
  };
  Result<CodeEnd> accept_code(ports::Transaction&, const Attempt&, ports::Flow&,
                              std::int64_t credential_version);

  FlowParts parts_;
  Throttle throttle_;
  AccountMail mail_;
  Alerts alerts_;
};

}  // namespace casebridge::identity
