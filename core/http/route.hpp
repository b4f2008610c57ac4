// Route: one row of the table that says everything about an operation of the API. schemas/openapi.yaml says
// the same.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/http/request.hpp"
#include "core/http/response.hpp"
#include "core/model/caller.hpp"

namespace casebridge::http {

struct Call;
using Action = Result<Response> (*)(const Call& call);

enum class CallerKind {
  anyone,    // a session that comes along is used, a bad one is ignored
  account,   // a live session is needed
  loopback,  // whoever asks from this machine
};
enum class Idempotency {
  none,
  key,  // Idempotency-Key is required; the first answer is given again
  seq,  // the sequence number in the body does it
};
enum class RateClass { read, write, flow, secret };
enum class Caching {
  no_store,    // holds something that was meant for this answer alone
  revalidate,  // stored by nobody on the way; a strong ETag for clients that keep it themselves
  shared,      // says nothing about anybody: public, five minutes, strong ETag
  page,        // a file of the page: public, strong ETag, asked again every time
  immutable,   // a file whose name changes with its content: kept for a year
};

struct Route {
  Method method;
  std::string_view path;       // template: /v1/links/{link_id}
  std::string_view operation;  // operationId
  CallerKind caller;
  model::Assurance assurance;
  bool step_up;                      // only with a fresh confirmation of identity
  std::string_view scope;            // of a grant that would be needed; sessions of the account have all
  std::string_view request_schema;   // in components/schemas; empty: no body
  std::string_view response_schema;  // of the answer that is a success; empty: none, or not JSON
  Idempotency idempotency;
  RateClass rate;
  Caching caching;
  Action action;
  bool unattended = false;  // a page asks this by itself: it does not count as use of the session
  std::string_view told{};  // what the audit log calls it; empty: it shows nothing of a case
};

// The one table. Order has no meaning.
std::span<const Route> routes();

// Of an answer that is a success; empty where there is none, or no JSON.
std::string_view answer_media_type(const Route& route);
std::string_view name_of(CallerKind caller);
std::string_view name_of(Idempotency idempotency);
std::string_view name_of(RateClass rate);
// Something of a case, or of a link to a state.
bool shows_cases(const Route& route);
// Only for sessions of operators, always with two factors.
bool is_for_operators(const Route& route);

}  // namespace casebridge::http
