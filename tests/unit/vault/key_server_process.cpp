// Starts the server and reads the port from its first line.
#include "tests/unit/vault/key_server_process.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/support/places.hpp"

namespace casebridge::vault::testing {

KeyServerProcess::KeyServerProcess(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), tests::in_source("tests/support/key_server.py"));
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  int ends[2];
  if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
  pid_ = ::fork();
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execv(words[0], words.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string line;
  for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) line += c;
  ::close(ends[0]);
  const std::size_t at = line.find("\"port\": ");
  if (at == std::string::npos) throw std::runtime_error("the key server did not start");
  port_ = std::stoi(line.substr(at + 8));
}

KeyServerProcess::~KeyServerProcess() { stop(); }

void KeyServerProcess::stop() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::string KeyServerProcess::origin(const std::string& scheme) const {
  return scheme + "://127.0.0.1:" + std::to_string(port_);
}

}  // namespace casebridge::vault::testing
