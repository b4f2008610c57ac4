// KeyServer: a way to ask a server that holds keys, and to be told in time that it does not answer.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace casebridge::ports {

// Which server, and what it is shown. One of the two proofs is given: a token, or a certificate with its key.
struct KeyServerSettings {
  std::string origin;   // https://kms.example:8443; plain http on this machine only
  std::string ca_file;  // empty: the machine's trust store
  std::string certificate_file;
  std::string key_file;    // mode 0400
  std::string token_file;  // mode 0400; its first line
  std::chrono::milliseconds timeout{2000};
};

struct KeyServerAnswer {
  int status = 0;
  SecretBytes body{};
};

class KeyServer {
 public:
  virtual ~KeyServer() = default;
  // Any thread. dependency_failed when there was no whole answer in time, or when too many came too late
  // before and it is not asked for a while.
  virtual Result<KeyServerAnswer> ask(std::string_view method, std::string_view target,
                                      const SecretBytes& body) = 0;
};

}  // namespace casebridge::ports
