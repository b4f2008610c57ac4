// Reading a linked case out of what is kept of it.
#pragma once

#include "core/model/adapter_messages.hpp"
#include "plugins/sdk/host.hpp"

namespace casebridge::georgia_batch {

sdk::Answer<model::CaseList> list_linked_case(const sdk::Call& call, const SecretBytes& session);
sdk::Answer<model::CaseContent> fetch_case(const sdk::Call& call, const SecretBytes& session,
                                           const model::CaseReadQuery& query);

}  // namespace casebridge::georgia_batch
