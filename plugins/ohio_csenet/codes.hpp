// CSENet's codes in the words of the model; a code that no table has stays visible with its spelling.
#pragma once

#include <string>
#include <string_view>

#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"

namespace casebridge::ohio_csenet {

model::Coded<model::Assistance> assistance_of(char code);
model::Coded<model::CaseStatus> case_status_of(char code);
model::Coded<model::Role> role_of(char code);
model::Coded<model::OrderType> order_type_of(char code);
model::Coded<model::Controlling> controlling_of(char code);
model::Coded<model::DebtType> debt_type_of(std::string_view code);
model::Coded<model::Frequency> frequency_of(char code);
// The finer source of money taken without the payer's doing stops here (26 U.S.C. 6103).
model::Coded<model::SourceClass> source_of(char code, model::Money amount);
model::Coded<model::EnforcementKind> enforcement_kind_of(std::string_view reason);
bool is_enforcement(std::string_view reason);
// PROCESSING and a word of the model in upper case.
model::Coded<model::Processing> processing_of(std::string_view word);
// adopted, natural ...; the code itself when no table has it.
std::string relation_of(char code);
// OH for 39; empty for a locator that is no state's.
std::string_view usps_of(std::string_view locator);

}  // namespace casebridge::ohio_csenet
