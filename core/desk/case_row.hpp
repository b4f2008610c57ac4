// A stored case as it is shown: its record, the official door and phone of its state, what is due and what
// was paid.
#pragma once

#include <vector>

#include "core/desk/case_view.hpp"
#include "core/desk/shelf.hpp"

namespace casebridge::desk {

// Datasets whose records case_view_of needs beside the case's own.
const std::vector<std::string>& money_datasets();
// `money` may hold records of other cases too.
CaseView case_view_of(const Desk& desk, const ShelvedLink& shelved, const ports::RecordVersion& record,
                      const std::vector<ports::RecordVersion>& money);

}  // namespace casebridge::desk
