// Identity, login choice, code by mail, sign-in; each step is sent once.
#include "plugins/texas_icop/enrolment.hpp"

#include <array>
#include <vector>

#include "core/base/text.hpp"
#include "plugins/texas_icop/session.hpp"
#include "plugins/texas_icop/submit.hpp"
#include "plugins/texas_icop/typed_fields.hpp"

namespace casebridge::texas_icop {
namespace {

using model::AuthStep;
using model::JsonWriter;
using model::Outcome;
using sdk::Answer;

constexpr std::size_t name_length_max = 64;
constexpr std::size_t identifier_length_max = 15;
constexpr std::size_t new_user_name_length_max = 32;
constexpr std::size_t password_length_max = 64;
constexpr std::size_t mail_length_max = 254;
constexpr std::size_t code_length_max = 128;

struct IdentifierField {
  const char *name, *wire;
};
constexpr std::array<IdentifierField, 3> identifier_fields{
    {{"ssn", "SSN"}, {"cin", "CIN"}, {"case_number", "CASE"}}};

// What must survive between two steps. The host seals it.
struct OpenEnrolment {
  std::string id{};
  std::string user{};  // empty before a name was chosen
  SecretBytes password{};
};

SecretBytes kept_form(const OpenEnrolment& open) {
  return json_body([&](JsonWriter& json) {
    text_member(json, "enrolment", open.id);
    text_member(json, "user", open.user);
    json.name("password");
    json.secret_text(open.password);
  });
}

std::optional<OpenEnrolment> open_enrolment(const SecretBytes& resume) {
  const auto document = model::JsonDocument::parse(resume.reveal());
  if (!document || document->root().kind() != model::JsonKind::object) return std::nullopt;
  const auto id = document->root().find("enrolment");
  const auto user = document->root().find("user");
  const auto password = document->root().find("password");
  for (const auto* each : {&id, &user, &password})
    if (!*each || (*each)->kind() != model::JsonKind::text) return std::nullopt;
  return OpenEnrolment{id->text(), user->text(), password->secret_text()};
}

// An enrolment that the state no longer knows has to begin again.
model::Refusal of_enrolment(model::Refusal refusal) {
  if (refusal.outcome == Outcome::not_found)
    return sdk::refuse(Outcome::interaction_needed, "challenge_ended");
  return refusal;
}

// Exactly two, of different kinds; which two is the form's choice.
Answer<std::vector<std::pair<const char*, const SecretBytes*>>> identifiers(
    const model::SecretFields& fields) {
  std::vector<std::pair<const char*, const SecretBytes*>> given;
  for (const IdentifierField& field : identifier_fields) {
    const auto found = fields.find(field.name);
    if (found == fields.end() || found->second.empty()) continue;
    SDK_TRY(const SecretBytes* const value, typed(fields, field.name, identifier_length_max));
    given.emplace_back(field.wire, value);
  }
  if (given.size() == 2) return given;
  model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = "case_number";
  return refusal;
}

Answer<AuthStep> login_wanted(const WireObject& answer) {
  model::AuthChallenge made;
  made.challenge.kind = "fields";
  made.challenge.prompt_key = "challenge.fields.new_account";
  made.challenge.fields = {{.name = "user_name", .type = "text"},
                           {.name = "password", .type = "password"},
                           {.name = "email", .type = "text"}};
  made.challenge.fields[0].length_max = static_cast<int>(new_user_name_length_max);
  made.challenge.fields[1].length_max = static_cast<int>(password_length_max);
  made.challenge.fields[2].length_max = static_cast<int>(mail_length_max);
  made.challenge.expires_at = answer.instant("expiresAt");
  made.resume = kept_form({answer.key("enrolmentId"), "", SecretBytes{}});
  if (!answer.reading().followed()) return sdk::drift(answer.reading().where());
  return AuthStep{std::move(made)};
}

Answer<AuthStep> choose_login(const Exchange& exchange, OpenEnrolment open,
                              const model::SecretFields& fields) {
  SDK_TRY(const SecretBytes* const user, typed(fields, "user_name", new_user_name_length_max));
  SDK_TRY(const SecretBytes* const password, typed(fields, "password", password_length_max));
  SDK_TRY(const SecretBytes* const mail, typed(fields, "email", mail_length_max));
  const SecretBytes body = json_body([&](JsonWriter& json) {
    json.name("userName");
    json.secret_text(*user);
    json.name("password");
    json.secret_text(*password);
    json.name("email");
    json.secret_text(*mail);
    text_member(json, "secondStep", "EMAIL_CODE");
  });
  const auto answer =
      exchange.sign_in_step("/enrol/" + text::percent_encode(open.id) + "/login", body.reveal(), 201);
  if (!answer) return of_enrolment(answer.refusal());
  Reading reading;
  const WireObject root(answer->root(), "", reading);
  if (root.key("result") != "VERIFY_EMAIL") root.breach("result");
  model::AuthChallenge made;
  made.challenge.kind = "otp";
  made.challenge.prompt_key = "challenge.otp.email";
  made.challenge.channel = "email";
  made.challenge.fields = {{.name = "code", .type = "digits"}};
  if (const auto sent_to = root.maybe_text("sentTo")) made.challenge.destination_hint = *sent_to;
  made.challenge.expires_at = root.instant("expiresAt");
  if (!reading.followed()) return sdk::drift(reading.where());
  open.user = std::string(user->reveal());
  open.password = password->clone();
  made.resume = kept_form(open);
  return AuthStep{std::move(made)};
}

Answer<AuthStep> verify_mail(const Exchange& exchange, const OpenEnrolment& open,
                             const model::SecretFields& fields) {
  SDK_TRY(const SecretBytes* const code, typed(fields, "code", code_length_max));
  const SecretBytes body = json_body([&](JsonWriter& json) {
    json.name("code");
    json.secret_text(*code);
  });
  const auto answer =
      exchange.sign_in_step("/enrol/" + text::percent_encode(open.id) + "/verify", body.reveal(), 201);
  if (!answer) return of_enrolment(answer.refusal());
  Reading reading;
  const WireObject root(answer->root(), "", reading);
  if (root.key("result") != "ENROLLED") root.breach("result");
  if (!reading.followed()) return sdk::drift(reading.where());
  model::AuthBegin first;
  first.credential_kind = "username_password";
  first.fields.emplace("user_name", SecretBytes::copy_of(open.user));
  first.fields.emplace("password", open.password.clone());
  return begin_session(exchange, first);
}

}  // namespace

Answer<AuthStep> begin_enrolment(const Exchange& exchange, const model::AuthBegin& begin) {
  if (begin.credential_kind != "username_password") return sdk::refuse(Outcome::not_supported);
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  SDK_TRY(const SecretBytes* const first, typed(begin.fields, "first_name", name_length_max));
  SDK_TRY(const SecretBytes* const last, typed(begin.fields, "last_name", name_length_max));
  SDK_TRY(const std::string born, typed_date(begin.fields, "date_of_birth"));
  SDK_TRY(const auto given, identifiers(begin.fields));
  const SecretBytes body = json_body([&](JsonWriter& json) {
    json.name("firstName");
    json.secret_text(*first);
    json.name("lastName");
    json.secret_text(*last);
    text_member(json, "dob", born);
    json.name("identifiers");
    json.begin_array();
    for (const auto& [wire, value] : given) {
      json.begin_object();
      text_member(json, "type", wire);
      json.name("value");
      json.secret_text(*value);
      json.end_object();
    }
    json.end_array();
  });
  SDK_TRY(const Envelope answer, exchange.sign_in_step("/enrol/start", body.reveal()));
  Reading reading;
  return login_wanted(WireObject(answer.root(), "", reading));
}

bool is_enrolment(const SecretBytes& resume) { return open_enrolment(resume).has_value(); }

Answer<AuthStep> continue_enrolment(const Exchange& exchange, const SecretBytes& resume,
                                    const model::AuthAnswer& answer) {
  auto open = open_enrolment(resume);
  if (!open) return sdk::refuse(Outcome::bug, "resume_unreadable");
  if (answer.resend) return sdk::refuse(Outcome::not_supported);
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  if (open->user.empty()) return choose_login(exchange, std::move(*open), answer.fields);
  return verify_mail(exchange, *open, answer.fields);
}

Answer<model::RecoveryAnswer> recover(const Exchange& exchange, const model::RecoveryQuery& query) {
  if (!exchange.call().interactive()) return sdk::refuse(Outcome::interaction_needed);
  if (!query.channel.empty() && query.channel != "email") return sdk::refuse(Outcome::not_supported);
  SecretBytes body;
  if (query.what == "user_name") {
    SDK_TRY(const SecretBytes* const mail, typed(query.fields, "email", mail_length_max));
    SDK_TRY(const SecretBytes* const last, typed(query.fields, "last_name", name_length_max));
    SDK_TRY(const std::string born, typed_date(query.fields, "date_of_birth"));
    body = json_body([&](JsonWriter& json) {
      json.name("email");
      json.secret_text(*mail);
      json.name("lastName");
      json.secret_text(*last);
      text_member(json, "dob", born);
    });
  } else if (query.what == "password") {
    SDK_TRY(const SecretBytes* const user, typed(query.fields, "user_name", name_length_max));
    body = json_body([&](JsonWriter& json) {
      json.name("userName");
      json.secret_text(*user);
    });
  } else {
    return sdk::refuse(Outcome::not_supported);
  }
  const std::string path = query.what == "password" ? "/auth/forgot-password" : "/auth/forgot-username";
  SDK_TRY([[maybe_unused]] const Envelope answer, exchange.sign_in_step(path, body.reveal(), 202));
  return model::RecoveryAnswer{"check_email", "", {}};
}

}  // namespace casebridge::texas_icop
