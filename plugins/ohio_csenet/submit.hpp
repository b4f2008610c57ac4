// From an order to its receipt: made once, kept, sent with the same octets however often it comes.
#pragma once

#include <functional>
#include <string>

#include "core/model/write_messages.hpp"
#include "plugins/ohio_csenet/case_file.hpp"
#include "plugins/ohio_csenet/exchange.hpp"
#include "plugins/ohio_csenet/written_transaction.hpp"

namespace casebridge::ohio_csenet {

struct Submission {
  std::string write_id{};
  bool needs_case_file = true;  // who is signed in, and what the state has of the case
  // The blocks; `file` is nullptr where none is needed. A refusal ends it before anything is sent.
  std::function<sdk::Answer<WrittenTransaction>(const CaseFile* file)> build{};
  // What the state answers, in one line that is from it and about this case. `serial` is the order's.
  std::function<sdk::Answer<model::Receipt>(const Transaction& line, const std::string& serial)> read{};
};

// The line is kept under the order's id before it is sent, because the state knows an order by its serial
// number and octets. Pending while the state works. After a day the state no longer knows the number, so an
// order that old is never sent again: its outcome is unknown.
sdk::Answer<model::Receipt> submit(const Exchange& exchange, const Submission& submission);

// ACK, the serial number, and the number to show to the parent; drift for anything else.
sdk::Answer<model::Receipt> acknowledged(const Transaction& line, const std::string& serial);

}  // namespace casebridge::ohio_csenet
