// ListLinks: the caller's links, oldest first.
#pragma once

#include "core/desk/desk.hpp"
#include "core/desk/link_view.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct LinkList {
  std::vector<LinkView> links;
  std::int64_t account_version = 0;
};

Result<LinkList> list_links(const Desk&, const model::Caller&);

}  // namespace casebridge::desk
