// IdentifyCaller: from the token of a request to the account behind it, or to the reason why there is none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/identity/sessions.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

struct Identified {
  model::Caller caller;
  std::string transport;   // cookie, bearer
  SecretBytes csrf_token;  // belongs to this session and is the same for all its life; empty for bearer
  Instant idle_end{};      // when the session ends if nothing more is asked
  Instant absolute_end{};
  std::int64_t account_version = 0;  // read together with the session
  bool is_operator = false;          // the account's role, also read together with it
};

class IdentifyCaller {
 public:
  // Both stay where the request's head is: nothing of them is kept, and only a digest goes further.
  struct Request {
    std::string_view token;
    std::string_view transport;  // how it came in; a token is good for its own transport only
    bool unattended = false;     // asked by a page itself: does not keep the session alive
  };

  IdentifyCaller(ports::Store& store, const Clock& clock, identity::SessionSettings settings)
      : store_(store), clock_(clock), settings_(settings) {}
  // Any thread. Troubles: token_missing (empty), token_invalid, token_expired, dependency_failed.
  // Moves the idle end at most once a minute, so that a read is rarely a write.
  Result<Identified> run(const Request& request) const;
  // What a state-changing request of a cookie session must pass; constant time. Always true for bearer.
  static bool csrf_matches(const Identified& identified, std::string_view presented) noexcept;

 private:
  ports::Store& store_;
  const Clock& clock_;
  identity::SessionSettings settings_;
};

}  // namespace casebridge::desk
