// Whom a parent can ask, where money goes, and what the state has about the parent.
#include "plugins/ohio_csenet/datasets.hpp"

namespace casebridge::ohio_csenet {
namespace {

std::string joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (const std::string_view part : words) {
    if (part.empty()) continue;
    if (!text.empty()) text += ' ';
    text += part;
  }
  return text;
}

std::string zip_of(std::string_view five, std::string_view four) {
  std::string zip(five);
  if (!four.empty()) zip.append("-").append(four);
  return zip;
}

// Ten digits as a number that can be dialled.
Known<std::string> phone_of(std::string_view digits) {
  if (digits.size() != 10) return Missing::not_provided;
  return std::string("+1").append(digits);
}

std::vector<std::string> lines_of(std::initializer_list<std::string_view> lines) {
  std::vector<std::string> filled;
  filled.reserve(lines.size());
  for (const std::string_view line : lines)
    if (!line.empty()) filled.emplace_back(line);
  return filled;
}

model::ContactPoint caseworker(const Block& told) {
  model::ContactPoint made;
  made.key = "caseworker";
  made.kind = model::ContactKind::caseworker;
  std::string name =
      joined({told.word(case_field("Contact-Name-First")), told.word(case_field("Contact-Name-Middle")),
              told.word(case_field("Contact-Name-Last")), told.word(case_field("Contact-Name-Suffix"))});
  if (!name.empty()) made.name = std::move(name);
  made.phone = phone_of(told.word(case_field("Contact-Phone-Num.")));
  made.extension = told.maybe_text(case_field("Phone-Extension"));
  made.email = told.maybe_text(case_field("Internet-Address"));
  made.hours = Missing::unsupported;
  made.address = lines_of(
      {told.word(case_field("Contact-Address-Line-1")), told.word(case_field("Contact-Address-Line-2")),
       joined({told.word(case_field("Contact-City")), told.word(case_field("Contact-State")),
               zip_of(told.word(case_field("Contact-Zip-1")), told.word(case_field("Contact-Zip-2")))})});
  return made;
}

model::ContactPoint payment_unit(const Block& told) {
  model::ContactPoint made;
  made.key = "sdu";
  made.kind = model::ContactKind::sdu;
  made.name = Missing::unsupported;
  made.phone = Missing::unsupported;
  made.extension = Missing::unsupported;
  made.email = Missing::unsupported;
  made.hours = Missing::unsupported;
  made.office = told.text(case_field("Payment-Mail-Address-Line-1"));
  made.address = lines_of(
      {told.word(case_field("Payment-Mail-Address-Line-2")),
       joined({told.word(case_field("Payment-City")), told.word(case_field("Payment-State")),
               zip_of(told.word(case_field("Payment-Zip-1")), told.word(case_field("Payment-Zip-2")))})});
  return made;
}

}  // namespace

std::vector<model::ContactPoint> read_contacts(const CaseFile& file) {
  std::vector<model::ContactPoint> contacts;
  if (file.is_empty()) return contacts;
  const Block& told = *file.first().first(BlockKind::case_data);
  model::ContactPoint worker = caseworker(told);
  const bool is_named = worker.name || worker.phone || worker.email || !worker.address.empty();
  if (is_named && !file.is_guarded()) contacts.push_back(std::move(worker));
  model::ContactPoint unit = payment_unit(told);
  if (!unit.office.empty()) contacts.push_back(std::move(unit));
  return contacts;
}

model::Profile read_profile(const CaseFile& file) {
  model::Profile profile;
  profile.email = Missing::unsupported;
  const Block* const own = file.is_empty() ? nullptr : file.first().first(BlockKind::ncp_locate);
  if (own == nullptr) return profile;
  model::Address address{
      .line1 = own->text(locate_field("Mailing-Address-Line-1")),
      .line2 = own->text(locate_field("Mailing-Address-Line-2")),
      .city = own->text(locate_field("Mailing-City")),
      .state = own->text(locate_field("Mailing-State")),
      .zip = zip_of(own->word(locate_field("Mailing-Zip-1")), own->word(locate_field("Mailing-Zip-2")))};
  if (!address.line1.empty()) profile.mailing_address = std::move(address);
  profile.phone = phone_of(own->word(locate_field("Home-Phone-Num.")));
  return profile;
}

}  // namespace casebridge::ohio_csenet
