// The one way out for records: what this viewer may see of one, as the API's JSON. Denies by default: only
// members that are named here leave, and what is kept back has the same octets as what the state never gave.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/federation/viewer.hpp"
#include "core/model/dataset.hpp"

namespace casebridge::federation {

// Raised with every change of what is shown to whom: nothing is shown that only an older rule let through.
inline constexpr int projection_rules_number = 1;
// What a system's records must be projected by: the rules of this program, and the level the system applies.
std::string projection_rules(model::SafetyLevel policy);

// {"data":{...},"missing":{...}}; nullopt: this viewer must not learn that the record exists.
using Projected = std::optional<std::string>;

Projected project(const model::Case&, const Viewer&);
Projected project(const model::Order&, const Viewer&);
// An obligation is shown beside its order, so it names it as the state does.
Projected project(const model::Obligation&, std::string_view order_number, const Viewer&);
Projected project(const model::BalanceLine&, const Viewer&);
Projected project(const model::Payment&, const Viewer&);
Projected project(const model::Disbursement&, const Viewer&);
Projected project(const model::EnforcementAction&, const Viewer&);
Projected project(const model::Event&, const Viewer&);
Projected project(const model::Document&, const Viewer&);
Projected project(const model::Message&, const Viewer&);
Projected project(const model::ContactPoint&, const Viewer&);

// The API's name of the records of a stored dataset: case, order, obligation, balance, ledger_entry,
// enforcement_action, event, document, message, contact. Empty for a name that is no dataset.
std::string_view record_type_of(std::string_view dataset);

}  // namespace casebridge::federation
