// TlsSettings: whom we trust and, where a state wants it, who we are; made once per system.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "core/base/result.hpp"

namespace casebridge::switchboard {

// PEM files of a client certificate (with its chain) and its key; both empty where a state wants none.
struct ClientIdentity {
  std::string certificate_file;
  std::string key_file;  // mode 0400
  bool given() const { return !certificate_file.empty() || !key_file.empty(); }
};

class TlsSettings {
 public:
  // `ca_file` empty: the machine's own trust store. Trouble internal says which file is of no use.
  static Result<TlsSettings> make(const std::string& ca_file, const ClientIdentity& identity = {});
  SSL_CTX* context() const { return context_.get(); }
  // RFC 8705 §3.1: base64url SHA-256 of our certificate; empty without one.
  const std::string& thumbprint() const { return thumbprint_; }

 private:
  Result<void> take_identity(const ClientIdentity& identity);
  std::shared_ptr<SSL_CTX> context_;
  std::string thumbprint_;
};

}  // namespace casebridge::switchboard
