// PostgresServer: a PostgreSQL of a test's own, in a folder of its own, on a Unix socket only.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

namespace casebridge::testing {

// One thread. The server ends with this object, and also when the process dies. Runs as user `postgres` when
// the test runs as root, since PostgreSQL refuses to run as root. Its databases sort by the rules of English,
// so that a statement that should sort by octets cannot pass by luck.
class PostgresServer {
 public:
  // Null when there are no PostgreSQL programs on this machine. Throws std::runtime_error when they do not
  // work.
  static std::unique_ptr<PostgresServer> start();
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Makes an empty database and answers its address.
  std::string new_database();
  // Runs a statement in the server's own database and answers the first column of the first row, if any.
  std::string run(const std::string& sql) const;

 private:
  explicit PostgresServer(std::filesystem::path programs);
  void make_cluster();
  void launch();
  std::string address(const std::string& database) const;

  std::filesystem::path programs_;
  std::filesystem::path folder_;
  pid_t pid_ = -1;
  int databases_ = 0;
};

}  // namespace casebridge::testing
