// The subject is ours, and another one for each system: two states cannot find out that they know one person.
#include "core/desk/asserted_person.hpp"

namespace casebridge::desk {
namespace {

constexpr std::size_t subject_digits = 32;

int level_of(model::Assurance assurance) { return assurance == model::Assurance::two_factor ? 2 : 1; }

}  // namespace

std::optional<ports::AssertedPerson> asserted_person(const Desk& desk, const AccountId& account,
                                                     const std::string& system) {
  const ports::SystemInfo* info = desk.systems.find(system);
  if (info == nullptr || info->password_login) return std::nullopt;
  std::optional<ports::AssertedPerson> person;
  const Instant now = desk.clock.now();
  const auto read = desk.store.read([&](ports::Transaction& tx) -> Result<void> {
    CASEBRIDGE_TRY(const auto sessions, tx.sessions().list(account));
    person.reset();
    for (const ports::Session& session : sessions) {
      if (identity::has_ended(session, now, desk.settings.sessions)) continue;
      const int level = level_of(session.assurance);
      const bool better =
          !person || level > person->authentication_level ||
          (level == person->authentication_level && session.authenticated_at > person->authenticated_at);
      if (better) person = ports::AssertedPerson{"", session.authenticated_at, level, 1};
    }
    return {};
  });
  if (!read || !person) return std::nullopt;
  person->subject =
      "gw-" +
      desk.vault.fingerprint("assertion-subject", system + '\n' + account.text()).substr(0, subject_digits);
  return person;
}

}  // namespace casebridge::desk
