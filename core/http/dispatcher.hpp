// Dispatcher: from a checked request to its answer: row, gate, body rules, action, then what every answer
// carries.
#pragma once

#include <span>
#include <string>

#include "core/base/log.hpp"
#include "core/http/call.hpp"
#include "core/http/directory.hpp"
#include "core/http/gate.hpp"
#include "core/http/handler.hpp"
#include "core/http/idempotency.hpp"
#include "core/http/page_files.hpp"

namespace casebridge::http {

// Everything the front stands on; outlives it.
struct DispatcherParts {
  UseCases use;
  const Messages& messages;
  const Clock& clock;
  const Log& log;
  GateSetting gate{};
  const PageFiles* pages = nullptr;  // null: the API alone
  StreamSetting streams{};
  std::string public_origin{};
};

// Any thread. Nothing an action throws gets past it.
class Dispatcher final : public Handler {
 public:
  explicit Dispatcher(DispatcherParts parts, std::span<const Route> table = routes());

  Response handle(const Request& request) noexcept override;
  TurnClass turn_class(const Request& request) noexcept override;
  Response refuse(const Trouble& trouble, std::string_view label,
                  std::string_view request_id) noexcept override;
  Metrics& metrics() { return metrics_; }

 private:
  Response answer(const Request& request, const Route*& route);
  Result<Response> serve(const Request& request, const Route& route, const PathArguments& arguments);
  Response act(const Call& call, const Route& route);
  ProblemContext context_of(const Request& request, const Route* route, const desk::Identified* who) const;
  std::string_view language_of(const Request& request, const desk::Identified* who) const;

  DispatcherParts parts_;
  std::span<const Route> table_;
  Gate gate_;
  IdempotentAnswers idempotent_;
  Paging paging_;
  Metrics metrics_;
  KeptAnswers kept_cases_;
  StreamPlaces streams_;
  Directory directory_;
};

}  // namespace casebridge::http
