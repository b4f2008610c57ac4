// RenamePasskey: gives one of the caller's passkeys another name.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/model/caller.hpp"
#include "core/ports/store.hpp"

namespace casebridge::desk {

class RenamePasskey {
 public:
  explicit RenamePasskey(ports::Store& store) : store_(store) {}
  // Any thread. invalid_field for a name of blanks; not_found also when it is another account's.
  Result<void> run(const model::Caller& caller, const ports::PasskeyId& passkey,
                   const std::string& name) const;

 private:
  ports::Store& store_;
};

}  // namespace casebridge::desk
