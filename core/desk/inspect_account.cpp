// Reads one account for an operator. What is shown is named here; anything else stays inside.
#include "core/desk/inspect_account.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/audit/chain.hpp"
#include "core/audit/seal_waiting.hpp"
#include "core/desk/event_details.hpp"
#include "core/identity/email_address.hpp"
#include "core/ports/store_safety.hpp"

namespace casebridge::desk {
namespace {

// The first character, which may be of several octets.
std::string first_of(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) ++size;
  return std::string(text.substr(0, size));
}

int count_live(const std::vector<ports::Session>& sessions, Instant now,
               const identity::SessionSettings& settings) {
  int live = 0;
  for (const ports::Session& one : sessions)
    if (!identity::has_ended(one, now, settings)) ++live;
  return live;
}

Result<InspectedAccount> view_of(const Operating& operating, ports::Transaction& tx,
                                 const ports::Account& account) {
  const Instant now = operating.desk.clock.now();
  InspectedAccount view{.id = account.id,
                        .role = account.role,
                        .email = masked_address(account.email),
                        .email_confirmed = account.email_verified_at.has_value(),
                        .locale = account.locale,
                        .created_at = account.created_at,
                        .signed_in_at = account.signed_in_at,
                        .password_stopped = account.password_stopped,
                        .inactive = identity::is_inactive(account, now, operating.policy)};
  CASEBRIDGE_TRY(const auto app, tx.factors().find_totp(account.id));
  CASEBRIDGE_TRY(const auto passkeys, tx.passkeys().list(account.id));
  CASEBRIDGE_TRY(const auto codes, tx.factors().unused_recovery_codes(account.id));
  CASEBRIDGE_TRY(const auto sessions, tx.sessions().list(account.id));
  CASEBRIDGE_TRY(const auto devices, tx.devices().list(account.id));
  CASEBRIDGE_TRY(const auto links, tx.links().list(account.id));
  CASEBRIDGE_TRY(view.lock, identity::lock_of(tx, identity::Throttle(operating.desk.vault),
                                              operating.throttle, account, now, operating.policy));
  view.has_app = app.has_value();
  view.passkeys = static_cast<int>(passkeys.size());
  view.recovery_codes_left = static_cast<int>(codes.size());
  view.sessions = count_live(sessions, now, operating.desk.settings.sessions);
  view.devices = static_cast<int>(devices.size());
  view.links = static_cast<int>(links.size());
  return view;
}

Result<InspectedAccount> inspect(const Operating& operating, const OperatorCall& call,
                                 const AccountSearch& search) {
  std::optional<InspectedAccount> view;
  CASEBRIDGE_CHECK(with_account(operating, call, search, "operator_looked", {{"what", "account"}},
                                [&](ports::Transaction& tx, const ports::Account& account) -> Result<void> {
                                  CASEBRIDGE_TRY(view, view_of(operating, tx, account));
                                  return {};
                                }));
  return std::move(*view);
}

// Anything that is not named is the owner's alone.
constexpr std::array shown_actions = {
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
    std::string_view("disowned"),
    std::string_view("operator_looked"),
    std::string_view("operator_unlocked"),
    std::string_view("operator_ended_sessions"),
    std::string_view("operator_began_reset"),
    std::string_view("operator_watched"),
    std::string_view("operator_appointed"),
    std::string_view("operator_dismissed"),
};
static_assert(std::all_of(shown_actions.begin(), shown_actions.end(),
                          [](std::string_view shown) {
                            return std::find(ports::audit_actions.begin(), ports::audit_actions.end(),
                                             shown) != ports::audit_actions.end();
                          }),
              "an action that nobody tells would never be shown");
// Nobody who helps parents asks for more; whoever tries a list of addresses does.
constexpr identity::ThrottleRule searches{"operator-searches", 120, std::chrono::hours{1}};

InspectedEvent view_of(const ports::AuditEntry& entry) {
  const ports::AuditRecord& record = entry.record;
  InspectedEvent view{record.id,      entry.seq, record.at, record.action,
                      record.outcome, "",        "",        EventDetails(record.details).text("reason")};
  const bool is_operators = record.action.starts_with("operator_") && record.actor.starts_with("acc_");
  if (is_operators) view.by = record.actor;
  view.actor = is_operators                     ? "operator"
               : record.actor == record.subject ? "owner"
               : record.actor == "gateway"      ? "gateway"
                                                : "somebody";
  return view;
}

}  // namespace

std::string masked_address(std::string_view email) {
  const std::size_t at = email.rfind('@'), dot = email.rfind('.');
  if (at == std::string_view::npos) return "***";
  std::string masked = first_of(email.substr(0, at)) + "***@" + first_of(email.substr(at + 1)) + "***";
  if (dot != std::string_view::npos && dot > at) masked += email.substr(dot);
  return masked;
}

Result<InspectedAccount> find_account(const Operating& operating, const OperatorCall& call,
                                      const std::string& email) {
  const std::string canonical = identity::canonical_email(email);
  const Instant now = operating.desk.clock.now();
  CASEBRIDGE_CHECK(operating.desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const identity::Spent spent,
                   identity::Throttle(operating.desk.vault)
                       .spend(tx.throttles(), searches, call.caller.account.text(), now));
    return spent.allowed ? Result<void>() : Result<void>(identity::rate_limited(spent));
  }));
  return inspect(operating, call, [&](ports::Transaction& tx) -> Result<std::optional<ports::Account>> {
    CASEBRIDGE_TRY(std::optional<ports::Account> found, tx.accounts().find_by_email(canonical));
    if (found && !found->email_verified_at) found.reset();
    return found;
  });
}

Result<InspectedAccount> inspect_account(const Operating& operating, const OperatorCall& call,
                                         const AccountId& account) {
  return inspect(operating, call, [&](ports::Transaction& tx) { return tx.accounts().find(account); });
}

Result<std::vector<InspectedSession>> inspect_sessions(const Operating& operating, const OperatorCall& call,
                                                       const AccountId& account) {
  const Instant now = operating.desk.clock.now();
  const identity::SessionSettings& settings = operating.desk.settings.sessions;
  std::vector<InspectedSession> views;
  CASEBRIDGE_CHECK(with_account(
      operating, call, account, "operator_looked", {{"what", "sessions"}},
      [&](ports::Transaction& tx, const ports::Account&) -> Result<void> {
        views.clear();
        CASEBRIDGE_TRY(const auto sessions, tx.sessions().list(account));
        for (const ports::Session& one : sessions)
          if (!identity::has_ended(one, now, settings))
            views.push_back({one.id, one.transport, one.assurance, one.created_at, one.last_seen_at,
                             one.last_seen_at + identity::idle_of(one, settings), one.absolute_end});
        return {};
      }));
  return views;
}

Result<InspectedEvents> inspect_events(const Operating& operating, const OperatorCall& call,
                                       const AccountId& account, const ListActivity& asked) {
  CASEBRIDGE_CHECK(audit::seal_waiting(operating.desk.store));
  std::vector<ports::AuditEntry> entries;
  CASEBRIDGE_CHECK(with_account(
      operating, call, account, "operator_looked", {{"what", "events"}},
      [&](ports::Transaction& tx, const ports::Account&) -> Result<void> {
        CASEBRIDGE_TRY(entries, tx.audit().about(std::string(audit::accounts_stream), account, shown_actions,
                                                 asked.before_seq, asked.limit + 1));
        return {};
      }));
  InspectedEvents page;
  page.more = entries.size() > static_cast<std::size_t>(asked.limit);
  if (page.more) entries.pop_back();
  for (const ports::AuditEntry& entry : entries) {
    page.last_seq = entry.seq;
    page.last_id = entry.record.id;
    page.events.push_back(view_of(entry));
  }
  return page;
}

}  // namespace casebridge::desk
