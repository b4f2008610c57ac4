// The address of the sign-in is left out only while there is another one that stays.
#include "core/identity/addressees.hpp"

#include <algorithm>

namespace casebridge::identity {
namespace {

bool stays(const ports::FurtherAddress& one) { return !one.kept_until; }

bool leaves_out(const ports::ContactSettings& contact, const std::vector<ports::FurtherAddress>& further,
                About about, Instant now) {
  if (!contact.leaves_out_sign_in || std::none_of(further.begin(), further.end(), stays)) return false;
  return about == About::affairs || now >= contact.since + changes_settle_after;
}

}  // namespace

Result<std::vector<Addressee>> addressees_of(ports::Transaction& tx, const ports::Account& account,
                                             Instant now, About about) {
  CASEBRIDGE_TRY(auto further, tx.safety().list_addresses(account.id));
  std::erase_if(further, [&](const ports::FurtherAddress& one) {
    return one.kept_until && now >= *one.kept_until;  // a former one whose time is over
  });
  CASEBRIDGE_TRY(const ports::ContactSettings contact, tx.safety().contact(account.id));
  std::vector<Addressee> to;
  if (!leaves_out(contact, further, about, now)) to.push_back({account.email, account.locale, contact.plain});
  for (const ports::FurtherAddress& address : further)
    to.push_back({address.email, account.locale, contact.plain});
  return to;
}

Result<Addressee> addressee_of_codes(ports::Transaction& tx, const ports::Account& account, Instant now) {
  CASEBRIDGE_TRY(const auto further, tx.safety().list_addresses(account.id));
  CASEBRIDGE_TRY(const ports::ContactSettings contact, tx.safety().contact(account.id));
  const bool elsewhere = leaves_out(contact, further, About::account, now);
  const auto oldest = std::find_if(further.begin(), further.end(), stays);
  return Addressee{elsewhere ? oldest->email : account.email, account.locale, contact.plain};
}

}  // namespace casebridge::identity
