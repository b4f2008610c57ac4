// ListLedger: payments and disbursements of one case or of all, newest first, page by page. Money that two
// states know of comes once in the list of all, and as that state tells it in the list of one case.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/record_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

// The place after which a page begins. Opaque to clients.
struct LedgerPlace {
  std::string sort_key;
  std::string record_id;
};
struct ListLedger {
  std::optional<std::string> case_id{};  // cas_...; empty: all cases
  std::optional<LedgerPlace> after{};
  int limit = 100;  // 1 to 500
};
struct LedgerPage {
  std::vector<RecordView> entries;
  std::optional<LedgerPlace> next{};
  Coverage coverage;  // `records` counts what is on this page
};

// not_found (case), invalid_field(limit).
Result<LedgerPage> list_ledger(const Desk&, const model::Caller&, const ListLedger&);

}  // namespace casebridge::desk
