// ListPasskeys: with what the caller may sign in instead of a password, oldest first.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/desk/passkey_view.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class ListPasskeys {
 public:
  explicit ListPasskeys(ports::Store& store) : store_(store) {}
  // Any thread.
  Result<std::vector<PasskeyView>> run(const model::Caller& caller) const;

 private:
  ports::Store& store_;
};

}  // namespace casebridge::desk
