// ListeningSocket: an address of this machine, or a unix-domain socket, that connections arrive at.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.hpp"

namespace casebridge::http {

class ListeningSocket {
 public:
  // `address`: an IP address in figures, or the path of a socket file, which is made for owner and group and
  // must not be served by somebody else. dependency_failed: in use, or not of this machine.
  static Result<ListeningSocket> open(const std::string& address, std::uint16_t port);
  ~ListeningSocket();  // takes the socket file away
  ListeningSocket(ListeningSocket&& other) noexcept;
  ListeningSocket& operator=(ListeningSocket&&) = delete;

  int descriptor() const { return descriptor_; }
  std::uint16_t port() const;  // 0: it has a file

 private:
  ListeningSocket(int descriptor, std::string file) : descriptor_(descriptor), file_(std::move(file)) {}

  int descriptor_;
  std::string file_;  // empty: none
};

}  // namespace casebridge::http
