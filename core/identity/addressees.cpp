// The address of the sign-in is left out only while there is another one.
#include "core/identity/addressees.hpp"

namespace casebridge::identity {

Result<std::vector<Addressee>> addressees_of(ports::Transaction& tx, const ports::Account& account,
                                             Instant now) {
  CASEBRIDGE_TRY(auto further, tx.safety().list_addresses(account.id));
  std::erase_if(further, [&](const ports::FurtherAddress& one) {
    return one.kept_until && now >= *one.kept_until;  // a former one whose time is over
  });
  CASEBRIDGE_TRY(const ports::ContactSettings contact, tx.safety().contact(account.id));
  std::vector<Addressee> to;
  if (!contact.leaves_out_sign_in || further.empty())
    to.push_back({account.email, account.locale, contact.plain});
  for (const ports::FurtherAddress& address : further)
    to.push_back({address.email, account.locale, contact.plain});
  return to;
}

}  // namespace casebridge::identity
