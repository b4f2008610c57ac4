// Peer: the other end of an accepted socket, as the kernel names it.
#pragma once

#include <string>

namespace casebridge::http {

struct Peer {
  std::string address;  // textual; AddressSet::unix_socket for one that has none
  bool loopback = false;
};

// Throws std::runtime_error when the other end is gone already.
Peer peer_of(int descriptor);

}  // namespace casebridge::http
