// Reads what the state says to a login, an answer or a resend, and keeps the challenge between the calls.
#include "plugins/texas_icop/session.hpp"

#include <algorithm>
#include <cctype>

#include "core/base/text.hpp"
#include "core/model/json_writer.hpp"
#include "plugins/texas_icop/typed_fields.hpp"
#include "plugins/texas_icop/wire_object.hpp"

namespace casebridge::texas_icop {
namespace {

using model::AuthStep;
using model::JsonDocument;
using model::Outcome;
using model::Refusal;
using sdk::Answer;

constexpr std::size_t token_size = 43;
constexpr std::size_t user_name_length_max = 64;
constexpr std::size_t secret_length_max = 128;

// What must survive between a challenge and its answer. The host seals it.
struct OpenStep {
  std::string challenge_id{};
  std::string field{};  // code or answer
  std::string user{};   // stands in for a member id where the state gives none
};

SecretBytes sealed_form(const OpenStep& step) {
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("challenge");
  json.value(std::string_view(step.challenge_id));
  json.name("field");
  json.value(std::string_view(step.field));
  json.name("user");
  json.value(std::string_view(step.user));
  json.end_object();
  return sink.take();
}

std::optional<OpenStep> open_step(const SecretBytes& resume) {
  const auto document = JsonDocument::parse(resume.reveal());
  if (!document) return std::nullopt;
  Reading reading;
  const WireObject kept(document->root(), "", reading);
  OpenStep step{kept.key("challenge"), kept.key("field"), kept.text("user")};
  if (!reading.followed()) return std::nullopt;
  return step;
}

// The token becomes a header value, so its form is checked before anything else is done with it.
std::optional<SecretBytes> session_token(const model::JsonNode& root) {
  const auto member = root.find("sessionToken");
  if (!member || member->kind() != model::JsonKind::text) return std::nullopt;
  SecretBytes token = member->secret_text();
  const std::string_view seen = token.reveal();
  const bool good = seen.size() == token_size && std::all_of(seen.begin(), seen.end(), [](unsigned char c) {
                      return std::isalnum(c) != 0 || c == '_' || c == '-';
                    });
  if (!good) return std::nullopt;
  return token;
}

Answer<AuthStep> signed_in(const WireObject& root, const model::JsonNode& node, const std::string& user,
                           bool second_step) {
  model::AuthDone done;
  done.second_step_used = second_step;
  done.idle_expires_at = root.instant("idleExpiresAt");
  done.absolute_expires_at = root.instant("absoluteExpiresAt");
  if (const auto person = root.find("user")) {
    const Known<std::string> member = WireObject(*person, "/user", root.reading()).maybe_text("memberId");
    done.subject_key = member && !member->empty() ? *member : "login:" + user;
  } else {
    root.breach("user");
  }
  auto token = session_token(node);
  if (!token) root.breach("sessionToken");
  if (!root.reading().followed()) return sdk::drift(root.reading().where());
  done.session = std::move(*token);
  return AuthStep{std::move(done)};
}

std::optional<Instant> maybe_instant(const WireObject& root, std::string_view member) {
  if (!root.find(member)) return std::nullopt;
  return root.instant(member);
}

Answer<AuthStep> challenged(const WireObject& root, const std::string& user) {
  model::AuthChallenge made;
  OpenStep step{root.key("challengeId"), "", user};
  model::ChallengeSpec& spec = made.challenge;
  const std::string type = root.key("challengeType");
  if (type == "EMAIL_CODE") {
    step.field = "code";
    spec.kind = "otp";
    spec.prompt_key = "challenge.otp.email";
    spec.channel = "email";
    const Known<std::string> sent_to = root.maybe_text("sentTo");
    spec.destination_hint = sent_to ? *sent_to : "";
    spec.resend_allowed = true;
    spec.resend_after = maybe_instant(root, "resendAfter");
    spec.fields = {{.name = "code", .type = "digits"}};
  } else if (type == "SECURITY_QUESTION") {
    step.field = "answer";
    spec.kind = "question";
    spec.prompt_key = "challenge.question";
    if (const auto question = root.find("question"))
      spec.upstream_text = WireObject(*question, "/question", root.reading()).key("text");
    else
      root.breach("question");
    spec.fields = {{.name = "answer", .type = "text"}};
  } else {
    root.breach("challengeType");
  }
  spec.expires_at = root.instant("expiresAt");
  if (root.find("attemptsLeft")) spec.attempts_left = static_cast<int>(root.count("attemptsLeft"));
  if (!root.reading().followed()) return sdk::drift(root.reading().where());
  made.resume = sealed_form(step);
  return AuthStep{std::move(made)};
}

// What every step of a sign-in may answer; `second_step` when one was asked before it.
Answer<AuthStep> next_step(const Exchange& exchange, const std::string& path, const SecretBytes& body,
                           const std::string& user, bool second_step) {
  auto answer = exchange.sign_in_step(path, body.reveal());
  if (!answer) {
    if (answer.refusal().outcome != Outcome::action_needed) return answer.refusal();
    return AuthStep{model::AuthAction{"reset_password", exchange.endpoint().password_page}};
  }
  Reading reading;
  const WireObject root(answer->root(), "", reading);
  const std::string result = root.key("result");
  if (result == "OK") return signed_in(root, answer->root(), user, second_step);
  if (result == "CHALLENGE") return challenged(root, user);
  return sdk::drift("/result");
}

}  // namespace

Answer<AuthStep> begin_session(const Exchange& exchange, const model::AuthBegin& begin) {
  if (begin.credential_kind != "username_password") return sdk::refuse(Outcome::not_supported);
  // A login may make the state send a mail, and that needs a parent who waits for it.
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  SDK_TRY(const SecretBytes* const user, typed(begin.fields, "user_name", user_name_length_max));
  SDK_TRY(const SecretBytes* const password, typed(begin.fields, "password", secret_length_max));
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("userName");
  json.secret_text(*user);
  json.name("password");
  json.secret_text(*password);
  json.end_object();
  return next_step(exchange, "/auth/login", sink.take(), std::string(user->reveal()), false);
}

Answer<AuthStep> continue_session(const Exchange& exchange, const SecretBytes& resume,
                                  const model::AuthAnswer& answer) {
  const auto step = open_step(resume);
  if (!step) return sdk::refuse(Outcome::bug, "resume_unreadable");
  if (answer.resend) {
    if (step->field != "code") return sdk::refuse(Outcome::not_supported);
    if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
    const std::string path = "/auth/challenge/" + text::percent_encode(step->challenge_id) + "/resend";
    return next_step(exchange, path, SecretBytes{}, step->user, true);
  }
  SDK_TRY(const SecretBytes* const given, typed(answer.fields, step->field, secret_length_max));
  model::SecretSink sink;
  model::JsonWriter json(sink);
  json.begin_object();
  json.name("challengeId");
  json.value(std::string_view(step->challenge_id));
  json.name("answer");
  json.secret_text(*given);
  json.end_object();
  auto next = next_step(exchange, "/auth/challenge", sink.take(), step->user, true);
  if (!next.refused() || next.refusal().field != "answer") return next;
  Refusal refusal = next.refusal();
  refusal.field = step->field;  // as our form names what the state calls the answer
  return refusal;
}

}  // namespace casebridge::texas_icop
