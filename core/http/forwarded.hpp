// Who asked, as the proxies in between say it. Believed only of proxies that the operator named.
#pragma once

#include <optional>
#include <string>

#include "core/http/address_set.hpp"
#include "core/http/request.hpp"

namespace casebridge::http {

// The one field that the named proxies write. The other is a client's own word and never looked at.
enum class ForwardedField { x_forwarded_for, forwarded };

struct Proxies {
  AddressSet trusted{};
  ForwardedField field = ForwardedField::x_forwarded_for;
};

// Of a request that came from a trusted proxy: the nearest hop that is none of them. Further ones are
// hearsay. When a proxy hides or garbles a hop, the last hop that is known; nullopt when the field says
// nothing.
std::optional<std::string> forwarded_address(const Head& head, const Proxies& proxies);

}  // namespace casebridge::http
