// Certificates: what a listener shows, and how it speaks TLS; may be read anew while connections live.
#pragma once

#include <Poco/Net/Context.h>

#include <mutex>
#include <string>

#include "core/base/result.hpp"

namespace casebridge::http {

struct TlsFiles {
  std::string certificate;      // PEM: the server's certificate, then those between it and the root
  std::string key;              // PEM, not encrypted
  std::string ocsp_response{};  // DER, as the authority signed it; empty: none is shown
};

// Any thread.
class Certificates {
 public:
  explicit Certificates(TlsFiles files) : files_(std::move(files)) {}
  // Reads the files. dependency_failed when one cannot be used or they do not belong together: then what was
  // read before stays in use.
  Result<void> load();
  // For the next connection. Null before the first load.
  Poco::Net::Context::Ptr current() const;

 private:
  const TlsFiles files_;
  mutable std::mutex mutex_;
  Poco::Net::Context::Ptr current_;
};

}  // namespace casebridge::http
