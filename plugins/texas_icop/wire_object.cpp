// Typed members out of JSON nodes; amounts from the raw token, never through a binary fraction.
#include "plugins/texas_icop/wire_object.hpp"

#include "core/base/text.hpp"
#include "plugins/texas_icop/wire_dates.hpp"

namespace casebridge::texas_icop {

using model::JsonKind;
using model::JsonNode;
using model::Money;

std::optional<Money> parse_wire_amount(const JsonNode& node) {
  if (node.kind() == JsonKind::number) return Money::parse(node.number());
  if (node.kind() == JsonKind::text) return Money::parse_grouped(node.text());
  return std::nullopt;
}

WireObject::WireObject(const JsonNode& node, std::string path, Reading& reading)
    : node_(node), path_(std::move(path)), reading_(&reading) {
  if (node.kind() != JsonKind::object) reading.breach(path_.empty() ? "/" : path_);
}

std::optional<JsonNode> WireObject::find(std::string_view member) const {
  if (node_.kind() != JsonKind::object) return std::nullopt;
  const auto found = node_.find(member);
  return found && found->kind() != JsonKind::null ? found : std::nullopt;
}

void WireObject::breach(std::string_view member) const {
  reading_->breach(path_ + "/" + std::string(member));
}

std::optional<JsonNode> WireObject::find_kind(std::string_view member, JsonKind kind) const {
  const auto found = find(member);
  if (found && found->kind() == kind) return found;
  breach(member);
  return std::nullopt;
}

std::string WireObject::text(std::string_view member) const {
  const auto found = find_kind(member, JsonKind::text);
  return found ? found->text() : std::string();
}

std::string WireObject::key(std::string_view member) const {
  std::string found = text(member);
  if (found.empty()) breach(member);
  return found;
}

Money WireObject::amount(std::string_view member) const {
  const auto found = find(member);
  const auto money = found ? parse_wire_amount(*found) : std::nullopt;
  if (!money) breach(member);
  return money.value_or(Money{});
}

bool WireObject::flag(std::string_view member) const {
  const auto found = find_kind(member, JsonKind::boolean);
  return found && found->truth();
}

std::int64_t WireObject::count(std::string_view member) const {
  const auto found = find_kind(member, JsonKind::number);
  const auto number = found ? text::parse_int(found->number()) : std::nullopt;
  if (!number || *number < 0) breach(member);
  return number.value_or(0);
}

Instant WireObject::instant(std::string_view member) const {
  const auto moment = parse_instant(text(member));
  if (!moment) breach(member);
  return moment.value_or(Instant{});
}

std::string WireObject::local_time(std::string_view member) const {
  const auto local = parse_wire_local_time(text(member));
  if (!local) breach(member);
  return local.value_or("");
}

std::vector<WireObject> WireObject::list(std::string_view member) const {
  std::vector<WireObject> found;
  const auto array = find_kind(member, JsonKind::array);
  if (!array) return found;
  for (const JsonNode& element : array->children())
    found.emplace_back(element, path_ + "/" + std::string(member) + "/" + std::to_string(found.size()),
                       *reading_);
  return found;
}

std::vector<std::string> WireObject::texts(std::string_view member) const {
  std::vector<std::string> found;
  const auto array = find_kind(member, JsonKind::array);
  if (!array) return found;
  for (const JsonNode& element : array->children()) {
    if (element.kind() != JsonKind::text) breach(member);
    found.push_back(element.text());
  }
  return found;
}

Known<std::string> WireObject::maybe_text(std::string_view member) const {
  if (!find(member)) return Missing::not_provided;
  return text(member);
}

Known<Money> WireObject::maybe_amount(std::string_view member) const {
  if (!find(member)) return Missing::not_provided;
  return amount(member);
}

Known<std::string> WireObject::maybe_local_time(std::string_view member) const {
  if (!find(member)) return Missing::not_provided;
  return local_time(member);
}

std::vector<WireObject> WireObject::maybe_list(std::string_view member) const {
  return find(member) ? list(member) : std::vector<WireObject>{};
}

std::vector<std::string> WireObject::maybe_texts(std::string_view member) const {
  return find(member) ? texts(member) : std::vector<std::string>{};
}

Known<model::Date> WireObject::date(std::string_view member) const {
  if (!find(member)) return Missing::absent;
  const auto found = find_kind(member, JsonKind::text);
  const auto day = found ? parse_wire_date(found->text()) : std::nullopt;
  if (!day) breach(member);
  return day.value_or(Known<model::Date>(Missing::absent));
}

}  // namespace casebridge::texas_icop
