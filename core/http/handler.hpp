// Handler: what a connection gives checked requests to. The dispatcher is one; tests have others.
#pragma once

#include <string_view>

#include "core/base/trouble.hpp"
#include "core/http/request.hpp"
#include "core/http/response.hpp"
#include "core/http/turn_class.hpp"

namespace casebridge::http {

class Handler {
 public:
  virtual ~Handler() = default;
  // Any thread. Answers every request; lets no exception out.
  virtual Response handle(const Request& request) noexcept = 0;
  // Any thread. How urgent it is when there are more than can be answered.
  virtual TurnClass turn_class(const Request&) noexcept { return TurnClass::read; }
  // The answer to octets that never became a request, or to a request that has no turn. `label` counts it
  // (see HeadFaultRow::name).
  virtual Response refuse(const Trouble& trouble, std::string_view label,
                          std::string_view request_id) noexcept = 0;
};

}  // namespace casebridge::http
