// Whom a parent can ask. iCOP gives a contact no id: kind and office make its key.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {

std::vector<model::ContactPoint> read_contacts(const WireObject& root) {
  std::vector<model::ContactPoint> contacts;
  KeyRing keys;
  for (const WireObject& row : root.list("contacts")) {
    model::ContactPoint made;
    made.kind = row.code("kind", contact_kind_of);
    made.name = row.maybe_text("name");
    made.office = row.text("office");
    made.phone = row.text("phone");
    made.extension = row.maybe_text("ext");
    made.email = row.maybe_text("email");
    made.hours = row.maybe_text("hours");
    made.address = row.maybe_texts("address");
    made.key = keys.unique(derived_key({row.text("kind"), made.office}));
    contacts.push_back(std::move(made));
  }
  return contacts;
}

}  // namespace casebridge::texas_icop
