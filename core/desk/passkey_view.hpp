// PasskeyView: a passkey as its owner may see it.
#pragma once

#include <optional>
#include <string>

#include "core/base/instant.hpp"
#include "core/ports/store_passkeys.hpp"

namespace casebridge::desk {

struct PasskeyView {
  ports::PasskeyId id;
  std::string name;
  std::string credential_id;  // base64url; by which a browser knows it
  std::string transports;     // words with blanks between
  bool backed_up = false;     // it is on all devices of its owner, as far as its authenticator says
  Instant created_at{};
  std::optional<Instant> last_used_at{};
};

}  // namespace casebridge::desk
