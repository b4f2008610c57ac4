// Line input with the terminal's echo switched off for secrets.
#include "core/cli/prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <cstdio>

namespace casebridge::cli {

namespace {

// Switches echo off for its life; does nothing when standard input is no terminal.
class SilentTerminal {
 public:
  explicit SilentTerminal(bool wanted)
      : active_(wanted && ::isatty(STDIN_FILENO) && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!active_) return;
    termios quiet = before_;
    quiet.c_lflag &= static_cast<tcflag_t>(~ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~SilentTerminal() {
    if (!active_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::fputc('\n', stderr);
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

 private:
  termios before_{};
  bool active_;
};

}  // namespace

std::optional<SecretBytes> ask(const std::string& question, bool secret) {
  std::fprintf(stderr, "%s: ", question.c_str());
  std::fflush(stderr);
  SilentTerminal silent(secret);
  // Octet by octet, so that nothing of a secret stays in a stream's buffer.
  std::string line;
  line.reserve(1024);
  char octet = 0;
  ssize_t got = 0;
  while ((got = ::read(STDIN_FILENO, &octet, 1)) == 1 && octet != '\n' && line.size() < 1024)
    line.push_back(octet);
  if (got <= 0 && line.empty()) return std::nullopt;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return SecretBytes::take(line);
}

}  // namespace casebridge::cli
