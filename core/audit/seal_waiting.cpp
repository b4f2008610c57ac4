// One gateway at a time, many records in a transaction.
#include "core/audit/seal_waiting.hpp"

#include <map>
#include <optional>
#include <string>

#include "core/audit/chain.hpp"

namespace casebridge::audit {
namespace {

constexpr int at_once_max = 500;

Result<int> seal_some(ports::AuditStore& store) {
  CASEBRIDGE_TRY(const bool ours, store.claim());
  if (!ours) return 0;
  CASEBRIDGE_TRY(auto waiting, store.waiting(at_once_max));
  std::map<std::string, std::optional<ports::AuditHead>> heads;
  for (ports::WaitingAudit& one : waiting) {
    const std::string stream = one.record.stream;
    auto head = heads.find(stream);
    if (head == heads.end()) {
      CASEBRIDGE_TRY(auto found, store.head(stream));
      head = heads.emplace(stream, std::move(found)).first;
    }
    const ports::AuditEntry entry = link(head->second, std::move(one.record));
    CASEBRIDGE_CHECK(store.append(one.number, entry));
    head->second = ports::AuditHead{entry.seq, entry.hash};
  }
  return static_cast<int>(waiting.size());
}

}  // namespace

Result<int> seal_waiting(ports::Store& store) {
  int sealed = 0;
  for (int now = at_once_max; now == at_once_max;) {
    bool any = false;
    CASEBRIDGE_CHECK(store.glance([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(any, tx.audit().any_waiting());
      return {};
    }));
    if (!any) break;
    CASEBRIDGE_CHECK(store.write([&](ports::Transaction& tx) -> Result<void> {
      CASEBRIDGE_TRY(now, seal_some(tx.audit()));
      return {};
    }));
    sealed += now;
  }
  return sealed;
}

}  // namespace casebridge::audit
