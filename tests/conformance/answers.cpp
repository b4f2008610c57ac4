// The exceptions say what came instead.
#include "tests/conformance/answers.hpp"

#include <stdexcept>

namespace casebridge::conformance {

const Trouble& trouble_of(const model::DatasetAnswer& answer) {
  if (const auto* trouble = std::get_if<Trouble>(&answer.answer)) return *trouble;
  throw std::runtime_error("this dataset was expected to fail");
}

const model::Records& records_of(const model::DatasetAnswer& answer) {
  if (const auto* content = std::get_if<model::DatasetContent>(&answer.answer)) return content->records;
  const auto* trouble = std::get_if<Trouble>(&answer.answer);
  throw std::runtime_error("this dataset was expected to have content: " +
                           (trouble == nullptr ? std::string("unsupported")
                                               : std::string(trouble->row().name) + " " + trouble->detail));
}

const model::AuthStep& step_of(const ports::Answer<model::AuthStep>& answer) {
  if (!answer)
    throw std::runtime_error("a step of the sign-in failed: " + std::string(answer.error().row().name) + " " +
                             answer.error().detail);
  return std::get<model::AuthStep>(answer.value());
}

}  // namespace casebridge::conformance
