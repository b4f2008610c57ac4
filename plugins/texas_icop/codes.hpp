// iCOP's codes and what they mean; one that no table has becomes `unknown` and keeps its spelling.
#pragma once

#include <string>

#include "core/model/vocabulary.hpp"

namespace casebridge::texas_icop {

model::Coded<model::Assistance> assistance_of(const std::string& code);
model::Coded<model::CaseStatus> case_status_of(const std::string& code);
model::Coded<model::Role> role_of(const std::string& code);
model::Coded<model::Processing> processing_of(const std::string& code);
model::Coded<model::IntergovRole> intergov_role_of(const std::string& code);

model::Coded<model::OrderType> order_type_of(const std::string& code);
model::Coded<model::Controlling> controlling_of(const std::string& code);
model::Coded<model::DebtType> debt_type_of(const std::string& code);
model::Coded<model::Frequency> frequency_of(const std::string& code);

model::Coded<model::Bucket> bucket_of(const std::string& code);
// family, state:TX or unknown; the model has no place for another spelling.
std::string assignee_of(const std::string& code);

// All intercepts become involuntary_other here: the finer source goes no further (26 U.S.C. 6103).
model::Coded<model::SourceClass> source_of(const std::string& code);
model::Coded<model::PaymentStatus> payment_status_of(const std::string& code);
model::Coded<model::RecipientClass> recipient_of(const std::string& code);
model::Coded<model::DisbursementMethod> method_of(const std::string& code);
model::Coded<model::DisbursementStatus> disbursement_status_of(const std::string& code);

model::Coded<model::EnforcementKind> enforcement_kind_of(const std::string& code);
model::Coded<model::EnforcementStatus> enforcement_status_of(const std::string& code);
model::Coded<model::EventKind> event_kind_of(const std::string& code);
model::Coded<model::Direction> direction_of(const std::string& code);
model::Coded<model::ContactKind> contact_kind_of(const std::string& code);

}  // namespace casebridge::texas_icop
