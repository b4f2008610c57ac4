// Values are checked where they are read, so that no reader can forget it.
#include "plugins/texas_smart/record.hpp"

#include "core/base/text.hpp"
#include "plugins/texas_smart/wire_values.hpp"

namespace casebridge::texas_smart {
namespace {

constexpr std::size_t count_digits_max = 6;

std::string trimmed(const std::string& text) { return std::string(text::trim(text)); }

}  // namespace

void Record::breach(std::string_view member) const {
  std::string where(element_.local_name());
  where.append("/").append(member);
  reading_->breach(std::move(where));
}

std::vector<Record> Record::list(std::string_view member) const {
  std::vector<Record> records;
  for (const sdk::XmlElement& each : element_.children(smart_namespace, member))
    records.emplace_back(each, *reading_);
  return records;
}

sdk::XmlElement Record::one(std::string_view member) const {
  const auto found = element_.children(smart_namespace, member);
  if (found.size() > 1) breach(member);
  return found.empty() ? sdk::XmlElement() : found.front();
}

std::string Record::mark(std::string_view name) const {
  const auto text = maybe_mark(name);
  if (!text) breach(name);
  return text ? *text : std::string();
}

Known<std::string> Record::maybe_mark(std::string_view name) const {
  const auto text = element_.attribute(name);
  if (!text) return Missing::absent;
  std::string value = trimmed(*text);
  if (value.empty()) return Missing::not_provided;
  return value;
}

bool Record::flag_mark(std::string_view name) const {
  const auto text = maybe_mark(name);
  if (!text) return false;
  if (*text == "true" || *text == "1") return true;
  if (*text != "false" && *text != "0") breach(name);
  return false;
}

Known<model::Date> Record::date_mark(std::string_view name) const {
  return read_date(maybe_mark(name), name);
}

std::string Record::text(std::string_view member) const {
  const auto value = maybe_text(member);
  if (!value) breach(member);
  return value ? *value : std::string();
}

Known<std::string> Record::maybe_text(std::string_view member) const {
  const sdk::XmlElement found = one(member);
  if (!found) return Missing::absent;
  std::string value = trimmed(found.text());
  if (value.empty() || found.is_nil()) return Missing::not_provided;
  return value;
}

Known<model::Date> Record::read_date(const Known<std::string>& text, std::string_view member) const {
  if (!text) return text.reason();
  const auto date = parse_date(*text);
  if (!date) breach(member);
  return date ? *date : Known<model::Date>();
}

Known<model::Date> Record::date(std::string_view member) const {
  return read_date(maybe_text(member), member);
}

model::Date Record::required_date(std::string_view member) const {
  const auto found = date(member);
  if (!found) breach(member);
  return found ? *found : model::Date::utc(Instant{});
}

Instant Record::instant(std::string_view member) const {
  const auto made = parse_date_time(text(member));
  if (!made) breach(member);
  return made.value_or(Instant{});
}

int Record::count(std::string_view member) const {
  const std::string digits = text(member);
  if (digits.empty() || digits.size() > count_digits_max || !text::all_digits(digits)) {
    breach(member);
    return 0;
  }
  return static_cast<int>(*text::parse_int(digits));
}

model::Money Record::amount(std::string_view member) const {
  const auto made = parse_amount(text(member));
  if (!made) breach(member);
  return made.value_or(model::Money{});
}

Known<model::Money> Record::own_amount() const {
  const std::string value = trimmed(element_.text());
  if (value.empty() || element_.is_nil()) return Missing::not_provided;
  const auto made = parse_amount(value);
  if (!made) {
    breach("amount");
    return Missing::not_provided;
  }
  return *made;
}

}  // namespace casebridge::texas_smart
