// What the state knows of the parent who is signed in.
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {
namespace {

model::Address address_of(const WireObject& row) {
  const Known<std::string> second_line = row.maybe_text("line2");
  return {row.text("line1"), second_line ? *second_line : "", row.text("city"), row.text("state"),
          row.text("zip")};
}

}  // namespace

model::Profile read_profile(const WireObject& root) {
  model::Profile made;
  const auto node = root.find("profile");
  if (!node) {
    root.breach("profile");
    return made;
  }
  const WireObject profile(*node, "/profile", root.reading());
  if (const auto address = profile.find("mailingAddress"))
    made.mailing_address = address_of(WireObject(*address, "/profile/mailingAddress", root.reading()));
  made.phone = profile.maybe_text("phone");
  made.email = profile.maybe_text("email");
  return made;
}

}  // namespace casebridge::texas_icop
