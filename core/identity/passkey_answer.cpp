// Both answers have the same frame; the JSON within is read by the same strict reader as requests are.
#include "core/identity/passkey_answer.hpp"

#include <algorithm>
#include <array>

#include "core/base/crypto.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::identity {
namespace {

using model::JsonDocument;
using model::JsonKind;
using model::JsonNode;

constexpr std::size_t user_handle_bytes_max = 64;  // WebAuthn L3 §5.4.3
constexpr std::array<std::string_view, 6> known_transports{"usb",        "nfc",    "ble",
                                                           "smart-card", "hybrid", "internal"};

std::optional<std::string> json_text_in(const JsonNode& object, std::string_view name) {
  const auto member = object.find(name);
  if (!member || member->kind() != JsonKind::text) return std::nullopt;
  return member->text();
}

std::optional<std::string> json_octets_in(const JsonNode& object, std::string_view name) {
  const auto text = json_text_in(object, name);
  if (!text) return std::nullopt;
  auto octets = crypto::from_base64url(*text);
  if (!octets) return std::nullopt;
  return std::move(octets).value();
}

bool is_absent(const std::optional<JsonNode>& member) { return !member || member->kind() == JsonKind::null; }

std::optional<ClientData> read_client_data(std::string_view octets) {
  const auto document = JsonDocument::parse(octets);
  if (!document || document->root().kind() != JsonKind::object) return std::nullopt;
  const JsonNode root = document->root();
  const auto type = json_text_in(root, "type"), challenge = json_text_in(root, "challenge"),
             origin = json_text_in(root, "origin");
  const auto cross = root.find("crossOrigin");
  if (!type || !challenge || !origin) return std::nullopt;
  if (cross && cross->kind() != JsonKind::boolean) return std::nullopt;
  const crypto::Digest digest = crypto::sha256(octets);
  return ClientData{{digest.begin(), digest.end()},    *type, *challenge, *origin, cross && cross->truth(),
                    root.find("topOrigin").has_value()};
}

// Which ways to the authenticator the browser knows; says nothing that matters for safety.
std::vector<std::string> transports_in(const JsonNode& response) {
  std::vector<std::string> found;
  const auto list = response.find("transports");
  if (!list || list->kind() != JsonKind::array) return found;
  for (const JsonNode& one : list->children()) {
    if (one.kind() != JsonKind::text) continue;
    const std::string word = one.text();
    const bool known =
        std::find(known_transports.begin(), known_transports.end(), word) != known_transports.end();
    if (known && std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
  }
  return found;
}

// What stands in both answers, and the member in which they differ.
struct PasskeyFrame {
  std::string credential_id;
  ClientData client;
  JsonNode response;
};

std::optional<PasskeyFrame> read_passkey_frame(const JsonNode& root) {
  if (root.kind() != JsonKind::object || json_text_in(root, "type") != "public-key") return std::nullopt;
  const auto id = json_octets_in(root, "id");
  const auto response = root.find("response");
  if (!id || id->empty() || json_octets_in(root, "rawId") != id) return std::nullopt;
  if (!response || response->kind() != JsonKind::object) return std::nullopt;
  const auto client_octets = json_octets_in(*response, "clientDataJSON");
  if (!client_octets) return std::nullopt;
  auto client = read_client_data(*client_octets);
  if (!client) return std::nullopt;
  return PasskeyFrame{*id, std::move(*client), *response};
}

// The statement is not looked at (attestation `none`), but where there is said to be none there must be none.
std::optional<AuthenticatorData> read_attestation_object(std::string_view octets) {
  const auto map = read_cbor_map(octets);
  if (!map) return std::nullopt;
  const CborValue* format = find_in(*map, std::string("fmt"), CborValue::Kind::text);
  const CborValue* statement = find_in(*map, std::string("attStmt"), CborValue::Kind::map);
  const CborValue* data = find_in(*map, std::string("authData"), CborValue::Kind::octets);
  if (!format || !statement || !data || map->size() != 3) return std::nullopt;
  if (format->octets == "none" && statement->items != 0) return std::nullopt;
  return read_authenticator_data(data->octets);
}

}  // namespace

std::optional<RegistrationAnswer> read_registration(std::string_view json) {
  if (json.size() > passkey_answer_bytes_max) return std::nullopt;
  const auto document = JsonDocument::parse(json);
  if (!document) return std::nullopt;
  auto frame = read_passkey_frame(document->root());
  if (!frame) return std::nullopt;
  const auto object = json_octets_in(frame->response, "attestationObject");
  if (!object) return std::nullopt;
  auto authenticator = read_attestation_object(*object);
  if (!authenticator || !authenticator->credential) return std::nullopt;
  return RegistrationAnswer{std::move(frame->credential_id), std::move(frame->client),
                            std::move(*authenticator), transports_in(frame->response)};
}

std::optional<AssertionAnswer> read_assertion(std::string_view json) {
  if (json.size() > passkey_answer_bytes_max) return std::nullopt;
  const auto document = JsonDocument::parse(json);
  if (!document) return std::nullopt;
  auto frame = read_passkey_frame(document->root());
  if (!frame) return std::nullopt;
  const auto data = json_octets_in(frame->response, "authenticatorData");
  const auto signature = json_octets_in(frame->response, "signature");
  if (!data || !signature || signature->empty()) return std::nullopt;
  auto authenticator = read_authenticator_data(*data);
  if (!authenticator || authenticator->credential) return std::nullopt;
  AssertionAnswer answer{std::move(frame->credential_id), std::move(frame->client), std::move(*authenticator),
                         *signature};
  if (is_absent(frame->response.find("userHandle"))) return answer;
  answer.user_handle = json_octets_in(frame->response, "userHandle");
  if (!answer.user_handle || answer.user_handle->size() > user_handle_bytes_max) return std::nullopt;
  return answer;
}

}  // namespace casebridge::identity
