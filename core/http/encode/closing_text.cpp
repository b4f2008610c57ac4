// Days are told only where they differ from today's, and years only where they differ from this year's.
#include "core/http/encode/closing_text.hpp"

#include <chrono>

#include "core/model/date.hpp"
#include "core/model/time_zone.hpp"

namespace casebridge::http::encode {
namespace {

std::chrono::minutes minute_of_day(Instant instant, const std::string& time_zone) {
  const auto zone = model::find_time_zone(time_zone);
  const Instant wall = zone ? instant + zone->offset_at(instant) : instant;
  return std::chrono::floor<std::chrono::minutes>(wall - std::chrono::floor<std::chrono::days>(wall));
}

// 6 AM, 6:30 PM in English; 6:00, 18:30 in every other language.
std::string clock_text(std::chrono::minutes of_day, std::string_view language) {
  const auto hour = of_day.count() / 60;
  const auto minute = of_day.count() % 60;
  const std::string minutes = (minute < 10 ? ":0" : ":") + std::to_string(minute);
  if (language != "en") return std::to_string(hour) + minutes;
  const auto half_day_hour = hour % 12 == 0 ? 12 : hour % 12;
  return std::to_string(half_day_hour) + (minute == 0 ? "" : minutes) + (hour < 12 ? " AM" : " PM");
}

std::string day_text(model::Date day, model::Date today, const ProblemContext& context) {
  const std::string_view month =
      context.messages.text(context.language, "calendar.month." + std::to_string(day.month()));
  return context.messages.filled(
      context.language, day.year() == today.year() ? "calendar.day" : "calendar.day_of_year",
      {{"month", month}, {"day", std::to_string(day.day())}, {"year", std::to_string(day.year())}});
}

}  // namespace

std::string closing_text(const std::optional<desk::StateClosing>& closing,
                         const std::optional<std::string>& as_of, const ProblemContext& context,
                         const std::optional<Instant>& read_at) {
  if (!closing) return {};
  const auto local_day = [&](Instant instant) {
    return model::Date::in_zone(instant, closing->time_zone).value_or(model::Date::utc(instant));
  };
  const model::Date today = local_day(context.now);
  const model::Date last_day = local_day(closing->until);
  const std::string_view state = context.language == "es" ? closing->state_es : closing->state;
  const std::string clock = clock_text(minute_of_day(closing->until, closing->time_zone), context.language);
  const std::string when = context.messages.filled(
      context.language, last_day == today ? "closing.time" : "closing.time_on_day",
      {{"time", clock}, {"day", day_text(last_day, today, context)}, {"state", state}});
  auto known = as_of ? model::Date::parse(*as_of) : std::nullopt;
  if (!known && read_at) known = local_day(*read_at);
  return context.messages.filled(
      context.language, known ? "closing.until_with_figures" : "closing.until",
      {{"state", state}, {"when", when}, {"figures", known ? day_text(*known, today, context) : ""}});
}

}  // namespace casebridge::http::encode
