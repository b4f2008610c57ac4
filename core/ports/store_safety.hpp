// Stores of what keeps an account its owner's: devices it knows, links in its mails, and what waits to
// happen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace casebridge {

struct DeviceIdTag {
  static constexpr std::string_view prefix = "dev";
};
using DeviceId = Id<DeviceIdTag>;
struct AddressIdTag {
  static constexpr std::string_view prefix = "adr";
};
using AddressId = Id<AddressIdTag>;

namespace ports {

// A browser that completed a whole sign-in to this account.
struct KnownDevice {
  DeviceId id;
  AccountId account;
  std::string token_digest;  // hex SHA-256 of the token in its cookie
  std::string name;          // user agent, shortened
  std::string address;       // coarse: IPv4 /24, IPv6 /48
  Instant created_at{};
  Instant last_seen_at{};
  Instant expires_at{};
};

class DeviceStore {
 public:
  virtual ~DeviceStore() = default;
  virtual Result<void> insert(const KnownDevice&) = 0;
  virtual Result<std::optional<KnownDevice>> find(const AccountId&, const std::string& token_digest) = 0;
  virtual Result<std::vector<KnownDevice>> list(const AccountId&) = 0;  // last used first
  // It was signed in from once more.
  virtual Result<void> see(const KnownDevice&) = 0;
  virtual Result<bool> forget(const AccountId&, const DeviceId&) = 0;  // false: not there
  virtual Result<int> forget_all_but(const AccountId&, const std::optional<DeviceId>& keep) = 0;
  virtual Result<int> purge(Instant expired_before) = 0;
};

// What a link in a mail may do, once.
struct MailedLink {
  std::string purpose;  // not_me, stop_hold ...
  std::string digest;   // hex SHA-256 of what the link carries
  AccountId account;
  std::string subject;  // what it is about, where the purpose does not say it
  Instant created_at{};
  Instant expires_at{};
};

// What happens, or may be done, after a time of waiting in which the owner is told and can stop it.
struct Hold {
  AccountId account;
  std::string kind;  // lost_phone, deletion
  Instant begun_at{};
  Instant due_at{};
  Instant ends_at{};
};

// An address beside the one that one signs in with; it was confirmed before it came here.
struct FurtherAddress {
  AddressId id;
  AccountId account;
  std::string email;      // as typed
  std::string canonical;  // once in an account
  Instant verified_at{};
  std::optional<Instant> kept_until{};  // of a former address of the sign-in, which can take the change back
};

struct ContactSettings {
  bool leaves_out_sign_in = false;  // the address of the sign-in is not written to
  bool plain = false;               // mails do not say from whom they come
  Instant since{};                  // when it was last changed whether that address is written to
};

class SafetyStore {
 public:
  virtual ~SafetyStore() = default;
  virtual Result<void> insert_link(const MailedLink&) = 0;
  virtual Result<std::optional<MailedLink>> find_link(const std::string& purpose,
                                                      const std::string& digest) = 0;
  // One conditional delete; true for exactly one caller.
  virtual Result<bool> consume_link(const std::string& purpose, const std::string& digest) = 0;
  // All of the account that are good for this purpose, but those made after the one moment and before the
  // other.
  virtual Result<int> remove_links(const std::string& purpose, const AccountId&, Instant after,
                                   Instant before) = 0;
  // False when one of the kind stands already, which stays as it is.
  virtual Result<bool> begin_hold(const Hold&) = 0;
  virtual Result<std::optional<Hold>> find_hold(const AccountId&, const std::string& kind) = 0;
  virtual Result<std::vector<Hold>> list_holds(const AccountId&) = 0;
  virtual Result<std::vector<Hold>> due_holds(const std::string& kind, Instant now, int most) = 0;
  virtual Result<bool> end_hold(const AccountId&, const std::string& kind) = 0;  // false: not there
  // When the owner stopped all sharing. To stop once more changes nothing; lifting is false when nothing
  // stood.
  virtual Result<std::optional<Instant>> stopped_at(const AccountId&) = 0;
  virtual Result<void> stop(const AccountId&, Instant at) = 0;
  virtual Result<bool> lift_stop(const AccountId&) = 0;
  virtual Result<bool> insert_address(const FurtherAddress&) = 0;  // false: the account has it already
  virtual Result<std::vector<FurtherAddress>> list_addresses(const AccountId&) = 0;  // oldest first
  virtual Result<bool> remove_address(const AccountId&, const AddressId&) = 0;
  // False when another account has it.
  virtual Result<bool> set_sign_in_address(const AccountId&, const std::string& email,
                                           const std::string& canonical) = 0;
  virtual Result<ContactSettings> contact(const AccountId&) = 0;
  virtual Result<void> set_contact(const AccountId&, const ContactSettings&) = 0;
  // Everything of the account, also where it is only named. False: it was gone already.
  virtual Result<bool> erase_account(const AccountId&) = 0;
  // Links, holds and former addresses whose time is over.
  virtual Result<int> purge(Instant ended_before) = 0;
};

}  // namespace ports
}  // namespace casebridge
