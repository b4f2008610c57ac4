// The service's codes and what they mean; one that no table has becomes `unknown` and keeps its spelling.
#pragma once

#include <string>

#include "core/model/vocabulary.hpp"

namespace casebridge::texas_smart {

model::Coded<model::Role> role_of(const std::string& code);
model::Coded<model::CaseStatus> case_status_of(const std::string& code);
model::Coded<model::Bucket> bucket_of(const std::string& code);
// Every intercept is one code already (26 U.S.C. 6103); it stays one class.
model::Coded<model::SourceClass> source_of(const std::string& code);
model::Coded<model::PaymentStatus> payment_status_of(const std::string& code);
model::Coded<model::Frequency> frequency_of(const std::string& code);
model::Coded<model::EnforcementKind> enforcement_kind_of(const std::string& code);
model::Coded<model::EnforcementStatus> enforcement_status_of(const std::string& code);

}  // namespace casebridge::texas_smart
