// IdempotentAnswers: an action with an Idempotency-Key runs once; a repeat gets the first answer again.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/http/request.hpp"
#include "core/http/response.hpp"
#include "core/ports/store.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::http {

// Any thread. Only for rows whose answers hold no secret: what is kept is kept as it was sent.
class IdempotentAnswers {
 public:
  IdempotentAnswers(ports::Store& store, const ports::Vault& vault, const Clock& clock)
      : store_(store), vault_(vault), clock_(clock) {}
  // Troubles: idempotency_key_missing (none, or not 8 to 128 visible characters), idempotency_in_progress,
  // idempotency_key_reused, dependency_failed. Answers that say "try again" (429, 5xx) are not kept.
  Result<Response> run(const Request& request, std::string_view account,
                       const std::function<Response()>& action);

 private:
  Result<std::optional<ports::StoredAnswer>> reserve(const std::string& account, const std::string& key,
                                                     const std::string& fingerprint);
  Result<void> keep(const std::string& account, const std::string& key, const Response& response);

  ports::Store& store_;
  const ports::Vault& vault_;
  const Clock& clock_;
};

}  // namespace casebridge::http
