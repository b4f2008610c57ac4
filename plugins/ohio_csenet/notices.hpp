// The texts with a fixed form inside Information blocks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/records.hpp"
#include "plugins/ohio_csenet/case_file.hpp"

namespace casebridge::ohio_csenet {

// IGREF lines of the first transaction: the other states' cases.
sdk::Answer<std::vector<model::IntergovRef>> read_references(const Transaction& transaction);
// PROCESSING word of a status notice.
model::Coded<model::Processing> read_processing(const Transaction& notice);

// Of an interest notice.
struct InterestNotice {
  Known<model::Money> arrears{};  // the total that the case's orders tell as well
  Known<model::Money> interest{};
  Known<model::Date> as_of{};
};
sdk::Answer<InterestNotice> read_interest(const Transaction& notice, AmountSign sign);

// HEARING hhmm as hh:mm; nothing for other texts and for times that no clock shows.
std::optional<std::string> hearing_time(std::string_view line);

}  // namespace casebridge::ohio_csenet
