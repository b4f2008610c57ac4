// CaseShelf: what is kept of the linked cases, in the system's memory. What a run brings is put beside what
// was there, and counts only once that run has been loaded as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {

// The records of one case as one run told them: rows of EXTR, PIN and ACH.
struct Generation {
  RunId run;
  std::string digest{};
  int pieces = 0;
  bool missing = false;  // the run does not hold the case
};

struct KeptIndex {
  std::vector<std::string> links{};
  std::vector<Generation> generations{};  // ascending
  std::int64_t version = 0;

  // The newest that counts.
  const Generation* counting(const LoadedRun* newest) const;
  // The newest of a day before.
  const Generation* before(model::Date day, const LoadedRun* newest) const;
};

class CaseShelf {
 public:
  explicit CaseShelf(const sdk::Call& call) : call_(call) {}

  sdk::Answer<std::vector<std::string>> case_numbers() const;  // ascending
  // nullopt: nobody is linked to it.
  sdk::Answer<std::optional<KeptIndex>> open(const std::string& case_number) const;
  sdk::Answer<std::string> read(const std::string& case_number, const Generation& generation) const;
  sdk::Answer<sdk::Done> add_link(const std::string& case_number, const std::string& link) const;
  // Forgets the case with its last link.
  sdk::Answer<sdk::Done> remove_link(const std::string& case_number, const std::string& link) const;
  // `newest`: the run that counts while this one is being loaded. nullopt: the run does not hold the case.
  sdk::Answer<sdk::Done> put(const std::string& case_number, const RunId& run,
                             const std::optional<std::string>& records, const LoadedRun* newest) const;

 private:
  sdk::Answer<sdk::Done> try_remove_link(const std::string& case_number, const std::string& link) const;
  sdk::Answer<sdk::Done> save(const std::string& case_number, KeptIndex& index) const;
  sdk::Answer<sdk::Done> remove_pieces(const std::string& case_number, const Generation& generation) const;

  const sdk::Call& call_;
};

}  // namespace casebridge::georgia_batch
