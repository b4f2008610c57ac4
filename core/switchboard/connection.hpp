// One TCP connection to an origin, plain or TLS. Own code and not a library's session class, because every
// single wait must end at the call's deadline or when its caller goes, however slowly the other side talks.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/deadline.hpp"
#include "core/base/result.hpp"
#include "core/switchboard/origin.hpp"
#include "core/switchboard/owned_descriptor.hpp"
#include "core/switchboard/tls_settings.hpp"

namespace casebridge::switchboard {

// How a wait ended. `closed`: the other side ended cleanly; `broken`: reset, TLS failure, cut without TLS's
// goodbye.
enum class Io { done, closed, broken, timed_out, cancelled };

// Until when to wait, and whose call it is.
struct Patience {
  Deadline::SteadyClock::time_point until;
  Deadline call;
};

class Connection {
 public:
  // TLS: at least 1.2, chain and name checked. Name lookup may take as long as the machine's resolver.
  // With a proxy: through its CONNECT (RFC 9110 §9.3.6), plain origins too.
  static std::variant<std::unique_ptr<Connection>, Io> open(const Origin& origin, const TlsSettings& tls,
                                                            const Patience& patience,
                                                            const std::optional<Origin>& proxy = {});
  Io write(std::string_view octets, const Patience& patience);
  // At least one octet when done; `size` says how many.
  Io read(std::span<char> into, std::size_t& size, const Patience& patience);
  // Whether the other side ended TLS with an alert before it took anything: a refused client certificate,
  // which TLS 1.3 tells only after the handshake (RFC 8446 §4.4.2.4).
  bool refused_by_alert() const { return refused_by_alert_; }
  // Whether an unused connection has been closed, or spoken to, in the meantime.
  bool stale() const;

 private:
  explicit Connection(OwnedDescriptor socket) : socket_(std::move(socket)) {}
  Io ask_proxy(const Origin& origin, const Patience& patience);
  Io shake_hands(const Origin& origin, const TlsSettings& tls, const Patience& patience);
  Io send_raw(std::string_view octets, const Patience& patience);
  Io receive_raw(std::span<char> into, std::size_t& size, const Patience& patience);
  Io flush_tls(const Patience& patience);
  Io feed_tls(const Patience& patience);

  OwnedDescriptor socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
  bool has_read_ = false;
  bool refused_by_alert_ = false;
};

}  // namespace casebridge::switchboard
