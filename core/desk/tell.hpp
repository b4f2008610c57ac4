// What use cases tell the audit log about links, in the transaction of what they do.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/desk/desk.hpp"

namespace casebridge::desk {

// By whom: the parent, or the gateway on its own.
enum class By { account, gateway };
using Facts = std::vector<std::pair<std::string_view, std::string>>;  // ids and words of ours, nothing else

Result<void> tell(const Desk& desk, ports::Transaction& tx, std::string_view action, const AccountId& account,
                  Facts facts, By by = By::account);
Result<void> tell_refusal(const Desk& desk, ports::Transaction& tx, std::string_view action,
                          const AccountId& account, Facts facts);
// What is about to be opened; the transaction is committed before anything of it leaves the gateway.
Result<void> tell_opening(const Desk& desk, ports::Transaction& tx, std::string_view action,
                          const ports::Link& link, std::string_view purpose, By by);

}  // namespace casebridge::desk
