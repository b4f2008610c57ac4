// From the body of an answer to its transactions: whole or not at all.
#pragma once

#include <string>
#include <vector>

#include "plugins/ohio_csenet/code_page.hpp"
#include "plugins/ohio_csenet/transaction.hpp"

namespace casebridge::ohio_csenet {

// How the system writes.
struct Writing {
  CodePage page = CodePage::ascii;
  AmountSign sign = AmountSign::leading_minus;
};

// The body is empty then, since numbers of persons were in it; the transactions keep its octets without
// them. One CR before a line end and a missing last line end
// are let pass; anything else that is not the document's form is drift, with the line's number.
sdk::Answer<std::vector<Transaction>> read_transactions(std::string& body, const Writing& writing);

// One line of plain text, as the sign-in speaks it; drift for none or several.
sdk::Answer<std::string> read_reply(std::string& body, CodePage page);

}  // namespace casebridge::ohio_csenet
