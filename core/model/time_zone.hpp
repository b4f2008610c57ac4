// TimeZone: how far the clocks of an IANA zone are from UTC at a moment; read from the machine's tz database.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"

namespace casebridge::model {

class TimeZone {
 public:
  // The octets of a TZif file of version 2 or later (RFC 8536); nullopt when anything in it is out of order.
  static std::optional<TimeZone> parse(std::string_view tzif);
  std::chrono::seconds offset_at(Instant instant) const;

 private:
  // A yearly change of the clocks, as a POSIX TZ text writes it (M3.2.0/2): month, week, weekday, local time.
  struct YearlyChange {
    unsigned month = 1, week = 1, weekday = 0;
    std::chrono::seconds at{7200};
    Instant in_year(std::chrono::year year, std::chrono::seconds offset_before) const;
  };
  struct Rule {
    std::chrono::seconds standard{0};
    std::optional<std::chrono::seconds> summer{};  // none: the same all year
    YearlyChange summer_begins{}, summer_ends{};
    std::chrono::seconds offset_at(Instant instant) const;
  };
  friend struct TzifReader;
  friend struct RuleReader;

  std::vector<Instant> changes_;                // ascending
  std::vector<std::chrono::seconds> offsets_;   // one more than changes: offsets_[0] holds before the first
  std::optional<Rule> afterwards_;              // holds after the last change
};

// Any thread; each zone is read once. nullptr for a name that is no zone of this machine.
std::shared_ptr<const TimeZone> find_time_zone(std::string_view name);

}  // namespace casebridge::model
