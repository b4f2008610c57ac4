// Simulator: a simulated state as a process of its own, for one suite; started with free ports, ended by its
// id.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace casebridge::testing {

// One thread. Errors are std::runtime_error: a suite without its simulator has nothing to say. The program is
// tools/simulate, or what CASEBRIDGE_SIMULATE names.
class Simulator {
 public:
  enum class Carrier { tls, plain };
  // `platform_as` shows systems under another state's name: {"ca-connect", "co-connect"}.
  Simulator(const std::filesystem::path& scenario, Carrier carrier,
            const std::map<std::string, std::string>& platform_as = {});
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  // https://127.0.0.1:port of a system that this simulator offers.
  std::string origin(const std::string& system) const;
  std::string ca_file() const;  // empty without TLS

  // The control port. An answer that is not 200 is an error.
  nlohmann::json get(const std::string& path) const;
  nlohmann::json post(const std::string& path, const nlohmann::json& body) const;

  void load(const nlohmann::json& scenario) const;  // drops sessions, counters, calls, mail and faults
  std::string now() const;
  void advance(long seconds) const;
  void add_fault(const nlohmann::json& fault) const;
  void account(const std::string& credential, const std::string& action) const;
  std::vector<nlohmann::json> calls(const std::string& system, const std::string& op = {}) const;
  std::vector<nlohmann::json> outbox(const std::string& system, const std::string& person,
                                     const std::string& kind) const;

 private:
  void spawn(const std::vector<std::string>& words);
  std::string read_ready_line();

  std::filesystem::path folder_;
  pid_t pid_ = -1;
  int output_ = -1;
  nlohmann::json ready_;
};

}  // namespace casebridge::testing
