// Blocks as the interface document wants them for each kind of order.
#include "plugins/ohio_csenet/orders.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/inbox.hpp"
#include "plugins/ohio_csenet/letters.hpp"
#include "plugins/ohio_csenet/submit.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"
#include "plugins/sdk/contact_forms.hpp"

namespace casebridge::ohio_csenet {
namespace {

using model::Outcome;
using model::Receipt;
using sdk::Answer;

constexpr std::size_t text_width = 80;
constexpr std::size_t text_lines = 5;
constexpr Field text_fields[] = {
    information_field("Information-Text-Line-1"), information_field("Information-Text-Line-2"),
    information_field("Information-Text-Line-3"), information_field("Information-Text-Line-4"),
    information_field("Information-Text-Line-5")};

model::Refusal refused_field(const char* name) {
  model::Refusal refusal = sdk::refuse(Outcome::invalid_field);
  refusal.field = name;
  return refusal;
}

// Where an address stands in a block.
struct AddressFields {
  Field line1, line2, city, state, zip1, zip2;
};
constexpr AddressFields mailing_address_fields{
    locate_field("Mailing-Address-Line-1"), locate_field("Mailing-Address-Line-2"),
    locate_field("Mailing-City"),           locate_field("Mailing-State"),
    locate_field("Mailing-Zip-1"),          locate_field("Mailing-Zip-2")};
constexpr AddressFields own_address_fields{
    participant_field("Participant-Address-Line-1"), participant_field("Participant Address-Line-2"),
    participant_field("Participant-City"),           participant_field("Participant-State"),
    participant_field("Participant-Zip-1"),          participant_field("Participant-Zip-2")};

// A value that does not fit would be cut, and an address that was cut is another address.
Answer<sdk::Done> put_text(WrittenBlock& block, const Field& field, const std::string& value,
                           const char* name, bool required) {
  const std::string plain = plain_letters(value);
  if (plain.size() > field.size() || (required && text::trim(plain).empty())) return refused_field(name);
  block.put(field, plain);
  return sdk::Done{};
}

Answer<sdk::Done> put_address(WrittenBlock& block, const AddressFields& fields,
                              const model::Address& address) {
  SDK_TRY([[maybe_unused]] const sdk::Done line1,
          put_text(block, fields.line1, address.line1, "mailing_address.line1", true));
  SDK_TRY([[maybe_unused]] const sdk::Done line2,
          put_text(block, fields.line2, address.line2, "mailing_address.line2", false));
  SDK_TRY([[maybe_unused]] const sdk::Done city,
          put_text(block, fields.city, address.city, "mailing_address.city", true));
  SDK_TRY([[maybe_unused]] const sdk::Done state,
          put_text(block, fields.state, address.state, "mailing_address.state", true));
  const std::string zip = sdk::zip_digits(address.zip);
  if (!text::all_digits(zip) || (zip.size() != 5 && zip.size() != 9))
    return refused_field("mailing_address.zip");
  block.put(fields.zip1, zip.substr(0, 5));
  if (zip.size() == 9) block.put(fields.zip2, zip.substr(5));
  return sdk::Done{};
}

Answer<sdk::Done> put_phone(WrittenBlock& block, const Field& field, const std::string& phone) {
  const std::string digits = sdk::national_phone(phone);
  if (digits.size() != field.size() || !text::all_digits(digits)) return refused_field("phone");
  block.put(field, digits);
  return sdk::Done{};
}

// The party who pays is signed in where the state sends that party's own places.
bool is_obligor(const CaseFile& file) { return file.first().first(BlockKind::ncp_locate) != nullptr; }

const Block* participant_with(const CaseFile& file, std::string_view relationships) {
  for (const Block& block : file.first().all(BlockKind::participant))
    if (relationships.find(block.code(participant_field("Relationship"))) != std::string_view::npos)
      return &block;
  return nullptr;
}

// As the state has it, or with nothing but its part in the case.
WrittenBlock participant(const CaseFile& file, std::string_view relationships) {
  if (const Block* found = participant_with(file, relationships)) return WrittenBlock(*found);
  WrittenBlock made(BlockKind::participant);
  made.put(participant_field("Relationship"), relationships.substr(0, 1));
  return made;
}

Answer<WrittenTransaction> obligor_moved(const CaseFile& file, const model::ContactUpdate& order,
                                         model::Date today) {
  WrittenBlock place(BlockKind::ncp_locate);
  if (order.mailing_address) {
    SDK_TRY([[maybe_unused]] const sdk::Done done,
            put_address(place, mailing_address_fields, *order.mailing_address));
    place.put(locate_field("Mailing-Address-Effective-Date"), wire_date(today));
    place.put(locate_field("Mailing-Address-Confirmed-Ind."), "N");
  }
  if (order.phone) {
    SDK_TRY([[maybe_unused]] const sdk::Done done,
            put_phone(place, locate_field("Home-Phone-Num."), *order.phone));
  }
  WrittenTransaction made{"MSC", "P", "LICAD", {}};
  made.blocks.emplace_back(*file.first().first(BlockKind::ncp_id));
  made.blocks.push_back(std::move(place));
  return made;
}

Answer<WrittenTransaction> other_party_moved(const CaseFile& file, const model::ContactUpdate& order) {
  WrittenBlock person = participant(file, "CS");
  if (order.mailing_address) {
    SDK_TRY([[maybe_unused]] const sdk::Done done,
            put_address(person, own_address_fields, *order.mailing_address));
    person.put(participant_field("Address-Confirmed"), "N");
  }
  // The block has one place for a telephone number.
  if (order.phone) {
    SDK_TRY([[maybe_unused]] const sdk::Done done,
            put_phone(person, participant_field("Work-Phone"), *order.phone));
  }
  WrittenTransaction made{"MSC", "P", "LICAD", {}};
  made.blocks.push_back(std::move(person));
  return made;
}

WrittenBlock information_of(const std::vector<std::string>& lines) {
  WrittenBlock made(BlockKind::information);
  for (std::size_t i = 0; i < lines.size(); ++i) made.put(text_fields[i], lines[i]);
  return made;
}

// Case, the parties and a child, then why.
WrittenTransaction review_of(const CaseFile& file, std::string_view reason,
                             const std::vector<std::string>& lines) {
  const Transaction& first = file.first();
  const Block& told = *first.first(BlockKind::case_data);
  WrittenBlock about(BlockKind::case_data);
  about.copy(case_field("Case-Type"), told).copy(case_field("Case-Status"), told);
  WrittenBlock information = information_of(lines);
  information.put(information_field("Status-Change-Code"), told.raw(case_field("Case-Status")));
  WrittenTransaction made{"EST", "R", reason, {}};
  made.blocks.push_back(std::move(about));
  made.blocks.emplace_back(*first.first(BlockKind::ncp_id));
  const Block* const place = first.first(BlockKind::ncp_locate);
  made.blocks.push_back(place == nullptr ? WrittenBlock(BlockKind::ncp_locate) : WrittenBlock(*place));
  made.blocks.push_back(participant(file, "CS"));
  made.blocks.push_back(participant(file, "D"));
  made.blocks.push_back(std::move(information));
  return made;
}

// Taken, or more is needed first; what the state writes about that is free text and shown nowhere.
Answer<Receipt> review_answer(const Transaction& line, const std::string& serial) {
  if (line.is("EST", "A", "ANOAD")) return acknowledged(line, serial);
  if (!line.is("EST", "A", "AADIN")) return sdk::drift("header/Action-Reason");
  Receipt made;
  made.state = "needs_parent";
  return made;
}

Answer<Receipt> notice_answer(const Transaction& line, const std::string& serial) {
  if (!line.is("MSC", "P", "")) return sdk::drift("header/Action-Reason");
  return acknowledged(line, serial);
}

// OHR-20260316-000002
bool is_request_number(std::string_view key) {
  return key.size() > 13 && key.size() <= 20 && key.starts_with("OHR-") &&
         text::all_digits(key.substr(4, 8)) && key[12] == '-' && text::all_digits(key.substr(13));
}

std::string state_of_decision(std::string_view reason) {
  if (reason == "SSADJ" || reason == "SSMOD") return "done";
  if (reason == "SUADJ" || reason == "SUMOD") return "refused";
  return {};
}

}  // namespace

Answer<Receipt> update_contact(const Exchange& exchange, const model::ContactUpdate& order) {
  if (order.email) return refused_field("email");
  if (!order.mailing_address && !order.phone) return refused_field("mailing_address");
  const auto today = model::Date::in_zone(exchange.call().now(), state_zone);
  if (!today) return sdk::refuse(Outcome::bug, "time_zone_missing");
  Submission submission;
  submission.write_id = order.write_id;
  submission.build = [&](const CaseFile* file) {
    return is_obligor(*file) ? obligor_moved(*file, order, *today) : other_party_moved(*file, order);
  };
  submission.read = notice_answer;
  return submit(exchange, submission);
}

Answer<Receipt> send_message(const Exchange& exchange, const model::MessageOrder& order) {
  if (order.case_key != exchange.session().case_number) return sdk::refuse(Outcome::not_found);
  const std::string whole = order.subject.empty() ? order.body : order.subject + ": " + order.body;
  const auto lines = wrapped(plain_letters(whole), text_width, text_lines);
  if (!lines || lines->empty()) return refused_field("body");
  Submission submission;
  submission.write_id = order.write_id;
  submission.needs_case_file = false;
  submission.build = [&](const CaseFile*) -> Answer<WrittenTransaction> {
    WrittenTransaction made{"MSC", "P", "GSUPD", {}};
    made.blocks.push_back(information_of(*lines));
    return made;
  };
  submission.read = notice_answer;
  return submit(exchange, submission);
}

Answer<Receipt> create_request(const Exchange& exchange, const model::RequestOrder& order) {
  const bool review = order.kind == "review";
  if ((!review && order.kind != "modification") || !order.document_keys.empty())
    return sdk::refuse(Outcome::not_supported);
  if (order.case_key != exchange.session().case_number) return sdk::refuse(Outcome::not_found);
  auto lines = wrapped(plain_letters(order.text), text_width, text_lines - 1);
  if (!lines) return refused_field("text");
  lines->insert(lines->begin(),
                "REASON " + (order.reason.empty() ? "OTHER" : text::upper_ascii(order.reason)));
  Submission submission;
  submission.write_id = order.write_id;
  submission.build = [&](const CaseFile* file) -> Answer<WrittenTransaction> {
    return review_of(*file, review ? "SRADJ" : "SRMOD", *lines);
  };
  submission.read = review_answer;
  return submit(exchange, submission);
}

Answer<Receipt> read_request(const Exchange& exchange, const model::ReceiptQuery& query) {
  const std::string& number = exchange.session().case_number;
  if (query.case_key != number || !is_request_number(query.key)) return sdk::refuse(Outcome::not_found);
  SDK_TRY(const auto inbox, fetch_inbox(exchange, {number, exchange.endpoint().gateway_locator, {}}));
  Receipt made;
  made.key = query.key;
  made.confirmation = query.key;
  made.state = "in_work";
  for (const Transaction& line : inbox) {
    const std::string state = state_of_decision(line.reason());
    const std::string_view text = line.information(1);
    if (state.empty() || line.function() != "EST" || line.action() != "P") continue;
    if (!text.starts_with("REF ") || text::trim(text.substr(4, 20)) != query.key) continue;
    made.state = state;
    const auto day = line.header().date(header_field("Action-Resolution-Date"));
    if (day) made.effective = *day;
  }
  return made;
}

}  // namespace casebridge::ohio_csenet
