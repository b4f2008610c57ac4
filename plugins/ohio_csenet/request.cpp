// Fills the header by the layout's positions.
#include "plugins/ohio_csenet/request.hpp"

#include <cassert>
#include <utility>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view state_locator = "3900000";
constexpr std::size_t case_digits = 10;

constexpr std::pair<BlockKind, Field> block_counters[] = {
    {BlockKind::case_data, header_field("Case-Data-Ind.")},
    {BlockKind::ncp_id, header_field("NCP-Identification-Ind.")},
    {BlockKind::ncp_locate, header_field("NCP-Locate-Data-Ind.")},
    {BlockKind::participant, header_field("Participant-Data-Ind.")},
    {BlockKind::order, header_field("Order-Data-Ind.")},
    {BlockKind::collection, header_field("Collection-Data-Ind.")},
    {BlockKind::information, header_field("Information-Ind.")}};

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

std::string header_text(const HeaderFacts& facts) {
  std::string line(size_of(BlockKind::header), ' ');
  // A locator is state, county and sub-office in one.
  put(line, header_field("Local-FIPS-State"), facts.gateway_locator.substr(0, 2));
  put(line, header_field("Local-FIPS-County"), facts.gateway_locator.substr(2, 3));
  put(line, header_field("Local-FIPS-Sub"), facts.gateway_locator.substr(5, 2));
  put(line, header_field("Other-FIPS-State"), state_locator.substr(0, 2));
  put(line, header_field("Other-FIPS-County"), state_locator.substr(2, 3));
  put(line, header_field("Other-FIPS-Sub"), state_locator.substr(5, 2));
  put(line, header_field("CSENet-Version-Number"), "003");
  put(line, header_field("Transaction-Serial-Number"), facts.serial);
  put(line, header_field("Action-Code"), facts.action);
  put(line, header_field("Functional-Type-Code"), facts.function);
  put(line, header_field("Transaction-Date"), wire_date(facts.date));
  put(line, header_field("Other-Case-ID"), facts.case_number);
  put(line, header_field("Action-Reason"), facts.reason);
  put(line, header_field("Attachments-Ind."), "N");
  for (const auto& [kind, field] : block_counters) {
    const int count = facts.counts[static_cast<std::size_t>(kind)];
    assert(count >= 0 && count <= 9);
    put(line, field, std::to_string(count));
  }
  return line;
}

std::string transaction_text(const Request& request) {
  return header_text({.function = function_of(request.question),
                      .action = "R",
                      .reason = reason_of(request.question),
                      .serial = request.serial,
                      .case_number = request.case_number,
                      .gateway_locator = request.gateway_locator,
                      .date = request.date});
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
