// ScriptedSystems: Texas and Ohio, each with one system behind a ScriptedAdapter; California, with none.
#pragma once

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

  ScriptedAdapter texas, ohio;
  std::vector<ports::SystemHealth> health_;

 private:
  std::vector<ports::JurisdictionInfo> jurisdictions_;
  std::vector<ports::SystemInfo> systems_;
};

}  // namespace casebridge::testing
