// Writes the few words of a question and reads those of an answer in place, so that no copy of a key stays.
#include "core/vault/kms_keys.hpp"

#include <algorithm>

#include "core/base/crypto.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::vault {
namespace {

constexpr std::size_t ids_max = 256;

// Everything that is sent is an id, a number or hexadecimal, so nothing has to be escaped.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
}

bool is_plain(const WrapContext& context) {
  return !context.named.empty() &&
         std::all_of(context.named.begin(), context.named.end(),
                     [](const auto& one) { return is_plain(one.first) && is_plain(one.second); });
}

SecretBytes question(std::string_view member, std::string_view octets, const WrapContext& context) {
  std::string encoded = crypto::base64url(octets);
  std::string text;
  text.reserve(encoded.size() + 1024);  // at once: a growing text would leave copies behind
  text.append("{\"").append(member).append("\":\"").append(encoded).append("\",\"context\":{");
  for (const auto& [name, value] : context.named) {
    if (text.back() != '{') text += ',';
    text.append("\"").append(name).append("\":\"").append(value).append("\"");
  }
  text += "}}";
  wipe(encoded);
  return SecretBytes::take(text);
}

std::optional<SecretBytes> member_of(const SecretBytes& body, std::string_view member) {
  const auto document = model::JsonDocument::parse(body.reveal());
  if (!document || document->root().kind() != model::JsonKind::object) return std::nullopt;
  const auto found = document->root().find(member);
  if (!found || found->kind() != model::JsonKind::text) return std::nullopt;
  return found->base64url();
}

// The server has understood the question and says no; anything else is about the server.
bool refused(int status) { return status == 400 || status == 404 || status == 409 || status == 410; }

std::optional<std::vector<std::string>> ids_of(const SecretBytes& body) {
  const auto document = model::JsonDocument::parse(body.reveal());
  if (!document || document->root().kind() != model::JsonKind::object) return std::nullopt;
  const auto keys = document->root().find("keys");
  if (!keys || keys->kind() != model::JsonKind::array || keys->size() > ids_max) return std::nullopt;
  std::vector<std::string> ids;
  for (const model::JsonNode& key : keys->children()) {
    if (key.kind() != model::JsonKind::text || !is_key_id(key.text())) return std::nullopt;
    ids.push_back(key.text());
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

KmsKeys::KmsKeys(std::unique_ptr<ports::KeyServer> server, std::string path)
    : server_(std::move(server)), path_(std::move(path)) {}

Result<SecretBytes> KmsKeys::ask_about(std::string_view key_id, std::string_view action,
                                       std::string_view member, std::string_view octets,
                                       std::string_view answer_member, const WrapContext& context) {
  if (!is_plain(context)) return does_not_open();
  const std::string target = path_ + "/keys/" + std::string(key_id) + "/" + std::string(action);
  const auto answer = server_->ask("POST", target, question(member, octets, context));
  if (!answer) return cannot_be_asked(name());
  if (refused(answer->status)) return does_not_open();
  if (answer->status != 200) return cannot_be_asked(name());
  auto found = member_of(answer->body, answer_member);
  if (!found || found->empty()) return cannot_be_asked(name());
  return std::move(*found);
}

Result<std::string> KmsKeys::wrap(std::string_view key_id, const SecretBytes& data_key,
                                  const WrapContext& context) {
  const auto wrapped = ask_about(key_id, "wrap", "plaintext", data_key.reveal(), "wrapped", context);
  // A key that is refused for wrapping is no matter of the record.
  if (!wrapped) return cannot_be_asked(name());
  return std::string(wrapped->reveal());
}

Result<SecretBytes> KmsKeys::unwrap(std::string_view key_id, std::string_view wrapped,
                                    const WrapContext& context) {
  return ask_about(key_id, "unwrap", "wrapped", wrapped, "plaintext", context);
}

std::vector<std::string> KmsKeys::list() const {
  const std::lock_guard lock(mutex_);
  return ids_;
}

Result<void> KmsKeys::look_again() {
  const auto answer = server_->ask("GET", path_ + "/keys", SecretBytes());
  if (!answer || answer->status != 200) return cannot_be_asked(name());
  auto ids = ids_of(answer->body);
  if (!ids) return cannot_be_asked(name());
  const std::lock_guard lock(mutex_);
  ids_ = std::move(*ids);
  return {};
}

Result<void> KmsKeys::add(std::string_view) {
  return trouble(TroubleCode::not_supported, "keys of a key server are made there");
}

Result<void> KmsKeys::destroy(std::string_view) {
  return trouble(TroubleCode::not_supported, "keys of a key server are destroyed there");
}

}  // namespace casebridge::vault
