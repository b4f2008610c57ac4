// FlowData: what a flow has gathered so far, between two of its requests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/identity/flow_view.hpp"

namespace casebridge::identity {

struct FlowData {
  std::string email;  // as typed
  std::string canonical;
  std::string locale = "en";
  std::string sealed_hash;  // registration: the hash of the chosen password, sealed by the vault
  // Of the account, when this flow was shown its password or a code from its mail; 0: not yet. What was shown
  // holds only while the account still has this version.
  std::int64_t proved_version = 0;
  bool second_factor = false;   // it was shown in this flow
  std::string sealed_secret{};  // add_totp: what the app is to be given, sealed by the vault
  bool has_app = true;          // what the account has beside its password, when a step asks for that
  bool has_passkey = false;
  // The passkey ceremony under way; its challenge is good once, and until then.
  std::optional<PasskeyAsk> passkey{};
  std::int64_t challenge_until = 0;  // UTC seconds
};

std::string write_flow_data(const FlowData&);
// nullopt for what was not written here.
std::optional<FlowData> read_flow_data(std::string_view json);

}  // namespace casebridge::identity
