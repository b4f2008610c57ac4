// The keyset is not secret, so it is signed and not sealed.
#include "core/http/paging.hpp"

#include "core/base/crypto.hpp"
#include "core/base/limits.hpp"
#include "core/base/text.hpp"
#include "core/http/json_text.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::http {
namespace {

constexpr std::string_view version_mark = "c1.";
constexpr std::size_t digest_size = 32;  // hexadecimal digits: 128 bits
constexpr std::size_t cursor_size_max = 512;

Trouble invalid() { return trouble(TroubleCode::cursor_invalid); }

}  // namespace

std::string Paging::digest(std::string_view payload, std::string_view account, std::string_view list) const {
  std::string bound(payload);
  bound.append("\n").append(account).append("\n").append(list);
  return vault_.fingerprint("page-cursor", bound).substr(0, digest_size);
}

std::string Paging::cursor(const Keyset& place, std::string_view account, std::string_view list) const {
  JsonText json;
  json.object().text("k", place.sort_key).text("i", place.record_id).end_object();
  const std::string payload = crypto::base64url(std::string_view(json.take()));
  return std::string(version_mark) + payload + '.' + digest(payload, account, list);
}

Result<Keyset> Paging::place(std::string_view cursor, std::string_view account, std::string_view list) const {
  if (!cursor.starts_with(version_mark) || cursor.size() > cursor_size_max) return invalid();
  cursor.remove_prefix(version_mark.size());
  const std::size_t dot = cursor.find('.');
  if (dot == std::string_view::npos) return invalid();
  const std::string_view payload = cursor.substr(0, dot);
  if (!crypto::equal(cursor.substr(dot + 1), digest(payload, account, list))) return invalid();
  const auto octets = crypto::from_base64url(payload);
  if (!octets) return invalid();
  const auto document = model::JsonDocument::parse(*octets);
  if (!document) return invalid();
  const auto key = document->root().find("k"), id = document->root().find("i");
  if (!key || !id) return invalid();
  return Keyset{key->text(), id->text()};
}

Result<int> page_limit(std::string_view given) {
  if (given.empty()) return limits::page_size_default;
  const auto number = text::all_digits(given) ? text::parse_int(given) : std::nullopt;
  if (!number || *number < 1 || *number > limits::page_size_max) {
    return field_trouble("limit", "must be a whole number from 1 to 500");
  }
  return static_cast<int>(*number);
}

}  // namespace casebridge::http
