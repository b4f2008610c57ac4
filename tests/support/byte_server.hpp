// A TCP server on loopback that answers each HTTP request with octets of the test's choosing, right or wrong.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace casebridge::testing {

struct Reply {
  std::string octets;
  bool close = false;                           // after the octets
  bool reset = false;                           // TCP reset instead of an orderly end
  std::chrono::milliseconds before{0};          // wait this long first
  std::chrono::milliseconds between_octets{0};  // drip
};

// A whole answer with a length, of JSON.
std::string http_answer(int status, const std::string& body);

class ByteServer {
 public:
  using Handler = std::function<Reply(const std::string& request)>;  // head and body of one request
  explicit ByteServer(Handler handler);
  ~ByteServer();
  ByteServer(const ByteServer&) = delete;
  ByteServer& operator=(const ByteServer&) = delete;

  int port() const { return port_; }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }
  std::vector<std::string> requests() const;
  void stop();

 private:
  void accept_all();
  void serve(int socket);

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace casebridge::testing
