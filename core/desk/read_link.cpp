// Reads one live link of the caller.
#include "core/desk/read_link.hpp"

#include "core/desk/link_row.hpp"
#include "core/desk/project_anew.hpp"

namespace casebridge::desk {

Result<LinkView> read_link(const Desk& desk, const model::Caller& caller, const LinkId& id) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  std::optional<LinkView> view;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto link, tx.links().find(caller.account, id));
    if (!link || is_gone(*link)) return trouble(TroubleCode::not_found, "link");
    CASEBRIDGE_TRY(const auto states, tx.snapshots().states(caller.account));
    CASEBRIDGE_TRY(view, view_of(desk, tx, *link, states));
    return {};
  });
  if (!read) return read.error();
  return std::move(*view);
}

}  // namespace casebridge::desk
