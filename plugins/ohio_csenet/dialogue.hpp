// Dialogue: the transactions of one call, answered at once or through jobs polled across calls.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "plugins/ohio_csenet/exchange.hpp"
#include "plugins/ohio_csenet/request.hpp"

namespace casebridge::ohio_csenet {

// What came of a question: the whole answer, or why there is none.
using Reply = std::variant<std::vector<Transaction>, model::Refusal>;
struct Replies {
  std::map<Question, Reply> by_question{};
  std::map<Question, std::string> serials{};
};

// Asks the questions in their order about the case. When the first one fails the rest is not asked: nothing
// can be read without it. Pending while the state works; the call is then made again with the resume. Refused
// when the session has ended, or after 20 polls (timeout).
sdk::Answer<Replies> ask(const Exchange& exchange, const std::vector<Question>& questions,
                         const std::string& case_number);

}  // namespace casebridge::ohio_csenet
