// Writes one request of the service into secret memory: who asks, for which parent, about what.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/secret.hpp"
#include "core/model/date.hpp"

namespace casebridge::kansas_quick {

struct Asker {
  std::string system_user_id = "casebridge";
  std::string requestor_id = "99000";
  std::string fips = "99";
};

// What one operation asks about; FindCases names no case, and only GetFinancial has dates.
struct Question {
  std::string_view operation;
  std::string case_number{};
  std::optional<model::Date> from{};
  std::optional<model::Date> to{};
};

// `call_id` names this one call in the state's audit record, `assertion` vouches for the parent.
SecretBytes write_request(const Question& question, const Asker& asker, std::string_view call_id,
                          const SecretBytes& assertion);

// RFC 9562 §5.4: random.
std::string new_call_id();

}  // namespace casebridge::kansas_quick
