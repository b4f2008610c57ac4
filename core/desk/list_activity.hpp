// ListActivity: what happened to the caller's account and who read what of it, newest first, page by page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/desk/desk.hpp"
#include "core/model/caller.hpp"

namespace casebridge::desk {

struct ActivityView {
  std::string id;  // aud_...
  std::int64_t seq = 0;
  Instant at{};
  std::string action;   // a word of ports::audit_actions
  std::string outcome;  // ok, refused
  std::string actor;    // you, gateway, operator, somebody
  // References; empty where there are none.
  std::string system;
  std::string link;
  std::string session;
  std::string case_id;
  std::string reason;
  // Empty where they were not known, or are not kept any more.
  std::string address;
  std::string device;
};

struct ListActivity {
  std::int64_t before_seq = 0;  // 0: from the newest
  int limit = 100;
};
struct ActivityPage {
  std::vector<ActivityView> events;
  bool more = false;
};

// Whatever was committed before is in it.
Result<ActivityPage> list_activity(const Desk&, const model::Caller&, const ListActivity&);

}  // namespace casebridge::desk
