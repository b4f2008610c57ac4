// KeyServerProcess: tests/support/key_server.py as a process of its own, ended by its id.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace casebridge::vault::testing {

class KeyServerProcess {
 public:
  explicit KeyServerProcess(std::vector<std::string> arguments);
  ~KeyServerProcess();
  KeyServerProcess(const KeyServerProcess&) = delete;
  KeyServerProcess& operator=(const KeyServerProcess&) = delete;
  std::string origin(const std::string& scheme) const;
  void stop();

 private:
  pid_t pid_ = -1;
  int port_ = 0;
};

}  // namespace casebridge::vault::testing
