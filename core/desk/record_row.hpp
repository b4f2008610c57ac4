// Stored records in their envelope, and the cases they belong to.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "core/desk/record_view.hpp"
#include "core/desk/shelf.hpp"

namespace casebridge::desk {

// (link, the state's key of the case) -> cas_...
using CaseIds = std::map<std::pair<LinkId, std::string>, std::string>;
CaseIds case_ids_of(const std::vector<ports::RecordVersion>& cases);

RecordView view_of(const Desk& desk, const ShelvedLink& shelved, const ports::RecordVersion& record,
                   const std::string& case_id);
// The cases of an account, or of one link.
Result<std::vector<ports::RecordVersion>> read_cases(ports::Transaction& tx, const AccountId& account,
                                                     const std::optional<LinkId>& link = std::nullopt);

}  // namespace casebridge::desk
