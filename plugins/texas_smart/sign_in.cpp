// Reads what the service says to a login, a code or a resend, and keeps the challenge between the calls.
#include "plugins/texas_smart/sign_in.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/text.hpp"
#include "core/model/json_document.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::texas_smart {
namespace {

using model::AuthStep;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t user_name_length_max = 64;
constexpr std::size_t password_length_max = 128;
constexpr std::size_t code_length_max = 32;
constexpr std::size_t token_size_max = 128;
constexpr std::chrono::seconds resend_wait{60};

// What must survive between a challenge and its answer. The host seals it.
struct OpenStep {
  std::string challenge_id{};
  std::string channel{};
  std::string user{};  // stands in for a member id, which the service does not give
};

SecretBytes sealed_form(const OpenStep& step) {
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("challenge");
  json.value(std::string_view(step.challenge_id));
  json.name("channel");
  json.value(std::string_view(step.channel));
  json.name("user");
  json.value(std::string_view(step.user));
  json.end_object();
  return sink.take();
}

std::optional<OpenStep> open_step(const SecretBytes& resume) {
  const auto document = model::JsonDocument::parse(resume.reveal());
  if (!document || document->root().kind() != model::JsonKind::object) return std::nullopt;
  OpenStep step;
  for (auto [name, member] : {std::pair("challenge", &step.challenge_id), std::pair("channel", &step.channel),
                              std::pair("user", &step.user)}) {
    const auto found = document->root().find(name);
    if (!found || found->kind() != model::JsonKind::text) return std::nullopt;
    *member = found->text();
  }
  return step;
}

Refusal invalid(const std::string& field) {
  Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = field;
  return refusal;
}

// A typed field as the interface can carry it; the refusal names it without a call to the state.
Answer<const SecretBytes*> typed(const model::SecretFields& fields, const std::string& name,
                                 std::size_t length_max) {
  const auto found = fields.find(name);
  const bool good = found != fields.end() && !found->second.empty() &&
                    sdk::fits_xml(found->second.reveal()) &&
                    text::count_code_points(found->second.reveal()) <= length_max;
  if (good) return &found->second;
  return invalid(name);
}

// phone, email, or empty when the parent has no wish.
Answer<std::string> wished_channel(const model::SecretFields& fields) {
  const auto found = fields.find("channel");
  if (found == fields.end() || found->second.empty()) return std::string();
  const std::string_view wish = found->second.reveal();
  if (wish != "phone" && wish != "email") return invalid("channel");
  return std::string(wish);
}

// The token goes into a message of ours, so its form is checked before anything else is done with it.
bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= token_size_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

Answer<AuthStep> code_sent(const SoapAnswer& answer, const std::string& user, Instant now) {
  Reading reading;
  const Record sent = answer.payload(reading);
  if (sent.text("Result") != "CodeSent") sent.breach("Result");
  model::AuthChallenge made;
  model::ChallengeSpec& spec = made.challenge;
  spec.kind = "otp";
  spec.destination_hint = sent.text("SentTo");
  spec.channel = spec.destination_hint.find('@') == std::string::npos ? "phone" : "email";
  spec.prompt_key = "challenge.otp." + spec.channel;
  spec.resend_allowed = true;
  spec.channels = {"email", "phone"};
  spec.resend_after = now + resend_wait;
  spec.expires_at = sent.instant("ExpiresAt");
  spec.attempts_left = sent.count("TriesLeft");
  const int length = sent.count("CodeLength");
  spec.fields = {{.name = "code", .type = "digits"}};
  if (length > 0) spec.fields.front().length_exact = length;
  const OpenStep step{sent.text("ChallengeId"), spec.channel, user};
  if (!reading.followed()) return sdk::drift(reading.where());
  made.resume = sealed_form(step);
  return AuthStep{std::move(made)};
}

Answer<AuthStep> signed_in(const SoapAnswer& answer, const std::string& user, Instant now) {
  Reading reading;
  const Record opened = answer.payload(reading);
  if (opened.text("Result") != "Ok") opened.breach("Result");
  std::string token = opened.text("SessionToken");
  if (!is_token(token)) opened.breach("SessionToken");
  model::AuthDone done;
  done.idle_expires_at = now + std::chrono::seconds{opened.count("IdleSeconds")};
  done.absolute_expires_at = opened.instant("AbsoluteEnd");
  done.subject_key = "login:" + user;
  done.second_step_used = true;
  done.session = SecretBytes::take(token);
  if (!reading.followed()) return sdk::drift(reading.where());
  return AuthStep{std::move(done)};
}

}  // namespace

Answer<AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin) {
  if (begin.credential_kind != "username_password") return sdk::refuse(Outcome::not_supported);
  // Every login makes the state send a code, and that needs a parent who waits for it.
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  SDK_TRY(const SecretBytes* const user, typed(begin.fields, "user_name", user_name_length_max));
  SDK_TRY(const SecretBytes* const password, typed(begin.fields, "password", password_length_max));
  SDK_TRY(const std::string channel, wished_channel(begin.fields));
  SoapRequest request = exchange.request("Login");
  request.element("UserName", *user).element("Password", *password);
  if (!channel.empty()) request.element("Channel", channel);
  auto answer = exchange.sign_in_step(std::move(request));
  if (answer) return code_sent(*answer, std::string(user->reveal()), exchange.call().now());
  if (answer.refusal().outcome != Outcome::action_needed) return answer.refusal();
  return AuthStep{model::AuthAction{"reset_password", exchange.endpoint().password_page}};
}

Answer<AuthStep> continue_session(const Exchange& exchange, const SecretBytes& resume,
                                  const model::AuthAnswer& answer) {
  const auto step = open_step(resume);
  if (!step) return sdk::refuse(Outcome::bug, "resume_unreadable");
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  if (answer.resend) {
    SDK_TRY(const std::string wish, wished_channel(answer.fields));
    SoapRequest request = exchange.request("ResendCode");
    request.element("ChallengeId", step->challenge_id)
        .element("Channel", wish.empty() ? step->channel : wish);
    SDK_TRY(const SoapAnswer sent, exchange.sign_in_step(std::move(request)));
    return code_sent(sent, step->user, exchange.call().now());
  }
  SDK_TRY(const SecretBytes* const code, typed(answer.fields, "code", code_length_max));
  SoapRequest request = exchange.request("VerifyCode");
  request.element("ChallengeId", step->challenge_id).element("Code", *code);
  SDK_TRY(const SoapAnswer opened, exchange.sign_in_step(std::move(request)));
  return signed_in(opened, step->user, exchange.call().now());
}

Answer<sdk::Done> end_session(const Exchange& exchange) {
  const auto answer = exchange.read(exchange.request("Logout"));
  if (answer || answer.refusal().outcome == Outcome::session_expired) return sdk::Done{};
  return answer.refusal();
}

}  // namespace casebridge::texas_smart
