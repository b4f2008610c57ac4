// Gateway: every part of the server, made in the right order, and stopped in the reverse one.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/result.hpp"
#include "core/gateway/configuration.hpp"

namespace casebridge::gateway {

class Gateway {
 public:
  // Opens keys, database (migrating it), adapters and listeners. The clock and the log must outlive it.
  static Result<std::unique_ptr<Gateway>> start(const Configuration&, const Clock&, const Log&);
  ~Gateway();  // stops
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  std::vector<std::string> addresses() const;  // https://127.0.0.1:8443 ...
  // Reads every listener's certificate anew. One that cannot be used is left as it was, and the log says so.
  void reload_certificates(const Log& log);
  // Takes no new work, lets answers and jobs under way finish within the grace, then closes. Safe to call
  // twice.
  void stop();

 private:
  struct All;
  explicit Gateway(std::unique_ptr<All> all);
  std::unique_ptr<All> all_;
};

// Everything that can be checked without serving: settings, key files, plugins, states, schemas, messages.
Result<void> check(const Configuration&, const Clock&, const Log&);

}  // namespace casebridge::gateway
