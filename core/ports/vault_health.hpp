// VaultHealth: whether whoever holds the keys can be asked; for those who tell of the gateway's own state.
#pragma once

namespace casebridge::ports {

class VaultHealth {
 public:
  virtual ~VaultHealth() = default;
  // As it was when somebody last looked; asks nobody itself. Any thread.
  virtual bool works() const = 0;
};

}  // namespace casebridge::ports
