// Passkeys, and what a browser is asked for in the words of WebAuthn L3 §5.1.8 and §5.1.9.
#include "core/base/text.hpp"
#include "core/http/encode/encode.hpp"
#include "core/identity/passkey_key.hpp"

namespace casebridge::http::encode {
namespace {

constexpr std::int64_t timeout_ms = 300'000;

void transports_of(JsonText& json, const std::string& words) {
  json.array("transports");
  for (const std::string& word : text::split(words, ' '))
    if (!word.empty()) json.element(word);
  json.end_array();
}

void credentials(JsonText& json, std::string_view name, const identity::PasskeyAsk& ask) {
  json.array(name);
  for (const identity::PasskeyRef& one : ask.credentials) {
    json.object().text("type", "public-key").text("id", one.id);
    transports_of(json, one.transports);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void passkey(JsonText& json, const desk::PasskeyView& view) {
  json.text("id", view.id.text()).text("name", view.name).text("credential_id", view.credential_id);
  transports_of(json, view.transports);
  json.truth("backed_up", view.backed_up).instant("created_at", view.created_at);
  json.instant("last_used_at", view.last_used_at);
}

void passkey_options(JsonText& json, const identity::PasskeyAsk& ask, bool create) {
  json.object("public_key").text("challenge", ask.challenge).integer("timeout", timeout_ms);
  if (!create) {
    json.text("rpId", ask.party).text("userVerification", "required");
    credentials(json, "allowCredentials", ask);
    json.end_object();
    return;
  }
  json.object("rp").text("id", ask.party).text("name", "Casebridge").end_object();
  json.object("user").text("id", ask.user_handle).text("name", ask.user_name);
  json.text("displayName", ask.user_name).end_object();
  json.array("pubKeyCredParams");
  for (const std::int64_t algorithm : identity::offered_algorithms)
    json.object().text("type", "public-key").integer("alg", algorithm).end_object();
  json.end_array();
  credentials(json, "excludeCredentials", ask);
  json.object("authenticatorSelection").text("residentKey", "required").truth("requireResidentKey", true);
  json.text("userVerification", "required").end_object();
  json.text("attestation", "none").end_object();
}

}  // namespace casebridge::http::encode
