// ListSessions: where the caller is signed in, newest first.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/identity/sessions.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

struct SessionView {
  SessionId id;
  bool current = false;
  std::string transport;
  std::string device;
  std::string address;  // coarse: IPv4 /24, IPv6 /48
  Instant created_at{};
  Instant last_seen_at{};
  Instant idle_end{};
  Instant absolute_end{};
};

class ListSessions {
 public:
  ListSessions(ports::Store& store, const Clock& clock, identity::SessionSettings settings)
      : store_(store), clock_(clock), settings_(settings) {}
  // Any thread. Sessions that have ended are left out.
  Result<std::vector<SessionView>> run(const model::Caller& caller) const;

 private:
  ports::Store& store_;
  const Clock& clock_;
  identity::SessionSettings settings_;
};

}  // namespace casebridge::desk
