// The PINS and ACK files.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "plugins/georgia_batch/csv.hpp"
#include "plugins/georgia_batch/pieces.hpp"

namespace casebridge::georgia_batch {

struct PinRow {
  std::string_view case_number, id, person, hash, mailed, expires, status;
};
struct AckRow {
  std::string_view request, result, code, confirmation, text, processed;
};

// schema_drift, detail as `PINS/TRL`. What was taken from a file that is refused must be thrown away.
sdk::Answer<sdk::Done> read_pins(Pieces& source, const std::string& run,
                                 const std::function<void(const PinRow&)>& take);
sdk::Answer<sdk::Done> read_acknowledgements(Pieces& source, const std::function<void(const AckRow&)>& take);

}  // namespace casebridge::georgia_batch
