// Tries are counted before a state is asked; what a state says of an account is not passed on.
#include "core/desk/recover_credential.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/desk/check_fields.hpp"
#include "core/identity/throttle.hpp"

namespace casebridge::desk {
namespace {

constexpr std::array<std::string_view, 3> forgettable{"user_name", "password", "pin"};
constexpr identity::ThrottleRule recovery_limit{"credential-recovery", 5, std::chrono::hours{1}};

const ports::JurisdictionInfo* state_of(const Desk& desk, const ports::SystemInfo& system) {
  for (const ports::JurisdictionInfo& one : desk.systems.jurisdictions())
    if (one.id == system.jurisdiction) return &one;
  return nullptr;
}

// Where the state has no way of its own that leads through here.
std::string way_without_form(const ports::SystemInfo& system, const ports::JurisdictionInfo& state) {
  const bool same = system.enrolment && system.enrolment->credential_kind == system.form.credential_kind;
  if (same) return "enrol";
  return state.official_url().value.empty() ? "contact_agency" : "open_page";
}

Result<void> check(const RecoverCredential& input, const ports::LoginForm* form) {
  if (form == nullptr) return check_fields({}, input.fields);
  const auto& channels = form->channels;
  const bool known = std::find(channels.begin(), channels.end(), input.channel) != channels.end();
  if (!input.channel.empty() && !known) return field_trouble("channel", "is not offered by this system");
  return check_fields(form->fields, input.fields);
}

// For each account and system, however often the address changes from which it is asked.
Result<void> spend(const Desk& desk, const AccountId& account, const std::string& system) {
  const identity::Throttle throttle(desk.vault);
  identity::Spent spent;
  CASEBRIDGE_CHECK(desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(spent, throttle.spend(tx.throttles(), recovery_limit, account.text() + '\n' + system,
                                         desk.clock.now()));
    return {};
  }));
  if (!spent.allowed) return identity::rate_limited(spent);
  return {};
}

// A refusal may be about the account that nobody shall hear of, so it says no more than: ask the office.
bool tells_of_an_account(const Trouble& why) {
  const std::string_view category = why.row().category;
  return category == "link" || category == "challenge" || why.code == TroubleCode::source_not_found;
}

Result<model::RecoveryAnswer> ask(const Desk& desk, const RecoverCredential& input,
                                  const model::RecoveryQuery& query, const std::string& locale) {
  ports::StateAdapter* adapter = desk.systems.adapter(input.system);
  if (adapter == nullptr) return trouble(TroubleCode::source_unavailable);
  const ports::CallContext context{Deadline{desk.settings.login_timeout_ms}, input.request_id, locale, true};
  auto answer = adapter->recover_credential(context, query);
  if (!answer) {
    if (tells_of_an_account(answer.error())) return model::RecoveryAnswer{"contact_agency", {}, {}};
    return std::move(answer).error();
  }
  if (auto* told = std::get_if<model::RecoveryAnswer>(&*answer)) return std::move(*told);
  // Nobody comes back to ask again, so "later" is as good as silence.
  Trouble later = trouble(TroubleCode::source_unavailable);
  later.retry_at = std::get<model::Pending>(*answer).not_before;
  return later;
}

}  // namespace

std::vector<RecoveryForm> recovery_forms(const ports::SystemInfo& system) {
  std::vector<RecoveryForm> forms;
  for (const std::string_view what : forgettable) {
    const auto& fields = system.form.fields;
    if (std::none_of(fields.begin(), fields.end(), [&](const auto& field) { return field.name == what; }))
      continue;
    const auto found = system.recovery.find(std::string(what));
    forms.push_back({std::string(what), found == system.recovery.end() ? nullptr : &found->second});
  }
  return forms;
}

Result<RecoveryView> recover_credential(const Desk& desk, const model::Caller& caller,
                                        RecoverCredential input) {
  const ports::SystemInfo* system = desk.systems.find(input.system);
  const ports::JurisdictionInfo* state = system != nullptr ? state_of(desk, *system) : nullptr;
  if (state == nullptr) return trouble(TroubleCode::system_unknown);
  const auto forms = recovery_forms(*system);
  const auto asked =
      std::find_if(forms.begin(), forms.end(), [&](const auto& one) { return one.what == input.what; });
  if (asked == forms.end()) return field_trouble("what", "is nothing that this system asks");
  CASEBRIDGE_CHECK(check(input, asked->form));
  RecoveryView view{input.system, state, input.what, {}};
  if (asked->form == nullptr) {
    view.action = way_without_form(*system, *state);
    return view;
  }
  CASEBRIDGE_CHECK(spend(desk, caller.account, input.system));
  const model::RecoveryQuery query{input.what, input.channel, std::move(input.fields)};
  CASEBRIDGE_TRY(const model::RecoveryAnswer told, ask(desk, input, query, caller.locale));
  view.action = told.next;
  if (told.url.starts_with("https://")) view.url = told.url;
  view.expected_by = told.expected_by;
  return view;
}

}  // namespace casebridge::desk
