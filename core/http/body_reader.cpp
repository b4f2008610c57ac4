// Names of members may be told back to the caller, values never: they may be secrets.
#include "core/http/body_reader.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::http {
namespace {

using model::JsonKind;
using model::JsonNode;
constexpr std::size_t secrets_max = 16;
constexpr std::size_t secret_name_bytes_max = 64;

}  // namespace

Result<BodyReader> BodyReader::open(std::string_view body) {
  auto document = model::JsonDocument::parse(body);
  if (!document) return trouble(TroubleCode::invalid_request, document.error().detail);
  if (document->root().kind() != JsonKind::object) {
    return trouble(TroubleCode::invalid_request, "the body must be a JSON object");
  }
  return BodyReader(std::move(*document));
}

void BodyReader::fail(std::string_view name, std::string_view what) {
  if (!trouble_) trouble_ = field_trouble(std::string(name), std::string(what));
}

std::optional<JsonNode> BodyReader::member(std::string_view name, bool required) {
  read_.emplace_back(name);
  auto found = document_.root().find(name);
  if (!found && required) fail(name, "is required");
  return found;
}

std::optional<std::string> BodyReader::optional_text(std::string_view name, std::size_t code_points_max) {
  const auto node = member(name, false);
  if (!node) return std::nullopt;
  if (node->kind() != JsonKind::text) return fail(name, "must be a text"), std::nullopt;
  std::string value = node->text();
  if (text::count_code_points(value) > code_points_max) return fail(name, "is too long"), std::nullopt;
  if (text::has_control(value)) return fail(name, "holds a control character"), std::nullopt;
  return value;
}

std::string BodyReader::text(std::string_view name, std::size_t code_points_max) {
  auto value = optional_text(name, code_points_max);
  if (!value) fail(name, "is required");
  return value.value_or("");
}

std::optional<std::string> BodyReader::optional_word(std::string_view name,
                                                     std::initializer_list<std::string_view> allowed) {
  auto value = optional_text(name, 64);
  if (value && std::find(allowed.begin(), allowed.end(), *value) == allowed.end()) {
    return fail(name, "is none of the known words"), std::nullopt;
  }
  return value;
}

std::string BodyReader::word(std::string_view name, std::initializer_list<std::string_view> allowed) {
  auto value = optional_word(name, allowed);
  if (!value) fail(name, "is required");
  return value.value_or("");
}

std::int64_t BodyReader::count(std::string_view name) {
  const auto node = member(name, true);
  if (!node) return 0;
  const auto number = node->kind() == JsonKind::number ? text::parse_int(node->number()) : std::nullopt;
  if (!number || *number < 0) fail(name, "must be a whole number, not negative");
  return number.value_or(0);
}

bool BodyReader::flag(std::string_view name) {
  const auto node = member(name, false);
  if (!node) return false;
  if (node->kind() != JsonKind::boolean) return fail(name, "must be true or false"), false;
  return node->truth();
}

std::map<std::string, SecretBytes> BodyReader::secrets(std::string_view name, std::size_t code_points_max) {
  std::map<std::string, SecretBytes> values;
  const auto node = member(name, true);
  if (!node) return values;
  if (node->kind() != JsonKind::object) return fail(name, "must be an object"), std::move(values);
  if (node->size() > secrets_max) return fail(name, "has too many members"), std::move(values);
  for (const JsonNode& child : node->children()) {
    const std::string field = child.name();
    const std::size_t sane = field.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_");
    if (field.empty() || field.size() > secret_name_bytes_max || sane != std::string::npos) {
      return fail(name, "has a member with a malformed name"), std::move(values);
    }
    if (child.kind() != JsonKind::text) return fail(field, "must be a text"), std::move(values);
    SecretBytes value = child.secret_text();
    if (text::count_code_points(value.reveal()) > code_points_max) {
      return fail(field, "is too long"), std::move(values);
    }
    values.emplace(field, std::move(value));
  }
  return values;
}

Result<void> BodyReader::done() {
  if (trouble_) return *trouble_;
  for (const JsonNode& child : document_.root().children()) {
    if (std::find(read_.begin(), read_.end(), child.name()) == read_.end()) {
      return trouble(TroubleCode::unsupported_parameter, "the body has a member that is not known here");
    }
  }
  return {};
}

}  // namespace casebridge::http
