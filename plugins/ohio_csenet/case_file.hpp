// CaseFile: what the state said about one case, checked as a whole: whose it is, in order, complete.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugins/ohio_csenet/transaction.hpp"

namespace casebridge::ohio_csenet {

// What an answer must agree with.
struct Expected {
  std::string case_number{};
  std::string gateway_locator{};
  std::string serial{};  // of the request
};

// Whether a transaction comes from this state, to us, about this case.
std::optional<model::Refusal> wrong_address(const Transaction& transaction, const Expected& expected);

// The lines of FSINF; a single FUINF is good too: the state has nothing to give. not_found when the case is
// not the session's.
class CaseFile {
 public:
  static sdk::Answer<CaseFile> open(std::vector<Transaction> lines, const Expected& expected);

  bool is_empty() const { return empty_; }
  const Transaction& first() const { return lines_.front(); }
  const std::vector<Transaction>& lines() const { return lines_; }
  std::size_t collections() const;  // how many, in all lines
  // Somebody in the case is at risk, or is one.
  bool is_guarded() const;
  std::string case_number() const;  // as the state writes it
  std::string locator() const;

 private:
  std::vector<Transaction> lines_;
  bool empty_ = false;
};

// The one line of another answer, whatever it says; not_found when the case is not the session's.
sdk::Answer<Transaction> open_single(std::vector<Transaction> lines, const Expected& expected);
// The same with MSC P and this reason.
sdk::Answer<Transaction> open_notice(std::vector<Transaction> lines, std::string_view reason,
                                     const Expected& expected);

}  // namespace casebridge::ohio_csenet
