// A PIN becomes a link; a request becomes a letter, and the letter a PIN.
#include "plugins/georgia_batch/sign_in.hpp"

#include <chrono>
#include <functional>

#include "core/base/text.hpp"
#include "core/model/date.hpp"
#include "plugins/georgia_batch/case_shelf.hpp"
#include "plugins/georgia_batch/catch_up.hpp"
#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/pin_check.hpp"
#include "plugins/georgia_batch/requests.hpp"
#include "plugins/georgia_batch/session.hpp"
#include "plugins/georgia_batch/wire_values.hpp"

namespace casebridge::georgia_batch {
namespace {

using model::AuthStep;
using model::Outcome;
using model::Refusal;
using sdk::Answer;
using sdk::Done;

constexpr std::size_t pin_digits = 8;
constexpr std::size_t ssn_digits = 4;
constexpr std::size_t name_octets_max = 80;
constexpr std::chrono::days letter_life{40};
constexpr std::chrono::days letter_wait{30};

Refusal invalid(std::string field) {
  Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = std::move(field);
  return refusal;
}

Answer<std::string> typed_digits(const model::SecretFields& fields, const std::string& name,
                                 std::size_t count) {
  const auto found = fields.find(name);
  if (found == fields.end()) return invalid(name);
  std::string digits(text::trim(found->second.reveal()));
  if (digits.size() != count || !text::all_digits(digits)) return invalid(name);
  return digits;
}

Answer<std::string> typed_case(const model::SecretFields& fields) {
  SDK_TRY(std::string number, typed_digits(fields, "case_number", 9));
  return number;
}

Answer<SecretBytes> typed_pin(const model::SecretFields& fields) {
  SDK_TRY(std::string digits, typed_digits(fields, "pin", pin_digits));
  return SecretBytes::take(digits);
}

Answer<std::string> typed_name(const model::SecretFields& fields, const std::string& name) {
  const auto found = fields.find(name);
  if (found == fields.end()) return invalid(name);
  std::string value(text::trim(found->second.reveal()));
  if (value.empty() || value.size() > name_octets_max || text::has_control(value)) return invalid(name);
  return value;
}

Answer<Done> keep_link(const sdk::Call& call, const Link& link) {
  SDK_TRY([[maybe_unused]] const Done put, put_link(call, link));
  SDK_TRY([[maybe_unused]] const Done added, CaseShelf(call).add_link(link.case_number, link.id));
  return Requests(call).add({new_uuid(), "PINUSED", link.case_number, link.person, {}, {link.pin}});
}

// The PIN is spent before anybody is let in with it, because one that is used twice would be a second key.
// When no link comes of it, it is as it was. What the case holds is read with the first sync, which has more
// time.
Answer<AuthStep> link_person(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number,
                             const PinOwner& owner) {
  auto used = mark_used(call, owner.pin_id);
  if (used.refused() && used.refusal().reason == "version_conflict")
    return sdk::refuse(Outcome::credential_expired, "pin_used");
  SDK_TRY([[maybe_unused]] const Done marked, std::move(used));
  const Link link{new_uuid(), case_number, owner.person, owner.pin_id, {}, {}};
  if (auto kept = keep_link(call, link); kept.refused()) {
    (void)CaseShelf(call).remove_link(case_number, link.id);
    (void)remove_link(call, link.id);
    (void)unmark_used(call, owner.pin_id);
    return std::move(kept).refusal();
  }
  (void)Requests(call).flush(ledger.newest());
  model::AuthDone done;
  done.session = Session{link.id}.sealed_form();
  done.subject_key = "case:" + case_number + ":" + owner.person;
  return AuthStep{std::move(done)};
}

// `refused` is what a wrong PIN means at this step.
Answer<AuthStep> try_pin(const sdk::Call& call, const RunLedger& ledger, const std::string& case_number,
                         const SecretBytes& pin, Refusal refused) {
  SDK_TRY(const PinVerdict verdict, check_pin(call, ledger, case_number, pin));
  if (verdict.blocked_until) {
    Refusal blocked = sdk::refuse(Outcome::blocked, "locked");
    blocked.attempts_left = 0;
    blocked.until = verdict.blocked_until;
    return blocked;
  }
  if (verdict.expired) return sdk::refuse(Outcome::credential_expired, "pin_expired");
  if (verdict.owner) return link_person(call, ledger, case_number, *verdict.owner);
  // That a PIN is void is written to the state with the next call: nobody shall hear it in this one's time.
  refused.attempts_left = verdict.tries_left;
  return refused;
}

struct OpenEnrolment {
  std::string request{};
  std::string case_number{};
};

SecretBytes sealed_form(const OpenEnrolment& one) {
  std::string text;
  write_record(text, {one.request, one.case_number});
  return SecretBytes::take(text);
}

OpenEnrolment enrolment_of(std::string_view sealed) {
  const Rows rows = read_rows(sealed);
  return {rows.at(0).at(0), rows.at(0).at(1)};
}

AuthStep wait_for_letter(const OpenEnrolment& one, std::string prompt_key, std::optional<Instant> until) {
  model::AuthChallenge made;
  model::ChallengeSpec& spec = made.challenge;
  spec.kind = "mailed_code";
  spec.prompt_key = std::move(prompt_key);
  spec.fields = {{.name = "pin", .type = "digits"}};
  spec.fields.front().length_max = static_cast<int>(pin_digits);
  spec.fields.front().length_exact = static_cast<int>(pin_digits);
  spec.channel = "post";
  spec.expires_at = until;
  made.resume = sealed_form(one);
  return made;
}

Answer<Request> request_of(const sdk::Call& call, const model::SecretFields& fields) {
  Request made{new_uuid(), "ENROL", {}, {}, to_text(call.now()), {}};
  SDK_TRY(made.case_number, typed_case(fields));
  SDK_TRY(std::string last, typed_name(fields, "last_name"));
  SDK_TRY(std::string first, typed_name(fields, "first_name"));
  const auto birth = fields.find("date_of_birth");
  if (birth == fields.end() || !model::Date::parse(birth->second.reveal())) return invalid("date_of_birth");
  SDK_TRY(std::string digits, typed_digits(fields, "ssn_last4", ssn_digits));
  made.parameters = {std::move(last), std::move(first), std::string(birth->second.reveal()),
                     std::move(digits)};
  return made;
}

// Whether the state has refused the request, or has sent a letter of which nothing came.
Answer<std::optional<Refusal>> end_of(const sdk::Call& call, const RunLedger& ledger,
                                      const OpenEnrolment& one) {
  SDK_TRY(const auto request, Requests(call).find(one.request));
  if (!request || request->state != "acknowledged") return std::optional<Refusal>{};
  // No match, and not available online: the same words for both.
  if (request->result == "REJECTED" || (request->result == "DUPLICATE" && request->code.starts_with('1')))
    return std::optional<Refusal>{sdk::refuse(Outcome::identity_mismatch)};
  const auto mailed = parse_instant(request->processed);
  if (!mailed || call.now() < *mailed + letter_wait) return std::optional<Refusal>{};
  SDK_TRY(const bool came, has_good_pin(call, ledger, one.case_number));
  if (came) return std::optional<Refusal>{};
  return std::optional<Refusal>{sdk::refuse(Outcome::interaction_needed, "challenge_ended")};
}

}  // namespace

Answer<AuthStep> begin_session(const sdk::Call& call, const model::AuthBegin& begin) {
  if (begin.credential_kind != "mailed_pin") return sdk::refuse(Outcome::not_supported);
  SDK_TRY(const std::string case_number, typed_case(begin.fields));
  SDK_TRY(const SecretBytes pin, typed_pin(begin.fields));
  SDK_TRY(const RunLedger ledger, catch_up(call));
  return try_pin(call, ledger, case_number, pin, sdk::refuse(Outcome::credential_rejected));
}

Answer<AuthStep> begin_enrolment(const sdk::Call& call, const model::AuthBegin& begin) {
  if (begin.credential_kind != "mailed_pin") return sdk::refuse(Outcome::not_supported);
  SDK_TRY(Request request, request_of(call, begin.fields));
  SDK_TRY(const RunLedger ledger, catch_up(call));
  OpenEnrolment open{request.id, request.case_number};
  if (call.resume().empty()) {
    SDK_TRY([[maybe_unused]] const Done added, Requests(call).add(std::move(request)));
  } else {
    open = enrolment_of(call.resume());
  }
  // Files are at least a quarter of an hour apart; the letter is asked for when this one has been written.
  SDK_TRY(const auto later, Requests(call).flush(ledger.newest()));
  if (later) return model::Pending{*later, sealed_form(open)};
  return wait_for_letter(open, "challenge.mailed_code.pin", call.now() + letter_life);
}

// Nobody has typed anything: where the letter stands, as far as the state has said.
Answer<AuthStep> look_after_letter(const sdk::Call& call, const OpenEnrolment& open) {
  SDK_TRY(const RunLedger ledger, catch_up(call));
  SDK_TRY(const auto end, end_of(call, ledger, open));
  if (end) return *end;
  SDK_TRY(const auto request, Requests(call).find(open.request));
  const bool taken = request && request->state == "acknowledged" && !request->code.starts_with('1');
  return wait_for_letter(open, taken ? "challenge.mailed_code.pin_on_its_way" : "challenge.mailed_code.pin",
                         std::nullopt);
}

Answer<AuthStep> continue_enrolment(const sdk::Call& call, const SecretBytes& resume,
                                    const model::AuthAnswer& answer) {
  const OpenEnrolment open = enrolment_of(resume.reveal());
  if (answer.resend) return sdk::refuse(Outcome::not_supported);
  if (!call.interactive() && answer.fields.empty()) return look_after_letter(call, open);
  SDK_TRY(const SecretBytes pin, typed_pin(answer.fields));
  SDK_TRY(const RunLedger ledger, catch_up(call));
  SDK_TRY(const auto end, end_of(call, ledger, open));
  if (end) return *end;
  return try_pin(call, ledger, open.case_number, pin,
                 sdk::refuse(Outcome::interaction_needed, "wrong_answer"));
}

Answer<Done> end_session(const sdk::Call& call, const SecretBytes& session) {
  const auto open = Session::open(session);
  if (!open) return sdk::refuse(Outcome::bug, "session_unreadable");
  SDK_TRY(const auto link, find_link(call, open->link));
  if (!link) return Done{};
  SDK_TRY([[maybe_unused]] const Done kept, CaseShelf(call).remove_link(link->case_number, link->id));
  return remove_link(call, link->id);
}

}  // namespace casebridge::georgia_batch
