// Messages of a sign-in as JSON and back. They hold secrets: the text is written into secret memory and read
// from slices of the caller's octets, so that no plain copy is made on the way.
#include <array>

#include "core/model/adapter_codec.hpp"
#include "core/model/member_reader.hpp"
#include "core/model/member_writer.hpp"
#include "core/model/record_members.hpp"

namespace casebridge::model {
namespace {

constexpr auto challenge_kinds = std::to_array<std::string_view>(
    {"otp", "question", "credentials", "fields", "action_needed", "mailed_code", "choice", "new_credential"});
constexpr auto field_types = std::to_array<std::string_view>({"text", "password", "digits", "date"});
constexpr auto channels = std::to_array<std::string_view>({"", "email", "phone", "post"});
constexpr auto action_kinds =
    std::to_array<std::string_view>({"reset_password", "enroll", "contact_agency", "accept_terms"});
constexpr auto steps = std::to_array<std::string_view>({"done", "challenge", "action"});

}  // namespace

template <class A, Some<AuthBegin> R>
void describe(A& a, R& r) {
  a.member("credential_kind", r.credential_kind);
  a.member("fields", r.fields);
}
template <class A, Some<AuthAnswer> R>
void describe(A& a, R& r) {
  a.member("resend", r.resend);
  a.member("fields", r.fields);
}
template <class A, Some<Pending> R>
void describe(A& a, R& r) {
  a.member("not_before", r.not_before);
  a.member("resume", r.resume);
}
template <class A, Some<FieldSpec> R>
void describe(A& a, R& r) {
  a.member("name", r.name);
  a.word("type", r.type, field_types);
  a.member("secret", r.secret);
  a.member("length_max", r.length_max);
  a.member("length_exact", r.length_exact);
}
template <class A, Some<ChallengeSpec> R>
void describe(A& a, R& r) {
  a.word("kind", r.kind, challenge_kinds);
  a.member("prompt_key", r.prompt_key);
  a.member("upstream_text", r.upstream_text);
  a.member("fields", r.fields);
  a.word("channel", r.channel, channels);
  a.member("destination_hint", r.destination_hint);
  a.member("expires_at", r.expires_at);
  a.member("attempts_left", r.attempts_left);
  a.member("resend_allowed", r.resend_allowed);
  a.member("resend_after", r.resend_after);
  a.member("channels", r.channels);
}
template <class A, Some<AuthDone> R>
void describe(A& a, R& r) {
  a.member("session", r.session);
  a.member("idle_expires_at", r.idle_expires_at);
  a.member("absolute_expires_at", r.absolute_expires_at);
  a.member("subject_key", r.subject_key);
  a.member("second_step_used", r.second_step_used);
}
template <class A, Some<AuthChallenge> R>
void describe(A& a, R& r) {
  a.member("challenge", r.challenge);
  a.member("resume", r.resume);
}
template <class A, Some<AuthAction> R>
void describe(A& a, R& r) {
  a.word("kind", r.kind, action_kinds);
  a.member("url", r.url);
}

namespace {

template <class T>
AuthStep read_step(MemberReader& reader) {
  T made{};
  describe(reader, made);
  return made;
}

}  // namespace

SecretBytes encode(const AuthBegin& begin) { return object_secret(begin); }
Result<AuthBegin> decode_auth_begin(std::string_view json) { return read_object<AuthBegin>(json); }

SecretBytes encode(const AuthAnswer& answer) { return object_secret(answer); }
Result<AuthAnswer> decode_auth_answer(std::string_view json) { return read_object<AuthAnswer>(json); }

SecretBytes encode(const Pending& pending) { return object_secret(pending); }
Result<Pending> decode_pending(std::string_view json) { return read_object<Pending>(json); }

SecretBytes encode(const AuthStep& step) {
  SecretSink sink;
  JsonWriter out(sink);
  MemberWriter writer(out);
  writer.member("step", std::string(steps[step.index()]));
  std::visit([&](const auto& inner) { describe(writer, inner); }, step);
  writer.finish();
  return sink.take();
}

Result<AuthStep> decode_auth_step(std::string_view json) {
  CASEBRIDGE_TRY(const JsonDocument document, JsonDocument::parse(json));
  ReadState state;
  MemberReader reader(document.root(), state);
  std::string word;
  reader.word("step", word, steps);
  AuthStep step = word == steps[0]   ? read_step<AuthDone>(reader)
                  : word == steps[1] ? read_step<AuthChallenge>(reader)
                                     : read_step<AuthAction>(reader);
  if (!state.ok()) return state.take();
  return step;
}

}  // namespace casebridge::model
