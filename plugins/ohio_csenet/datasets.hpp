// From checked answers to records: a reader for each list.
#pragma once

#include <optional>
#include <vector>

#include "core/model/adapter_messages.hpp"
#include "plugins/ohio_csenet/case_file.hpp"
#include "plugins/ohio_csenet/notices.hpp"

namespace casebridge::ohio_csenet {

using Inbox = std::vector<Transaction>;

// `status` is the status notice; `inbox` is needed for a closed case only.
sdk::Answer<model::Case> read_case(const CaseFile& file, const Transaction& status, const Inbox* inbox);
bool is_closed(const CaseFile& file);
std::vector<model::Order> read_orders(const CaseFile& file);
sdk::Answer<std::vector<model::BalanceLine>> read_balances(const CaseFile& file,
                                                           const InterestNotice& interest);
// The date that the figures are of.
Known<model::Date> ledger_date(const CaseFile& file, const InterestNotice& interest);
sdk::Answer<std::vector<model::Payment>> read_payments(const CaseFile& file, const Inbox& inbox);
std::vector<model::ContactPoint> read_contacts(const CaseFile& file);
model::Profile read_profile(const CaseFile& file);

std::vector<model::EnforcementAction> read_enforcement(const Inbox& inbox);
sdk::Answer<std::vector<model::Event>> read_events(const Inbox& inbox, bool guarded);

// How many codes of these records nobody knows.
int unknown_codes(const model::Records& records);

}  // namespace casebridge::ohio_csenet
