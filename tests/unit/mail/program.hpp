// A program that a test talks to: its standard output is read line by line, and it is ended with the test.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern char** environ;

namespace casebridge::mail::testing {

// A child process whose standard output is read line by line; ended by SIGTERM.
class Program {
 public:
  explicit Program(std::vector<std::string> words) {
    std::array<int, 2> pipe_ends{};
    EXPECT_EQ(::pipe(pipe_ends.data()), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 1);
    posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&pid_, words[0].c_str(), &actions, nullptr, arguments.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    output_ = ::fdopen(pipe_ends[0], "r");
  }
  ~Program() {
    ::kill(pid_, SIGTERM);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    std::fclose(output_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  std::string line() {
    std::array<char, 4096> text{};
    return std::fgets(text.data(), text.size(), output_) == nullptr ? "" : std::string(text.data());
  }
  std::string rest_until(const std::string& end) {
    std::string all;
    for (std::string next = line(); !next.empty() && next.find(end) == std::string::npos; next = line())
      all += next;
    return all;
  }

 private:
  pid_t pid_ = 0;
  std::FILE* output_ = nullptr;
};

inline int number_after(const std::string& text, const std::string& name) {
  const std::size_t at = text.find(name);
  return at == std::string::npos ? 0 : std::atoi(text.c_str() + at + name.size());
}

}  // namespace casebridge::mail::testing
