// Values are checked where they are read, so that no reader can forget it.
#include "plugins/kansas_quick/record.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::kansas_quick {
namespace {

std::string trimmed(const std::string& text) { return std::string(text::trim(text)); }

}  // namespace

void Record::breach(std::string_view member) const {
  std::string where(element_.local_name());
  where.append("/").append(member);
  reading_->breach(std::move(where));
}

std::vector<Record> Record::list(WireName member) const {
  std::vector<Record> records;
  for (const sdk::XmlElement& each : element_.children(member.space, member.local))
    records.emplace_back(each, *reading_);
  return records;
}

sdk::XmlElement Record::one(WireName member) const {
  const auto found = element_.children(member.space, member.local);
  if (found.empty()) return {};
  const bool same = std::all_of(found.begin() + 1, found.end(), [&](const sdk::XmlElement& other) {
    return !other.first_child() && !found.front().first_child() &&
           trimmed(other.text()) == trimmed(found.front().text());
  });
  if (!same) breach(member.local);
  return found.front();
}

Known<std::string> Record::mark(std::string_view name) const {
  const auto text = element_.attribute(name);
  if (!text) return Missing::absent;
  std::string value = trimmed(*text);
  if (value.empty()) return Missing::not_provided;
  return value;
}

bool Record::flag_mark(std::string_view name) const {
  const auto text = mark(name);
  if (!text) return false;
  if (*text == "true" || *text == "1") return true;
  if (*text != "false" && *text != "0") breach(name);
  return false;
}

Known<model::Date> Record::date_mark(std::string_view name) const {
  const auto text = mark(name);
  return read_date(text ? *text : std::string(), name);
}

std::string Record::text(WireName member) const {
  const auto value = maybe_text(member);
  if (!value) breach(member.local);
  return value ? *value : std::string();
}

Known<std::string> Record::maybe_text(WireName member) const {
  const sdk::XmlElement found = one(member);
  if (!found) return Missing::absent;
  std::string value = trimmed(found.text());
  if (value.empty() || found.is_nil()) return Missing::not_provided;
  return value;
}

Known<model::Money> Record::amount(WireName member) const {
  const auto text = maybe_text(member);
  if (!text) return text.reason();
  const auto made = parse_amount(*text);
  if (made) return *made;
  breach(member.local);
  return Missing::not_provided;
}

model::Money Record::required_amount(WireName member) const {
  const auto made = amount(member);
  if (!made) breach(member.local);
  return made ? *made : model::Money{};
}

Known<model::Date> Record::read_date(const std::string& text, std::string_view member) const {
  const auto date = parse_date(text);
  if (!date) breach(member);
  return date ? *date : Known<model::Date>(Missing::absent);
}

Known<model::Date> Record::date(WireName member) const {
  const auto text = maybe_text(member);
  return read_date(text ? *text : std::string(), member.local);
}

model::Date Record::required_date(WireName member) const {
  const auto found = date(member);
  if (!found) breach(member.local);
  return found ? *found : model::Date::utc(Instant{});
}

}  // namespace casebridge::kansas_quick
