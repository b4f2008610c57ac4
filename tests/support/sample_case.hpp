// A made-up case with something in every dataset that the tests of use cases look at.
#pragma once

#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"

namespace casebridge::testing {

struct SampleCase {
  std::string key = "0012345678";
  model::SafetyLevel safety = model::SafetyLevel::none;
  std::vector<std::int64_t> payment_cents{41250, 41250};
  Known<model::Text> hearing_place{model::Text("County court, room 3")};
  bool with_caseworker = true;
  // Datasets that fail in this read.
  std::vector<std::pair<model::Dataset, Trouble>> failing{};
};
model::CaseContent content_of(const SampleCase& sample);
model::CaseList list_of(const std::vector<std::string>& keys);
model::Date day(const char* iso);

}  // namespace casebridge::testing
