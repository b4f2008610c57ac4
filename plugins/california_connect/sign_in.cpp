// What the portal does with a login, and what it means.
#include "plugins/california_connect/sign_in.hpp"

#include <chrono>

#include "core/model/date.hpp"
#include "plugins/california_connect/new_pin.hpp"
#include "plugins/california_connect/repeated_post.hpp"
#include "plugins/california_connect/tries.hpp"
#include "plugins/california_connect/typed_fields.hpp"

namespace casebridge::california_connect {
namespace {

using model::AuthStep;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t pin_size_max = 64;
constexpr std::chrono::seconds session_longest{3600};

// The portal sends away from the login page with a redirect, and what is there says why.
Answer<AuthStep> sent_away(Exchange& exchange, const std::string& location, PageKind expected) {
  const auto page = exchange.read(location, expected);
  if (!page) return page.refusal();
  return refusal_of(*page);
}

// What came in place of an answer to the login.
Refusal refused_login(const Page& page, Tries& tries) {
  if (page.kind() == PageKind::login) {
    if (page.error_code() == "E-LOGIN") return sdk::refuse(Outcome::credential_rejected);
    return sdk::drift("login/data-code");
  }
  const Refusal refusal = refusal_of(page);
  // A token that the portal does not know, and a portal that is closed: nothing was looked at.
  if (page.kind() == PageKind::bad_token || page.kind() == PageKind::maintenance) tries.give_back();
  return refusal;
}

Refusal lost_login(Refusal refusal, Tries& tries) {
  if (refusal.reason == "not_sent") tries.give_back();
  // A login without an answer in time is reported like a lost one: it may have been counted.
  if (refusal.outcome == Outcome::timeout && refusal.reason == "lost_answer")
    refusal.outcome = Outcome::unavailable;
  // Nor does a "come back later" of a failing portal say that the try was not counted.
  if (refusal.outcome == Outcome::unavailable) refusal.until.reset();
  return refusal;
}

}  // namespace

AuthStep signed_in(const Exchange& exchange, const std::string& participant_id) {
  const Instant now = exchange.call().now();
  model::AuthDone done;
  done.session = exchange.cookies().clone();
  done.idle_expires_at = now + exchange.endpoint().idle;
  done.absolute_expires_at = now + session_longest;
  done.subject_key = "participant:" + participant_id;
  return done;
}

Answer<AuthStep> begin_session(sdk::Call& call, const Endpoint& endpoint, const model::AuthBegin& begin) {
  if (begin.credential_kind != "participant_pin") return sdk::refuse(Outcome::not_supported);
  SDK_TRY(const SecretBytes* const id, typed_participant(begin.fields));
  SDK_TRY(const SecretBytes* const pin, typed(begin.fields, "pin", pin_size_max));
  const std::string participant_id(id->reveal());
  const std::string language = call.locale().starts_with("es") ? "es" : "en";
  Exchange exchange(call, endpoint, sdk::Cookies{});
  SDK_TRY(const Page login, exchange.read("/login?lang=" + language, PageKind::login));
  SDK_TRY(const PageForm form, form_for(login, exchange.full("/login")));
  sdk::Form fields = fields_of(form);
  fields.add("pid", *id).add("pin", *pin).add("lang", language);
  Tries tries(call, participant_id);
  SDK_TRY([[maybe_unused]] const sdk::Done booked, tries.book());
  const auto posted = exchange.post_once(form, fields);
  if (!posted) return lost_login(posted.refusal(), tries);
  if (posted->page) return refused_login(*posted->page, tries);
  const std::string& location = posted->location;
  if (location == "/home" || location == "/pin/change") {
    tries.clear();
    if (exchange.cookies().empty()) return sdk::drift("login/Set-Cookie");
    if (location == "/home") return signed_in(exchange, participant_id);
    return new_pin_wanted(exchange, participant_id, *pin);
  }
  if (location == "/locked" || location == "/noacc") {
    tries.give_back();
    return sent_away(exchange, location, location == "/locked" ? PageKind::locked : PageKind::not_available);
  }
  return sdk::drift("login/Location");
}

Answer<model::RecoveryAnswer> request_pin(sdk::Call& call, const Endpoint& endpoint,
                                          const model::RecoveryQuery& query) {
  if (query.what != "pin" || query.channel == "phone") return sdk::refuse(Outcome::not_supported);
  SDK_TRY(const SecretBytes* const id, typed_participant(query.fields));
  SDK_TRY(const SecretBytes* const birth_date, typed(query.fields, "birth_date", 10));
  if (!model::Date::parse(birth_date->reveal())) return invalid_field("birth_date");
  const bool by_post = query.channel == "post";
  Exchange exchange(call, endpoint, sdk::Cookies{});
  SDK_TRY(const Page login, exchange.read("/login?lang=en", PageKind::login));
  SDK_TRY(const PageForm form, form_for(login, exchange.full("/pin/request")));
  sdk::Form fields = fields_of(form);
  fields.add("pid", *id).add("dob", *birth_date).add("via", by_post ? "mail" : "email");
  const Repeated sent = post_repeated(exchange, form, fields);
  if (!sent.posted) return sent.posted.refusal();
  if (sent.posted->page) return refusal_of(*sent.posted->page);
  if (sent.posted->location != "/pin/requested") return sdk::drift("pin-request/Location");
  model::RecoveryAnswer answer;
  answer.next = by_post ? "check_post" : "check_email";
  answer.expected_by = call.now() + (by_post ? std::chrono::seconds(std::chrono::days{10})
                                             : std::chrono::seconds(std::chrono::minutes{20}));
  return answer;
}

}  // namespace casebridge::california_connect
