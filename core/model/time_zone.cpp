// TZif files (RFC 8536) and the POSIX TZ rule at their end; the TZ variable of the process is left alone.
#include "core/model/time_zone.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

namespace casebridge::model {

using std::chrono::seconds;

namespace {

bool is_zone_digit(char c) { return c >= '0' && c <= '9'; }
bool is_zone_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Names become paths below the database, so nothing that could climb out of it is a name.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || !is_zone_letter(name[0])) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return is_zone_letter(c) || is_zone_digit(c) || c == '_' || c == '+' || c == '-' || c == '/';
  });
}

std::string read_zone_file(std::string_view name) {
  const std::filesystem::path path = "/usr/share/zoneinfo/" + std::string(name);
  std::error_code ignored;  // what cannot be looked at is no zone
  if (!std::filesystem::is_regular_file(path, ignored)) return {};
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

// Walks over a POSIX TZ text such as CST6CDT,M3.2.0,M11.1.0.
struct RuleReader {
  std::string_view rest;
  bool ok = true;

  void name() {
    if (rest.starts_with('<')) {
      const std::size_t end = rest.find('>');
      ok = ok && end != std::string_view::npos;
      rest.remove_prefix(ok ? end + 1 : rest.size());
      return;
    }
    std::size_t size = 0;
    while (size < rest.size() && is_zone_letter(rest[size])) ++size;
    ok = ok && size >= 3;
    rest.remove_prefix(size);
  }
  void skip(char expected) {
    ok = ok && rest.starts_with(expected);
    if (ok) rest.remove_prefix(1);
  }
  int number(int most) {
    int value = 0;
    std::size_t size = 0;
    while (size < rest.size() && size < 3 && is_zone_digit(rest[size]))
      value = value * 10 + (rest[size++] - '0');
    ok = ok && size > 0 && value <= most;
    rest.remove_prefix(size);
    return value;
  }
  seconds time() {
    const bool negative = rest.starts_with('-');
    if (negative || rest.starts_with('+')) rest.remove_prefix(1);
    int total = number(167) * 3600;
    for (int unit = 60; unit > 0 && ok && rest.starts_with(':'); unit /= 60) {
      rest.remove_prefix(1);
      total += number(59) * unit;
    }
    return seconds{negative ? -total : total};
  }
  TimeZone::YearlyChange change() {
    TimeZone::YearlyChange made;
    skip(',');
    skip('M');
    made.month = static_cast<unsigned>(number(12));
    skip('.');
    made.week = static_cast<unsigned>(number(5));
    skip('.');
    made.weekday = static_cast<unsigned>(number(6));
    ok = ok && made.month >= 1 && made.week >= 1;
    if (ok && rest.starts_with('/')) {
      rest.remove_prefix(1);
      made.at = time();
    }
    return made;
  }
  // Rules by day of the year (Jn, n) are not used by any zone of the database and are refused.
  TimeZone::Rule rule() {
    TimeZone::Rule made;
    name();
    made.standard = -time();
    if (!ok || rest.empty()) return made;
    name();
    made.summer = rest.starts_with(',') ? made.standard + seconds{3600} : -time();
    made.summer_begins = change();
    made.summer_ends = change();
    ok = ok && rest.empty();
    return made;
  }
};

Instant TimeZone::YearlyChange::in_year(std::chrono::year year, seconds offset_before) const {
  using namespace std::chrono;
  const std::chrono::weekday day{weekday};
  const std::chrono::month in{month};
  const sys_days date = week == 5 ? sys_days{year / in / day[last]} : sys_days{year / in / day[week]};
  return Instant{date} + at - offset_before;
}

seconds TimeZone::Rule::offset_at(Instant instant) const {
  if (!summer) return standard;
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(instant + standard)};
  const Instant begins = summer_begins.in_year(day.year(), standard);
  const Instant ends = summer_ends.in_year(day.year(), *summer);
  // South of the equator summer holds over the turn of the year.
  const bool after = instant >= begins, before = instant < ends;
  return (begins < ends ? after && before : after || before) ? *summer : standard;
}

// Walks over the octets of a file; every read past the end makes it not ok.
struct TzifReader {
  std::string_view rest;
  bool ok = true;
  struct Counts {
    std::size_t utc_flags, standard_flags, leaps, times, types, chars;
  };

  std::string_view take(std::size_t size) {
    ok = ok && size <= rest.size();
    const std::string_view taken = rest.substr(0, ok ? size : 0);
    rest.remove_prefix(taken.size());
    return taken;
  }
  std::int64_t number(std::size_t size) {
    std::uint64_t value = 0;
    for (const char c : take(size)) value = value << 8 | static_cast<unsigned char>(c);
    if (size == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
    return static_cast<std::int64_t>(value);
  }
  std::size_t count() { return static_cast<std::uint32_t>(number(4)); }
  Counts header() {
    ok = ok && take(4) == "TZif";
    const std::string_view version = take(1);
    ok = ok && version >= "2";
    take(15);
    Counts made{};
    for (std::size_t* field :
         {&made.utc_flags, &made.standard_flags, &made.leaps, &made.times, &made.types, &made.chars})
      *field = count();
    return made;
  }
  void skip_block(const Counts& counts, std::size_t time_size) {
    take(counts.times * (time_size + 1) + counts.types * 6 + counts.chars + counts.leaps * (time_size + 4) +
         counts.standard_flags + counts.utc_flags);
  }
  std::optional<TimeZone> zone() {
    skip_block(header(), 4);
    const Counts counts = header();
    if (!ok || counts.types == 0 || counts.leaps != 0) return std::nullopt;
    const std::string_view times = take(counts.times * 8), types = take(counts.times);
    const std::string_view infos = take(counts.types * 6);
    take(counts.chars + counts.standard_flags + counts.utc_flags);
    if (!ok) return std::nullopt;
    TimeZone made;
    if (!offset(infos, 0, made)) return std::nullopt;
    for (std::size_t i = 0; i < counts.times; ++i) {
      made.changes_.emplace_back(seconds{TzifReader{times.substr(i * 8, 8)}.number(8)});
      if (!offset(infos, static_cast<unsigned char>(types[i]), made)) return std::nullopt;
    }
    if (!std::is_sorted(made.changes_.begin(), made.changes_.end()) || !footer(made)) return std::nullopt;
    return made;
  }
  static bool offset(std::string_view infos, std::size_t type, TimeZone& zone) {
    if (type * 6 >= infos.size()) return false;
    zone.offsets_.emplace_back(TzifReader{infos.substr(type * 6, 4)}.number(4));
    return true;
  }
  bool footer(TimeZone& zone) {
    if (rest.size() < 2 || rest.front() != '\n' || rest.back() != '\n') return false;
    const std::string_view rule_text = rest.substr(1, rest.size() - 2);
    if (rule_text.empty()) return true;
    RuleReader reader{rule_text};
    zone.afterwards_ = reader.rule();
    return reader.ok;
  }
};

std::optional<TimeZone> TimeZone::parse(std::string_view tzif) { return TzifReader{tzif}.zone(); }

seconds TimeZone::offset_at(Instant instant) const {
  const auto later = std::upper_bound(changes_.begin(), changes_.end(), instant);
  if (later == changes_.end() && afterwards_) return afterwards_->offset_at(instant);
  return offsets_[static_cast<std::size_t>(later - changes_.begin())];
}

std::shared_ptr<const TimeZone> find_time_zone(std::string_view name) {
  if (!is_zone_name(name)) return nullptr;
  // Zones do not change while the process runs; only names that were found are kept, so the list stays small.
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const TimeZone>, std::less<>> zones;
  {
    const std::lock_guard lock(mutex);
    if (const auto found = zones.find(name); found != zones.end()) return found->second;
  }
  std::optional<TimeZone> read = TimeZone::parse(read_zone_file(name));
  if (!read) return nullptr;
  auto zone = std::make_shared<const TimeZone>(std::move(*read));
  const std::lock_guard lock(mutex);
  return zones.emplace(std::string(name), std::move(zone)).first->second;
}

}  // namespace casebridge::model
