// Scenario: the file that a simulated state was started with; where the suites take logins and expectations
// from.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace casebridge::conformance {

using nlohmann::json;

// CASEBRIDGE_SCENARIO, or the sample scenario of the repository.
std::string scenario_path();

class Scenario {
 public:
  // `credential_kind` is how the system's accounts are written in the file.
  Scenario(json document, std::string system, std::string credential_kind = "username_password")
      : document_(std::move(document)),
        system_(std::move(system)),
        credential_kind_(std::move(credential_kind)) {}

  const json& document() const { return document_; }
  json& document() { return document_; }
  // An option of the system, or what its interface document gives where the scenario says nothing.
  template <class T>
  T option(const std::string& name, T otherwise) const {
    return document_.at("systems").at(system_).at("options").value(name, std::move(otherwise));
  }

  using Condition = std::function<bool(const json& credential)>;
  // Usable ones with a case at the system; the first for which the condition holds.
  std::optional<json> credential(const Condition& condition = {}) const;
  // The cases that a person sees at the system, in the order of the file.
  std::vector<json> cases_of(const std::string& person) const;
  json person(const std::string& id) const;
  // A list of a case as this system shows it.
  json list(const json& one_case, const std::string& name) const;
  // How the person takes part in a case.
  static json participant(const json& one_case, const std::string& person);

 private:
  json document_;
  std::string system_;
  std::string credential_kind_;
};

}  // namespace casebridge::conformance
