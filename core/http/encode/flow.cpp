// Flow, Session and what is listed beside it: forms as data. A session token is in here once, in the answer
// that ends a flow.
#include "core/http/encode/encode.hpp"

namespace casebridge::http::encode {
namespace {

void node(JsonText& json, const identity::FlowNode& node, const ProblemContext& context) {
  json.object().text("name", node.name).text("type", node.type).text("label_key", node.label_key);
  json.text_if("label", text_of(context.messages, context.language, node.label_key));
  json.truth("required", node.required).text_if("autocomplete", node.autocomplete);
  if (node.length_max > 0) json.integer("length_max", node.length_max);
  json.truth("secret", node.secret);
  if (node.passkey) passkey_options(json, *node.passkey, node.type == "passkey_create");
  json.end_object();
}

void shown(JsonText& json, const identity::FlowShown& shown, const ProblemContext& context) {
  json.object().text("name", shown.name).text("label_key", shown.label_key);
  json.text_if("label", text_of(context.messages, context.language, shown.label_key));
  json.secret("value", shown.value).end_object();
}

void message(JsonText& json, const identity::FlowMessage& message, const ProblemContext& context) {
  json.object().text("key", message.key).text("kind", message.kind);
  json.text_if("text", text_of(context.messages, context.language, message.key)).end_object();
}

void outcome(JsonText& json, const identity::SignedIn& signed_in) {
  const bool bearer = signed_in.session.transport == "bearer";
  json.object("session")
      .text("id", signed_in.session.id.text())
      .text("transport", signed_in.session.transport);
  if (bearer)
    json.secret("token", signed_in.token);
  else
    json.secret("csrf_token", signed_in.csrf_token);
  json.end_object();
}

}  // namespace

void flow(JsonText& json, const identity::FlowView& view, const ProblemContext& context) {
  json.text("id", view.id.text()).text("kind", view.kind).text("transport", view.transport);
  json.text("step", view.step).integer("seq", view.seq);
  json.array("nodes");
  for (const auto& one : view.nodes) node(json, one, context);
  json.end_array();
  if (!view.shown.empty()) {
    json.array("shown");
    for (const auto& one : view.shown) shown(json, one, context);
    json.end_array();
  }
  json.array("messages");
  for (const auto& one : view.messages) message(json, one, context);
  json.end_array().instant("expires_at", view.expires_at).truth("done", view.done);
  if (view.outcome) outcome(json, *view.outcome);
}

void session(JsonText& json, const desk::SessionView& view) {
  json.text("id", view.id.text()).truth("current", view.current).text("transport", view.transport);
  json.text("device", view.device).text("address", view.address).instant("created_at", view.created_at);
  json.instant("last_seen_at", view.last_seen_at).instant("idle_end", view.idle_end);
  json.instant("absolute_end", view.absolute_end);
}

void contact(JsonText& json, const desk::ContactView& view) {
  json.text("sign_in_address", view.sign_in_address);
  json.truth("leaves_out_sign_in_address", view.settings.leaves_out_sign_in);
  json.truth("plain", view.settings.plain).array("addresses");
  for (const ports::FurtherAddress& one : view.addresses) {
    json.object().text("id", one.id.text()).text("email", one.email);
    json.instant("verified_at", one.verified_at).instant("kept_until", one.kept_until).end_object();
  }
  json.end_array();
}

void device(JsonText& json, const desk::DeviceView& view) {
  json.text("id", view.id.text()).truth("current", view.current);
  json.text("device", view.device).text("address", view.address).instant("created_at", view.created_at);
  json.instant("last_seen_at", view.last_seen_at).instant("expires_at", view.expires_at);
}

void hold(JsonText& json, const ports::Hold& hold) {
  json.text("kind", hold.kind).instant("begun_at", hold.begun_at);
  json.instant("due_at", hold.due_at).instant("ends_at", hold.ends_at);
}

}  // namespace casebridge::http::encode
