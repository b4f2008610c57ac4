// ProxyHeader: version 2 of the PROXY protocol, which a proxy says before anything a client said.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace casebridge::http {

// Pure; octets in, an address out.
class ProxyHeader {
 public:
  enum class State { more, done, refused };

  // So many octets belong to the header for sure; nothing behind it may be taken from the socket.
  std::size_t wanted() const;
  State take(std::string_view octets);
  // Once done: whom the proxy speaks for. Empty when it speaks for itself (a check of its own) or does not
  // know.
  const std::string& source() const { return source_; }

 private:
  State read_start();
  State read_addresses();

  std::string octets_;
  std::size_t size_ = 0;  // of the whole header, once its start is known
  std::string source_;
};

}  // namespace casebridge::http
