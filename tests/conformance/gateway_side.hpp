// GatewaySide: the switchboard as the gateway opens it, with the real adapter library, pointed at one origin.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/ports/store.hpp"
#include "core/ports/systems.hpp"
#include "core/ports/vault.hpp"

namespace casebridge::conformance {

struct Reach {
  std::string system;  // tx-icop
  std::string origin;           // empty: the system is not reached over HTTP
  std::string ca_file{};        // empty: plain HTTP on loopback
  std::string settings_json{};  // takes the place of what states/ says, member by member
  bool keeps_values = false;    // offer kv/1, over a database of its own
  std::string entry_json{};     // further members of the override, as client_tls, assertion and files
};

class GatewaySide {
 public:
  // Throws std::runtime_error with the reason when the adapter is refused. Its log goes to log_text().
  GatewaySide(const Reach& reach, Instant now);
  ~GatewaySide();
  GatewaySide(const GatewaySide&) = delete;
  GatewaySide& operator=(const GatewaySide&) = delete;

  // The gateway ends and begins again with what it has stored.
  void restart();

  ports::StateAdapter& adapter() { return *adapter_; }
  ManualClock& clock() { return clock_; }
  std::string log_text() const;

 private:
  void write_overrides() const;
  void open_store();
  void open_systems();

  const Reach reach_;
  std::filesystem::path folder_;
  std::string states_;  // the folder of states that the switchboard is shown
  ManualClock clock_;
  Log log_;
  std::unique_ptr<ports::Store> store_;
  std::unique_ptr<ports::Vault> vault_;
  std::unique_ptr<ports::Systems> systems_;
  ports::StateAdapter* adapter_ = nullptr;
};

}  // namespace casebridge::conformance
