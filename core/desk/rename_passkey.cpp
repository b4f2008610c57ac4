// A name is for its owner's eyes only; nothing hangs on it.
#include "core/desk/rename_passkey.hpp"

#include "core/base/text.hpp"

namespace casebridge::desk {

Result<void> RenamePasskey::run(const model::Caller& caller, const ports::PasskeyId& passkey,
                                const std::string& name) const {
  const std::string plain(text::trim(name));
  if (plain.empty()) return field_trouble("name", "is empty");
  return store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const bool renamed, tx.passkeys().rename(caller.account, passkey, plain));
    return renamed ? Result<void>() : trouble(TroubleCode::not_found);
  });
}

}  // namespace casebridge::desk
