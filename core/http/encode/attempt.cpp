// LinkAttempt and its Challenge. The state's own words are told apart from ours.
#include "core/http/encode/closing_text.hpp"
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

void challenge(JsonText& json, const desk::ChallengeView& view, const ProblemContext& context) {
  const model::ChallengeSpec& spec = view.spec;
  json.object("challenge").text("id", view.id).integer("seq", view.seq).text("kind", spec.kind);
  json.text("prompt_key", spec.prompt_key);
  json.text_if("prompt", text_of(context.messages, context.language, spec.prompt_key));
  json.text_if("upstream_text", spec.upstream_text).array("fields");
  for (const auto& one : spec.fields) field(json, one, context);
  json.end_array().text_if("channel", spec.channel).text_if("destination_hint", spec.destination_hint);
  json.instant("expires_at", spec.expires_at);
  if (spec.attempts_left)
    json.integer("attempts_left", *spec.attempts_left);
  else
    json.null("attempts_left");
  json.object("resend").truth("allowed", spec.resend_allowed).instant("after", spec.resend_after);
  texts(json, "channels", spec.channels.value_or(std::vector<std::string>{}));
  json.end_object();
  ssn_notice(json, view.ssn_notice, view.ssn_notice_es, context);
  json.text_if("action", view.action);
  json.text_if("action_url", view.action_url).end_object();
}

}  // namespace

void ssn_notice(JsonText& json, const std::string& english, const std::string& spanish,
                const ProblemContext& context) {
  if (english.empty()) return;
  const bool in_spanish = context.language == "es" && !spanish.empty();
  json.text("ssn_notice", in_spanish ? spanish : english);
  json.text("ssn_notice_language", in_spanish ? "es" : "en");
}

void field(JsonText& json, const model::FieldSpec& spec, const ProblemContext& context) {
  const std::string key = "challenge.field." + spec.name;
  json.object().text("name", spec.name).text("type", spec.type).truth("secret", spec.secret);
  json.integer("length_max", spec.length_max);
  if (spec.length_exact) json.integer("length_exact", *spec.length_exact);
  json.text("label_key", key).text_if("label", text_of(context.messages, context.language, key)).end_object();
}

void attempt(JsonText& json, const desk::AttemptView& view, const ProblemContext& context) {
  json.text("id", view.id.text()).text("mode", view.mode).text("system", view.system);
  json.text("jurisdiction", view.jurisdiction).text("custody", view.custody).text("state", view.state);
  if (view.challenge)
    challenge(json, *view.challenge, context);
  else
    json.null("challenge");
  json.text_unless_empty("link_id", view.link ? view.link->text() : std::string());
  json.text_unless_empty("sync_id", view.sync ? view.sync->text() : std::string());
  const std::string closed = closing_text(view.closing, std::nullopt, context);
  ProblemContext more = context;
  more.user_message = closed;
  write_problem_or_null(json, "problem", view.trouble, more);
  json.instant("created_at", view.created_at).instant("expires_at", view.expires_at);
  json.integer("version", view.version);
}

}  // namespace casebridge::http::encode
