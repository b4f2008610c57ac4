// Catching up: looks into the landing folder and loads, in their order, the runs that are new.
#pragma once

#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {

// Done at every call, because nobody else calls. A run that is wrong is told to the operator and changes
// nothing; what waits to be sent to the state is sent. Refused only where folder or memory do not work.
sdk::Answer<RunLedger> catch_up(const sdk::Call& call);

}  // namespace casebridge::georgia_batch
