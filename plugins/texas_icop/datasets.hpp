// From one good answer of iCOP to records: a reader for each list. Breaches go to the Reading; with one, the
// records are not to be used. `root` is the whole answer.
#pragma once

#include <string>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "core/model/records.hpp"
#include "plugins/texas_icop/keys.hpp"
#include "plugins/texas_icop/wire_object.hpp"

namespace casebridge::texas_icop {

// Ten digits.
bool is_case_number(std::string_view text);

model::CaseList read_case_list(const WireObject& root);
// The case asked for, with its participants and references to other states.
model::Case read_case(const WireObject& root, const std::string& case_number);
std::vector<model::Order> read_orders(const WireObject& root);
std::vector<model::BalanceLine> read_balances(const WireObject& root);
std::vector<model::EnforcementAction> read_enforcement(const WireObject& root);
std::vector<model::Event> read_events(const WireObject& root);
std::vector<model::Document> read_documents(const WireObject& root);
std::vector<model::Message> read_messages(const WireObject& root);
std::vector<model::ContactPoint> read_contacts(const WireObject& root);
model::Profile read_profile(const WireObject& root);

// One page: adds what was not there before.
void read_payments_page(const WireObject& page, KeyRing& seen, std::vector<model::Payment>& payments);
void read_disbursements_page(const WireObject& page, KeyRing& seen,
                             std::vector<model::Disbursement>& disbursements);

}  // namespace casebridge::texas_icop
