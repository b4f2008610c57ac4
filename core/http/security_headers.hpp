// The header fields that every answer carries, so that a browser does nothing with it that was not meant.
#pragma once

#include "core/http/response.hpp"
#include "core/http/route.hpp"

namespace casebridge::http {

void add_security_headers(Response& response, Caching caching, bool tls);
// To what was made without knowing of TLS.
void add_transport_security(Response& response);

}  // namespace casebridge::http
