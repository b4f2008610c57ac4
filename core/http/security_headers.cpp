// Answers are data: no script, no frame, no sniffing, no referrer, and no copy in a shared cache.
#include "core/http/security_headers.hpp"

namespace casebridge::http {

void add_security_headers(Response& response, Caching caching, bool tls) {
  if (tls) response.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  response.set("Content-Security-Policy",
               "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "DENY");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  const bool good = response.status() < 400;
  switch (good ? caching : Caching::no_store) {
    case Caching::no_store: response.set("Cache-Control", "no-store"); break;
    case Caching::revalidate:
      response.set("Cache-Control", "private, no-cache");
      response.set("Vary", "Authorization, Cookie, Accept-Language");
      break;
    case Caching::shared:
      response.set("Cache-Control", "public, max-age=300");
      response.set("Vary", "Accept-Language");
      break;
  }
}

}  // namespace casebridge::http
