// KeyServerClient: asks a key server over HTTPS, within a deadline, and leaves it alone when it fails often.
#pragma once

#include <memory>
#include <string>

#include "core/ports/key_server.hpp"
#include "core/switchboard/breaker.hpp"
#include "core/switchboard/http_client.hpp"

namespace casebridge::switchboard {

// Any thread; each call has a connection of its own while it lasts.
class KeyServerClient final : public ports::KeyServer {
 public:
  // invalid_field says which of the settings is of no use.
  static Result<std::unique_ptr<ports::KeyServer>> open(const ports::KeyServerSettings& settings);
  Result<ports::KeyServerAnswer> ask(std::string_view method, std::string_view target,
                                     const SecretBytes& body) override;

 private:
  KeyServerClient(std::unique_ptr<HttpClient> client, bool shows_bearer, std::chrono::milliseconds timeout)
      : client_(std::move(client)), shows_bearer_(shows_bearer), timeout_(timeout) {}

  const std::unique_ptr<HttpClient> client_;
  const bool shows_bearer_;
  const std::chrono::milliseconds timeout_;
  CircuitBreaker breaker_{BreakerRules{}};
};

}  // namespace casebridge::switchboard
