// Starts and stops a PostgreSQL server for tests.
#include "tests/support/postgres_server.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

namespace casebridge::testing {
namespace {

namespace fs = std::filesystem;

// The newest version that is installed.
fs::path find_programs() {
  fs::path newest;
  int version_max = 0;
  std::error_code error;
  for (fs::directory_iterator at("/usr/lib/postgresql", error), end; !error && at != end;
       at.increment(error)) {
    const int version = std::atoi(at->path().filename().c_str());
    if (version > version_max && fs::exists(at->path() / "bin/initdb") &&
        fs::exists(at->path() / "bin/postgres")) {
      version_max = version;
      newest = at->path() / "bin";
    }
  }
  return newest;
}

// Null unless this process is root.
const passwd* other_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("there is no user postgres to run the server as");
  return user;
}

pid_t spawn(const std::vector<std::string>& words, const fs::path& folder) {
  const passwd* user = other_user();
  const std::string log = (folder / "output.log").string();
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("cannot fork");
  if (pid > 0) return pid;
  if (user != nullptr &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // after setuid, which would clear it
  if (::getppid() != parent || ::chdir(folder.c_str()) != 0) ::_exit(126);
  const int descriptor = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (descriptor >= 0) {
    ::dup2(descriptor, STDOUT_FILENO);
    ::dup2(descriptor, STDERR_FILENO);
  }
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

std::unique_ptr<PostgresServer> PostgresServer::start() {
  fs::path programs = find_programs();
  if (programs.empty()) return nullptr;
  std::unique_ptr<PostgresServer> server(new PostgresServer(std::move(programs)));
  server->make_cluster();
  server->launch();
  return server;
}

PostgresServer::PostgresServer(fs::path programs) : programs_(std::move(programs)) {
  folder_ = new_temporary_folder("postgres");
  const passwd* user = other_user();
  if (user != nullptr && ::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error("cannot hand over the folder of PostgreSQL");
  }
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) {
    ::kill(pid_, SIGINT);  // fast shutdown
    int status = 0;
    ::waitpid(pid_, &status, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void PostgresServer::make_cluster() {
  const pid_t pid = spawn({(programs_ / "initdb").string(), "--pgdata=" + (folder_ / "data").string(),
                           "--auth=trust", "--username=casebridge", "--encoding=UTF8", "--locale=C.UTF-8",
                           "--locale-provider=icu", "--icu-locale=en-US", "--no-sync", "--no-instructions"},
                          folder_);
  int status = 0;
  if (::waitpid(pid, &status, 0) != pid || status != 0) throw std::runtime_error("initdb failed");
}

void PostgresServer::launch() {
  pid_ = spawn({(programs_ / "postgres").string(), "-D", (folder_ / "data").string(), "-k", folder_.string(),
                "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                "shared_buffers=16MB", "-c", "max_connections=60", "-c", "autovacuum=off"},
               folder_);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (::PQping(address("postgres").c_str()) != PQPING_OK) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      throw std::runtime_error("PostgreSQL ended at its start");
    }
    if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error("PostgreSQL does not get ready");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

std::string PostgresServer::address(const std::string& database) const {
  return "host=" + folder_.string() + " user=casebridge dbname=" + database;
}

std::string PostgresServer::new_database() {
  const std::string name = "test" + std::to_string(++databases_);
  run("CREATE DATABASE " + name);
  return address(name);
}

std::string PostgresServer::run(const std::string& sql) const {
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(::PQconnectdb(address("postgres").c_str()),
                                                              ::PQfinish);
  const std::unique_ptr<PGresult, void (*)(PGresult*)> result(::PQexec(connection.get(), sql.c_str()),
                                                              ::PQclear);
  const ExecStatusType status = ::PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error("a statement of a test failed");
  if (status == PGRES_COMMAND_OK || ::PQntuples(result.get()) == 0) return {};
  return ::PQgetvalue(result.get(), 0, 0);
}

}  // namespace casebridge::testing
