// ApiClient: one connection to a gateway's public API. TLS is checked against a given CA; plain HTTP only on
// loopback.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::cli {

struct ServerAddress {
  std::string scheme;  // https or http
  std::string host;
  std::uint16_t port = 0;
  // "https://localhost:8443"; plain http is accepted for 127.0.0.1, [::1] and localhost only.
  static Result<ServerAddress> parse(std::string_view url);
};

struct ApiAnswer {
  int status = 0;
  std::string request_id;
  std::string body;
};

// One thread at a time. A server that cannot be reached is `dependency_failed`.
class ApiClient {
 public:
  // ca: PEM file with the certificate authority; the system's own store is used when it is empty.
  ApiClient(ServerAddress address, std::filesystem::path ca);
  ~ApiClient();
  void use_token(SecretBytes token);
  Result<ApiAnswer> get(const std::string& target);
  // Carries a fresh Idempotency-Key. The body may hold secrets and is wiped after it was sent.
  Result<ApiAnswer> post(const std::string& target, SecretBytes body);
  Result<ApiAnswer> remove(const std::string& target);

 private:
  struct Connection;
  Result<ApiAnswer> call(const std::string& method, const std::string& target, const SecretBytes* body);
  std::unique_ptr<Connection> connection_;
  SecretBytes token_;
};

}  // namespace casebridge::cli
