// The questions this adapter asks, as transactions.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/model/date.hpp"
#include "plugins/ohio_csenet/code_page.hpp"
#include "plugins/ohio_csenet/layout.hpp"

namespace casebridge::ohio_csenet {

enum class Question { case_information, status, interest };

std::string_view reason_of(Question question);    // FRINF, GRUPD, GRINT
std::string_view function_of(Question question);  // CSI, MSC

struct Request {
  Question question = Question::case_information;
  std::string serial{};  // 12 digits, never used before
  std::string case_number{};
  std::string gateway_locator{};  // 7 digits: who we are to the state
  model::Date date;
};

// What a header of ours says.
struct HeaderFacts {
  std::string_view function{}, action{}, reason{};
  std::string serial{};
  std::string case_number{};
  std::string gateway_locator{};
  model::Date date;
  std::array<int, block_kinds> counts{};  // of each kind of block
};
// Without a line end.
std::string header_text(const HeaderFacts& facts);

// The header alone, without a line end.
std::string transaction_text(const Request& request);
// What is sent: in the code page, with one line end.
std::string request_octets(const Request& request, CodePage page);

// Ten digits beginning with 7, from what a person types: blanks and leading zeros do not matter. Empty when
// it is no case number of this state.
std::string case_key_of(std::string_view typed);

}  // namespace casebridge::ohio_csenet
