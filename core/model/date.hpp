// Date: a day of the calendar without a time; never a string, never an instant.
#pragma once

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.hpp"

namespace casebridge::model {

class Date {
 public:
  // nullopt for days that do not exist.
  static std::optional<Date> of(int year, unsigned month, unsigned day);
  static std::optional<Date> parse(std::string_view iso);  // YYYY-MM-DD
  // The day that a clock on the wall of an IANA zone (America/Chicago) shows; nullopt for an unknown zone.
  static std::optional<Date> in_zone(Instant instant, std::string_view zone);
  static Date utc(Instant instant);
  std::string text() const;
  Date plus_days(int days) const;
  int days_until(Date later) const;
  int year() const { return static_cast<int>(day_.year()); }
  unsigned month() const { return static_cast<unsigned>(day_.month()); }
  unsigned day() const { return static_cast<unsigned>(day_.day()); }
  friend auto operator<=>(const Date& a, const Date& b) { return a.day_ <=> b.day_; }
  friend bool operator==(const Date& a, const Date& b) { return a.day_ == b.day_; }

 private:
  explicit Date(std::chrono::year_month_day day) : day_(day) {}
  std::chrono::year_month_day day_;
};

}  // namespace casebridge::model
