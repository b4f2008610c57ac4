// Whether a PIN opens a case: against the PINs of the newest run, in the same time whether there are any.
#pragma once

#include <optional>
#include <string>

#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {

struct PinOwner {
  std::string pin_id{};
  std::string person{};
};
struct PinVerdict {
  std::optional<PinOwner> owner{};         // the PIN is right and good
  bool expired = false;                    // it is right, and too old or used
  int tries_left = 0;                      // it is wrong
  std::optional<Instant> blocked_until{};  // it was not looked at
};

sdk::Answer<PinVerdict> check_pin(const sdk::Call& call, const RunLedger& ledger,
                                  const std::string& case_number, const SecretBytes& pin);
// Whether the newest run has a PIN for that case that can still be used.
sdk::Answer<bool> has_good_pin(const sdk::Call& call, const RunLedger& ledger,
                               const std::string& case_number);

}  // namespace casebridge::georgia_batch
