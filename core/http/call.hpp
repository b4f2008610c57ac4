// Call: all an action knows about one request that has passed the gate.
#pragma once

#include <string>
#include <string_view>

#include "core/http/directory.hpp"
#include "core/http/kept_answers.hpp"
#include "core/http/metrics.hpp"
#include "core/http/paging.hpp"
#include "core/http/problem.hpp"
#include "core/http/query.hpp"
#include "core/http/request.hpp"
#include "core/http/route.hpp"
#include "core/http/router.hpp"
#include "core/http/stream_places.hpp"
#include "core/http/use_cases.hpp"

namespace casebridge::http {

struct Call {
  const Request& request;
  const PathArguments& path;
  const Query& query;
  const UseCases& use;
  const Paging& paging;
  const Metrics& metrics;
  KeptAnswers& kept_cases;  // of GET /v1/cases
  StreamPlaces& streams;
  const Directory& directory;
  ProblemContext context;          // language, time, request id
  std::string_view public_origin;  // as it is configured, never as a request says
  const desk::Identified* who;     // null when there is no session; never null where the row needs one

  const model::Caller& caller() const { return who->caller; }
  std::optional<model::Caller> caller_if_any() const {
    return who ? std::optional<model::Caller>(who->caller) : std::nullopt;
  }
  model::Origin origin() const;
  // The id in the place of the template's name; not_found when it cannot be one.
  template <class Identifier>
  Result<Identifier> id(std::string_view name) const {
    auto parsed = Identifier::parse(path.at(name));
    if (!parsed) return trouble(TroubleCode::not_found);
    return std::move(*parsed);
  }
};

}  // namespace casebridge::http
