// The service's codes and what they mean; one that no table has becomes `unknown` and keeps its spelling.
#pragma once

#include <string>

#include "core/model/vocabulary.hpp"

namespace casebridge::kansas_quick {

model::Coded<model::Assistance> assistance_of(const std::string& code);
model::Coded<model::CaseStatus> case_status_of(const std::string& code);
model::Coded<model::Role> role_of(const std::string& code);
model::Coded<model::IntergovRole> intergov_role_of(const std::string& code);
model::Coded<model::DebtType> debt_type_of(const std::string& code);
model::Coded<model::Frequency> frequency_of(const std::string& code);
// J, and no code at all: nobody else owes the same.
model::Coded<model::Concurrent> concurrent_of(const std::string& code);
// Offsets and intercepts are one class (26 U.S.C. 6103). OTH says no more than that it is none of the others.
model::Coded<model::SourceClass> source_of(const std::string& code);
model::Coded<model::RecipientClass> recipient_of(const std::string& code);
model::Coded<model::EnforcementKind> enforcement_kind_of(const std::string& code);
model::Coded<model::ContactKind> contact_kind_of(const std::string& code);

}  // namespace casebridge::kansas_quick
