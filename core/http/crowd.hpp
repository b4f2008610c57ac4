// Crowd: who takes how much of the front: connections of one address, requests half read, octets kept
// waiting.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace casebridge::http {

struct CrowdLimits {
  int address_connections_max = 0;  // 0: as many as there are
  // Requests whose beginning arrived and whose end did not: a slow network, or somebody's intent.
  int half_read_max = 1'024;
  int address_half_read_max = 0;  // 0: as many as there are
  // Half-read requests and answers that nobody fetches, all together.
  std::size_t waiting_bytes_max = 64 * 1024 * 1024;
};

// Any thread; outlives its members.
class Crowd {
 public:
  explicit Crowd(CrowdLimits limits) : limits_(limits) {}

  enum class Room { yes, none_for_address, none };

  // One connection's share, given back at its end. One thread at a time.
  class Member {
   public:
    explicit Member(Crowd& crowd) : crowd_(crowd) {}
    ~Member();
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;

    // Once, when it is known who asks. An address that is not counted (of a proxy) is empty.
    Room enter(const std::string& address);
    // While a request is half read. Harmless twice.
    Room begin_half();
    void end_half();
    // So many octets of it are waiting now; false: there is no room for them.
    bool hold(std::size_t octets);

   private:
    Crowd& crowd_;
    std::string address_;
    bool half_ = false;
    std::size_t held_ = 0;
  };

  int half_read() const;
  std::size_t waiting_bytes() const;

 private:
  struct Count {
    int connections = 0;
    int half_read = 0;
  };
  const CrowdLimits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Count> by_address_;  // only addresses with a connection
  int half_read_ = 0;
  std::size_t waiting_bytes_ = 0;
};

}  // namespace casebridge::http
