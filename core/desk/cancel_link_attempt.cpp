// Ends an attempt by its owner's will; the raised version tells a sign-in under way that it is not wanted any
// more.
#include "core/desk/cancel_link_attempt.hpp"

#include "core/desk/attempt_row.hpp"

namespace casebridge::desk {

Result<AttemptView> cancel_link_attempt(const Desk& desk, const model::Caller& caller,
                                        const LinkAttemptId& id) {
  std::optional<AttemptView> view;
  const Result<void> written = desk.store.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(ports::LinkAttempt row, load_attempt(desk, tx, caller.account, id));
    if (!has_ended(row)) {
      row.version += 1;
      row.seq += 1;
      end_attempt(row, "cancelled");
      clear_trouble(row);
      CASEBRIDGE_CHECK(tx.attempts().update(row));
    }
    view = view_of(desk, row);
    return {};
  });
  if (!written) return written.error();
  return std::move(*view);
}

}  // namespace casebridge::desk
