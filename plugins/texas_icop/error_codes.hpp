// ICOP-nnnn: what each error code of the state means to the gateway.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"
#include "core/model/adapter_messages.hpp"
#include "core/model/json_document.hpp"

namespace casebridge::texas_icop {

// The `error` object of an answer; only what has the right form is taken.
struct UpstreamError {
  std::string code;
  std::optional<int> attempts_left{};
  std::optional<Instant> locked_until{};
  std::optional<std::int64_t> retry_after_seconds{};
  std::string field{};  // a name in the request, never a value
};

// nullopt when there is no object with a code in it. The message is the state's text and is not taken.
std::optional<UpstreamError> read_error(const std::optional<model::JsonNode>& error);

// `retry_at` is the end of the answer's Retry-After; `now` the state's clock. A code that the table does not
// have means what its HTTP status means.
model::Refusal refusal_of(const UpstreamError& error, int http_status, std::optional<Instant> retry_at,
                          Instant now);

}  // namespace casebridge::texas_icop
