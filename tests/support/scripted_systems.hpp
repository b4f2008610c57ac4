// ScriptedSystems: Texas and Ohio, each with one system behind a ScriptedAdapter; California, with none.
#pragma once

#include <algorithm>

#include "core/ports/systems.hpp"
#include "tests/support/scripted_adapter.hpp"

namespace casebridge::testing {

class ScriptedSystems final : public ports::Systems {
 public:
  ScriptedSystems();
  const std::vector<ports::JurisdictionInfo>& jurisdictions() const override { return jurisdictions_; }
  const std::vector<ports::SystemInfo>& systems() const override { return systems_; }
  const ports::SystemInfo* find(const std::string& system_id) const override;
  ports::StateAdapter* adapter(const std::string& system_id) override;
  std::vector<ports::SystemHealth> health() const override { return health_; }
  // From now on this system's form asks for these fields.
  void ask_for(const std::string& system_id, std::vector<model::FieldSpec> fields);
  std::optional<Instant> maintenance_end(const std::string&, Instant now) const override {
    return maintenance_until_ && now < *maintenance_until_ ? maintenance_until_ : std::nullopt;
  }
  // To change what a system is like before it is used.
  ports::SystemInfo& info(const std::string& system_id) {
    return *std::find_if(systems_.begin(), systems_.end(), [&](auto& one) { return one.id == system_id; });
  }

  // From now on Texas takes the gateway's word, and no password.
  void let_texas_trust_us() { systems_.front().password_login = false; }

  ScriptedAdapter texas, ohio;
  std::vector<ports::SystemHealth> health_;
  std::optional<Instant> maintenance_until_{};  // of both

 private:
  std::vector<ports::JurisdictionInfo> jurisdictions_;
  std::vector<ports::SystemInfo> systems_;
};

}  // namespace casebridge::testing
