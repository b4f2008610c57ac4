// Reading single values: wrong kinds and wrong forms are troubles that name the place only.
#include "core/model/member_reader.hpp"

#include <algorithm>

namespace casebridge::model {
namespace {

bool is_field_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

bool is_local_time(std::string_view text) {
  if (text.size() != 16 || text[10] != 'T' || !Date::parse(text.substr(0, 10))) return false;
  return parse_instant(std::string(text) + ":00Z").has_value();
}

void ReadState::fail(const char* what) {
  if (trouble_) return;
  std::string pointer;
  for (const std::string& step : path_) pointer += "/" + step;
  trouble_ = trouble(TroubleCode::source_changed, "payload member " + pointer + " " + what);
  trouble_->field = std::move(pointer);
}

bool MemberReader::expect(const JsonNode& node, JsonKind kind, const char* what) {
  if (node.kind() == kind) return true;
  state_.fail(what);
  return false;
}

std::optional<JsonNode> MemberReader::notes(std::string_view name) {
  std::optional<JsonNode> found;
  at(name, [&](const std::optional<JsonNode>& node) {
    if (node && expect(*node, JsonKind::object, "must be an object")) found = node;
  });
  return found;
}

std::optional<std::string> MemberReader::note(const std::optional<JsonNode>& notes, std::string_view name) {
  const std::optional<JsonNode> found = notes ? notes->find(name) : std::nullopt;
  if (!found) return std::nullopt;
  if (!expect(*found, JsonKind::text, "must be explained by a text")) return std::nullopt;
  return found->text();
}

Missing MemberReader::reason_of(std::string_view name) {
  const std::optional<std::string> word = note(missing_, name);
  if (!word) return Missing::not_provided;
  const std::optional<Missing> reason = missing_of(*word);
  if (!reason) state_.fail("is missing for an unknown reason");
  return reason.value_or(Missing::not_provided);
}

void MemberReader::word(std::string_view name, std::string& value,
                        std::span<const std::string_view> allowed) {
  member(name, value);
  if (!state_.ok() || std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
  at(name, [&](const auto&) { state_.fail("is none of the known words"); });
}

void MemberReader::local_time(std::string_view name, std::string& value) {
  member(name, value);
  if (!state_.ok() || is_local_time(value)) return;
  at(name, [&](const auto&) { state_.fail("must be a local time"); });
}

void MemberReader::local_time(std::string_view name, Known<std::string>& value) {
  member(name, value);
  if (!state_.ok() || !value || is_local_time(*value)) return;
  at(name, [&](const auto&) { state_.fail("must be a local time"); });
}

void MemberReader::instant_text(std::string_view name, std::string& value) {
  member(name, value);
  if (!state_.ok() || parse_instant(value)) return;
  at(name, [&](const auto&) { state_.fail("must be a UTC time"); });
}

void MemberReader::read(std::string_view, const JsonNode& node, std::string& value) {
  if (expect(node, JsonKind::text, "must be a text")) value = node.text();
}

void MemberReader::read(std::string_view, const JsonNode& node, bool& value) {
  if (expect(node, JsonKind::boolean, "must be true or false")) value = node.truth();
}

void MemberReader::read(std::string_view name, const JsonNode& node, int& value) {
  std::int64_t wide = 0;
  read(name, node, wide);
  if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max())
    return state_.fail("is too large");
  value = static_cast<int>(wide);
}

void MemberReader::read(std::string_view, const JsonNode& node, std::int64_t& value) {
  const bool is_number = node.kind() == JsonKind::number;
  const std::optional<std::int64_t> number = is_number ? text::parse_int(node.number()) : std::nullopt;
  if (!number) return state_.fail("must be a whole number");
  value = *number;
}

void MemberReader::read(std::string_view, const JsonNode& node, Money& value) {
  const bool is_text = node.kind() == JsonKind::text;
  const std::optional<Money> money = is_text ? Money::parse(node.text()) : std::nullopt;
  if (!money) return state_.fail("must be a decimal text");
  value = *money;
}

void MemberReader::read(std::string_view, const JsonNode& node, Date& value) {
  const bool is_text = node.kind() == JsonKind::text;
  const std::optional<Date> date = is_text ? Date::parse(node.text()) : std::nullopt;
  if (!date) return state_.fail("must be a date");
  value = *date;
}

void MemberReader::read(std::string_view, const JsonNode& node, Instant& value) {
  const bool is_text = node.kind() == JsonKind::text;
  const std::optional<Instant> instant = is_text ? parse_instant(node.text()) : std::nullopt;
  if (!instant) return state_.fail("must be a UTC time");
  value = *instant;
}

void MemberReader::read(std::string_view, const JsonNode& node, SecretBytes& value) {
  const bool is_text = node.kind() == JsonKind::text;
  std::optional<SecretBytes> blob = is_text ? node.base64url() : std::nullopt;
  if (!blob) return state_.fail("must be base64url");
  value = std::move(*blob);
}

void MemberReader::read(std::string_view, const JsonNode& node, std::map<std::string, SecretBytes>& value) {
  value.clear();
  if (!expect(node, JsonKind::object, "must be an object")) return;
  for (const JsonNode& field : node.children()) {
    if (!is_field_name(field.name())) return state_.fail("has a member that is no field name");
    if (!expect(field, JsonKind::text, "must hold texts")) return;
    value.emplace(field.name(), field.secret_text());
  }
}

}  // namespace casebridge::model
