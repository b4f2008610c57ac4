// One transaction: the proof is looked at again, since it may have grown old on the way.
#include "core/desk/remove_passkey.hpp"

#include <optional>

#include "core/identity/step_up.hpp"

namespace casebridge::desk {

Result<void> RemovePasskey::run(const model::Caller& caller, const ports::PasskeyId& passkey) const {
  const Instant now = clock_.now();
  return store_.write([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_CHECK(identity::check_step_up(tx.factors(), caller, now, step_up_age_));
    CASEBRIDGE_TRY(const bool removed, tx.passkeys().remove(caller.account, passkey));
    if (!removed) return trouble(TroubleCode::not_found);
    CASEBRIDGE_TRY(const bool another, tx.factors().has_second_factor(caller.account));
    if (!another) return field_trouble("passkey_id", "is the only second factor");
    CASEBRIDGE_CHECK(trail_.note(tx, {.action = "passkey_removed",
                                      .account = caller.account,
                                      .details = {{"session", caller.session.text()}}}));
    CASEBRIDGE_CHECK(tx.sessions().remove_all_but(caller.account, caller.session));
    CASEBRIDGE_TRY(const std::optional<ports::Account> account, tx.accounts().find(caller.account));
    if (!account) return trouble(TroubleCode::token_invalid);
    return alerts_.send(tx, *account, "passkey_removed", now);
  });
}

}  // namespace casebridge::desk
