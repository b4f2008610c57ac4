// Positions as the interface document counts them, from 1; here from 0.
#include "plugins/ohio_csenet/notices.hpp"

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/codes.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr int reference_lines = 4;

// IGREF r lllllll ccccccccccccccc dddddddd
std::optional<model::IntergovRef> reference_of(std::string_view line) {
  const auto role = line.substr(6, 1), locator = line.substr(8, 7), since = line.substr(32, 8);
  const std::string_view number = trimmed(line.substr(16, 15));
  const auto day = parse_wire_date(since);
  if (line[5] != ' ' || line[7] != ' ' || line[15] != ' ' || line[31] != ' ') return std::nullopt;
  if (!text::all_digits(locator) || number.empty() || !day) return std::nullopt;
  model::IntergovRef made;
  made.other_state = usps_of(locator);
  made.other_locator = std::string(locator);
  made.other_case = std::string(number);
  if (role == "I")
    made.my_role = model::IntergovRole::initiating;
  else if (role == "R")
    made.my_role = model::IntergovRole::responding;
  else
    made.my_role = model::Coded<model::IntergovRole>::unrecognised(std::string(role));
  made.since = *day;
  return made;
}

}  // namespace

sdk::Answer<std::vector<model::IntergovRef>> read_references(const Transaction& transaction) {
  std::vector<model::IntergovRef> made;
  for (int i = 1; i <= reference_lines; ++i) {
    const std::string_view line = transaction.information(i);
    if (!line.starts_with("IGREF ")) continue;
    auto reference = reference_of(line);
    if (!reference) return sdk::drift("information/IGREF");
    made.push_back(std::move(*reference));
  }
  return made;
}

model::Coded<model::Processing> read_processing(const Transaction& notice) {
  const std::string_view line = notice.information(1);
  if (!line.starts_with("PROCESSING ")) return {};
  return processing_of(trimmed(line.substr(11, 29)));
}

sdk::Answer<InterestNotice> read_interest(const Transaction& notice, AmountSign sign) {
  const std::string_view line = notice.information(1);
  if (line.empty()) return sdk::drift("information/GSTAI");
  const auto arrears = read_amount(line.substr(0, 12), sign);
  const auto interest = read_amount(line.substr(12, 12), sign);
  const auto as_of = parse_wire_date(line.substr(24, 8));
  if (!arrears || !interest || !as_of) return sdk::drift("information/GSTAI");
  return InterestNotice{*arrears, *interest, *as_of};
}

std::optional<std::string> hearing_time(std::string_view line) {
  if (!line.starts_with("HEARING ") || line.size() < 12) return std::nullopt;
  const std::string_view hour = line.substr(8, 2), minute = line.substr(10, 2);
  if (!text::all_digits(hour) || !text::all_digits(minute) || hour > "23" || minute > "59")
    return std::nullopt;
  return std::string(hour) + ":" + std::string(minute);
}

}  // namespace casebridge::ohio_csenet
