// One consistent view of all links of an account.
#include "core/desk/list_links.hpp"

#include "core/desk/link_row.hpp"
#include "core/desk/project_anew.hpp"

namespace casebridge::desk {

Result<LinkList> list_links(const Desk& desk, const model::Caller& caller) {
  CASEBRIDGE_CHECK(project_anew(desk, caller.account));
  LinkList list;
  const Result<void> read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    list = {};
    CASEBRIDGE_TRY(const auto links, tx.links().list(caller.account));
    CASEBRIDGE_TRY(const auto states, tx.snapshots().states(caller.account));
    for (const ports::Link& link : links) {
      CASEBRIDGE_TRY(LinkView view, view_of(desk, tx, link, states));
      list.links.push_back(std::move(view));
    }
    CASEBRIDGE_TRY(list.account_version, tx.account_version(caller.account));
    return {};
  });
  if (!read) return read.error();
  return list;
}

}  // namespace casebridge::desk
