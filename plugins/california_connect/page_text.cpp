// By position, without locales; what does not fit is no value.
#include "plugins/california_connect/page_text.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace casebridge::california_connect {
namespace {

constexpr std::size_t case_number_size = 13;
constexpr std::size_t date_size = 10;
constexpr std::string_view confirmation_form = "CC-00000000-000000";

// U+00C0 to U+00FF without their accents; '.' where a letter stays what it is.
constexpr std::string_view plain_letters = "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
static_assert(plain_letters.size() == 64);

// Two digits up to 99.
std::optional<unsigned> two_digits(std::string_view text) {
  if (text.size() != 2 || !text::all_digits(text)) return std::nullopt;
  return static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0'));
}

std::optional<model::Date> parse_day(std::string_view text, Language language) {
  if (text.size() != date_size || text[2] != '/' || text[5] != '/') return std::nullopt;
  const auto first = two_digits(text.substr(0, 2)), second = two_digits(text.substr(3, 2));
  const auto year = text::all_digits(text.substr(6)) ? text::parse_int(text.substr(6)) : std::nullopt;
  if (!first || !second || !year) return std::nullopt;
  const bool month_first = language == Language::english;
  return model::Date::of(static_cast<int>(*year), month_first ? *first : *second,
                         month_first ? *second : *first);
}

// "10:00 AM" or, without a mark, the 24 hours of the day.
std::optional<std::string> parse_clock(std::string_view text, Language language) {
  if (text.size() < 5 || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2)), minute = two_digits(text.substr(3, 2));
  const std::string_view half = text.substr(5);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  unsigned shown = *hour;
  if (language == Language::spanish) {
    if (!half.empty() || *hour > 23) return std::nullopt;
  } else {
    if ((half != " AM" && half != " PM") || *hour < 1 || *hour > 12) return std::nullopt;
    shown = *hour % 12 + (half == " PM" ? 12 : 0);
  }
  std::string made = std::to_string(100 + shown).substr(1);
  return made.append(text.substr(2, 3));
}

}  // namespace

std::optional<model::Money> parse_amount(std::string_view text) {
  const bool opened = text.starts_with('('), closed = text.ends_with(')');
  if (opened != closed || text.size() < 2) return std::nullopt;
  if (opened) text = text.substr(1, text.size() - 2);
  if (!text.starts_with('$')) return std::nullopt;
  text.remove_prefix(1);
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (text.size() < 4 || text[text.size() - 3] != '.' || text.front() < '0' || text.front() > '9')
    return std::nullopt;
  const auto whole = text.substr(0, text.size() - 3);
  // Above 999 the commas must be there.
  if (whole.size() > 3 && whole.find(',') == std::string_view::npos) return std::nullopt;
  auto money = model::Money::parse_grouped(text);
  if (money && opened) money->cents = -money->cents;
  return money;
}

std::optional<Known<model::Date>> parse_date(std::string_view text, Language language) {
  if (text == nothing_shown) return Known<model::Date>(Missing::absent);
  const auto day = parse_day(text, language);
  if (!day) return std::nullopt;
  return Known<model::Date>(*day);
}

std::optional<std::string> parse_local_time(std::string_view text, Language language,
                                            std::string_view zone_mark) {
  const std::string mark = " " + std::string(zone_mark);
  if (text.size() <= date_size + mark.size() || text[date_size] != ' ' || !text.ends_with(mark))
    return std::nullopt;
  const auto day = parse_day(text.substr(0, date_size), language);
  const auto clock =
      parse_clock(text.substr(date_size + 1, text.size() - date_size - 1 - mark.size()), language);
  if (!day || !clock) return std::nullopt;
  return day->text() + "T" + *clock;
}

std::string folded(std::string_view text) {
  text = text::trim(text);
  if (text.ends_with(':')) text = text::trim(text.substr(0, text.size() - 1));
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const auto octet = static_cast<unsigned char>(text[at]);
    const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
    const char plain = octet == 0xC3 && next >= 0x80 && next <= 0xBF ? plain_letters[next - 0x80U] : '.';
    // Combining marks, U+0300 to U+036F, stand after the letter that they change.
    const bool combining = (octet == 0xCC && next >= 0x80) || (octet == 0xCD && next >= 0x80 && next < 0xB0);
    if (combining || plain != '.') {
      if (!combining) made += plain;
      at += 2;
    } else {
      made += text[at++];
    }
  }
  return text::lower_ascii(made);
}

bool is_case_number(std::string_view text) {
  return text.size() == case_number_size && text::all_digits(text);
}

bool is_confirmation(std::string_view text) {
  return text.size() == confirmation_form.size() &&
         std::equal(text.begin(), text.end(), confirmation_form.begin(),
                    [](char is, char form) { return form == '0' ? is >= '0' && is <= '9' : is == form; });
}

Known<std::string> shown_text(std::string text) {
  if (text == nothing_shown) return Missing::not_provided;
  return text;
}

std::string with_country(std::string_view phone) {
  const bool usual = phone.size() == 12 && phone[3] == '-' && phone[7] == '-';
  if (!usual) return std::string(phone);
  const std::string digits =
      std::string(phone.substr(0, 3)).append(phone.substr(4, 3)).append(phone.substr(8));
  return text::all_digits(digits) ? "+1" + digits : std::string(phone);
}

}  // namespace casebridge::california_connect
