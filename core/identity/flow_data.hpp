// FlowData: what a flow has gathered so far, between two of its requests.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace casebridge::identity {

struct FlowData {
  std::string email;  // as typed
  std::string canonical;
  std::string locale = "en";
  std::string sealed_hash;  // registration: the hash of the chosen password, sealed by the vault
};

std::string write_flow_data(const FlowData&);
// nullopt for what was not written here.
std::optional<FlowData> read_flow_data(std::string_view json);

}  // namespace casebridge::identity
