// Fills the header by the layout's positions.
#include "plugins/ohio_csenet/request.hpp"

#include <cassert>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/layout.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view state_locator = "3900000";
constexpr std::size_t case_digits = 10;

void put(std::string& line, const Field& field, std::string_view value) {
  assert(value.size() <= field.size());
  line.replace(field.offset(), value.size(), value);
}

}  // namespace

std::string_view reason_of(Question question) {
  switch (question) {
    case Question::case_information: return "FRINF";
    case Question::status: return "GRUPD";
    case Question::interest: return "GRINT";
  }
  return "";
}

std::string_view function_of(Question question) {
  return question == Question::case_information ? "CSI" : "MSC";
}

std::string transaction_text(const Request& request) {
  std::string line(size_of(BlockKind::header), ' ');
  // A locator is state, county and sub-office in one.
  put(line, header_field("Local-FIPS-State"), request.gateway_locator.substr(0, 2));
  put(line, header_field("Local-FIPS-County"), request.gateway_locator.substr(2, 3));
  put(line, header_field("Local-FIPS-Sub"), request.gateway_locator.substr(5, 2));
  put(line, header_field("Other-FIPS-State"), state_locator.substr(0, 2));
  put(line, header_field("Other-FIPS-County"), state_locator.substr(2, 3));
  put(line, header_field("Other-FIPS-Sub"), state_locator.substr(5, 2));
  put(line, header_field("CSENet-Version-Number"), "003");
  put(line, header_field("Transaction-Serial-Number"), request.serial);
  put(line, header_field("Action-Code"), "R");
  put(line, header_field("Functional-Type-Code"), function_of(request.question));
  put(line, header_field("Transaction-Date"), wire_date(request.date));
  put(line, header_field("Other-Case-ID"), request.case_number);
  put(line, header_field("Action-Reason"), reason_of(request.question));
  put(line, header_field("Attachments-Ind."), "N");
  put(line, header_field("Case-Data-Ind."), "0");
  put(line, header_field("NCP-Identification-Ind."), "0");
  put(line, header_field("NCP-Locate-Data-Ind."), "0");
  put(line, header_field("Participant-Data-Ind."), "0");
  put(line, header_field("Order-Data-Ind."), "0");
  put(line, header_field("Collection-Data-Ind."), "0");
  put(line, header_field("Information-Ind."), "0");
  return line;
}

std::string request_octets(const Request& request, CodePage page) {
  return encode_line(page, transaction_text(request));
}

std::string case_key_of(std::string_view typed) {
  std::string_view digits = text::trim(typed);
  if (!text::all_digits(digits)) return {};
  while (digits.starts_with('0')) digits.remove_prefix(1);
  return digits.size() == case_digits && digits.front() == '7' ? std::string(digits) : std::string();
}

}  // namespace casebridge::ohio_csenet
