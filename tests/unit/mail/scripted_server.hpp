// A mail server that says what a test tells it to say, and remembers what it heard.
#pragma once

#include <Poco/Net/ServerSocket.h>

#include <string>
#include <thread>
#include <vector>

namespace casebridge::mail::testing {

// Serves one connection. Speaks the first reply at once and one more after each command; what is sent after a
// reply that begins with 354 is one command, up to the lone dot. Closes when it has nothing left to say.
class ScriptedServer {
 public:
  explicit ScriptedServer(std::vector<std::string> replies);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  int port() const { return port_; }
  // Waits for the end of the conversation.
  const std::vector<std::string>& heard();

 private:
  void serve();
  std::vector<std::string> replies_;
  std::vector<std::string> heard_;
  Poco::Net::ServerSocket socket_;
  int port_;
  std::thread thread_;
};

}  // namespace casebridge::mail::testing
