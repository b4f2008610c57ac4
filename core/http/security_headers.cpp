// Answers of the API are data: no script, no frame, no sniffing, no referrer, and no copy in a shared cache.
#include "core/http/security_headers.hpp"

#include <array>
#include <string>

namespace casebridge::http {
namespace {

constexpr const char* policy_of_data =
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
// The page's own files and this gateway's API; nothing inline, nothing from elsewhere.
constexpr const char* policy_of_pages =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

constexpr const char* transport_security = "Strict-Transport-Security";
constexpr const char* transport_security_value = "max-age=63072000; includeSubDomains";

constexpr std::size_t kinds = 5;  // of caching

void append(std::string& lines, std::string_view name, std::string_view value) {
  lines.append(name).append(": ").append(value).append("\r\n");
}

void append_caching(std::string& lines, Caching caching) {
  switch (caching) {
    case Caching::no_store: append(lines, "Cache-Control", "no-store"); break;
    case Caching::revalidate:
      append(lines, "Cache-Control", "no-store");  // a client that keeps it itself may ask by its ETag
      append(lines, "Vary", "Authorization, Cookie, Accept-Language");
      break;
    case Caching::shared:
      append(lines, "Cache-Control", "public, max-age=300");
      append(lines, "Vary", "Accept-Language");
      break;
    case Caching::page:
      append(lines, "Cache-Control", "public, no-cache");
      append(lines, "Vary", "Accept, Accept-Encoding");
      append(lines, "Cross-Origin-Opener-Policy", "same-origin");
      break;
    case Caching::immutable:
      append(lines, "Cache-Control", "public, max-age=31536000, immutable");
      append(lines, "Vary", "Accept-Encoding");
      break;
  }
}

std::string lines_of(Caching kind, Caching caching, bool tls) {
  const bool page = kind == Caching::page || kind == Caching::immutable;
  std::string lines;
  if (tls) append(lines, transport_security, transport_security_value);
  append(lines, "Content-Security-Policy", page ? policy_of_pages : policy_of_data);
  append(lines, "X-Content-Type-Options", "nosniff");
  append(lines, "X-Frame-Options", "DENY");
  append(lines, "Referrer-Policy", "no-referrer");
  append(lines, "Cross-Origin-Resource-Policy", "same-origin");
  append_caching(lines, caching);
  return lines;
}

// For each kind of caching: plain and over TLS, of answers that may be kept and of those that went wrong.
using AllLines = std::array<std::array<std::array<std::string, 2>, 2>, kinds>;
AllLines make_all_lines() {
  AllLines all;
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    for (const std::size_t tls : {0U, 1U}) {
      const auto caching = static_cast<Caching>(kind);
      all[kind][tls] = {lines_of(caching, Caching::no_store, tls != 0), lines_of(caching, caching, tls != 0)};
    }
  }
  return all;
}

}  // namespace

void add_security_headers(Response& response, Caching caching, bool tls) {
  static const AllLines all = make_all_lines();
  response.set_lines(all[static_cast<std::size_t>(caching)][tls ? 1 : 0][response.status() < 400 ? 1 : 0]);
}

void add_transport_security(Response& response) {
  response.set(transport_security, transport_security_value);
}

}  // namespace casebridge::http
