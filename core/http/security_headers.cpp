// Answers of the API are data: no script, no frame, no sniffing, no referrer, and no copy in a shared cache.
#include "core/http/security_headers.hpp"

namespace casebridge::http {
namespace {

constexpr const char* policy_of_data =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
// The page's own files and this gateway's API; nothing inline, nothing from elsewhere.
constexpr const char* policy_of_pages =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

}  // namespace

void add_security_headers(Response& response, Caching caching, bool tls) {
  const bool page = caching == Caching::page || caching == Caching::immutable;
  if (tls) response.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
  response.set("Content-Security-Policy", page ? policy_of_pages : policy_of_data);
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
    case Caching::page:
      response.set("Cache-Control", "public, no-cache");
      response.set("Vary", "Accept, Accept-Encoding");
      response.set("Cross-Origin-Opener-Policy", "same-origin");
      break;
    case Caching::immutable:
      response.set("Cache-Control", "public, max-age=31536000, immutable");
      response.set("Vary", "Accept-Encoding");
      break;
  }
}

}  // namespace casebridge::http
