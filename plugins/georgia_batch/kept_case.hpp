// KeptCase: what is kept of one case, as the person of one link may see it; a reader for each list.
#pragma once

#include <vector>

#include "core/model/dataset.hpp"
#include "plugins/georgia_batch/kept_rows.hpp"
#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {

struct KeptCase {
  std::string number{};
  std::string person{};  // whose link it is
  Rows rows{};           // empty: not available online, whatever the reason
  model::Role role = model::Role::unknown;
  // Whether what the rows say of that role is said of this person: active, and nobody else has the role.
  bool is_alone_in_role = false;

  bool has(model::Role wanted) const;
  bool is_available() const { return !rows.empty(); }
  std::vector<const std::vector<std::string>*> all(std::string_view type) const;
};

// Whether that PIN is known, and revoked.
bool is_revoked(const Rows& rows, std::string_view pin);
// The rows of a run as the link may see them. `pin` is the one that made the link.
KeptCase open_kept(std::string number, std::string person, std::string_view pin, Rows rows);

// The same for a case that is kept back and for one that is not there.
model::Case read_case(const KeptCase& kept);
std::vector<model::Order> read_orders(const KeptCase& kept);
std::vector<model::BalanceLine> read_balances(const KeptCase& kept);
std::vector<model::Payment> read_payments(const KeptCase& kept, const RunLedger& ledger);
std::vector<model::Disbursement> read_disbursements(const KeptCase& kept);
std::vector<model::EnforcementAction> read_enforcement(const KeptCase& kept);
std::vector<model::Event> read_events(const KeptCase& kept);
std::vector<model::ContactPoint> read_contacts(const KeptCase& kept);

// Fields: an empty one says that there is none.
Known<std::string> known_text(std::string_view field);
Known<model::Date> known_date(std::string_view field);
Known<bool> known_flag(std::string_view field);

}  // namespace casebridge::georgia_batch
