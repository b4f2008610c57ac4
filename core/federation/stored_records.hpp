// Records as the store keeps them: body, projection, hash, order and id prefix. Parts of the sync merge.
#pragma once

#include <string>
#include <vector>

#include "core/federation/viewer.hpp"
#include "core/model/dataset.hpp"
#include "core/ports/store_cases.hpp"

namespace casebridge::federation {

// What all records of one read have in common.
struct Read {
  LinkId link;
  std::string case_key;
  Viewer viewer;
  Known<model::Date> as_of{};
  Instant at{};
};

// One key, one record: a second one with the same key is left out. Records the viewer must not know of as
// well.
std::vector<ports::RecordVersion> stored_records(const Read& read, const model::Records& records);
std::vector<ports::RecordVersion> stored_obligations(const Read& read,
                                                     const std::vector<model::Order>& orders);

}  // namespace casebridge::federation
