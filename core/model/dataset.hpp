// Dataset: the unit in which a case is fetched, stored, aged and shown. One list per (link, case, dataset).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/trouble.hpp"
#include "core/model/records.hpp"

namespace casebridge::model {

enum class Dataset {
  cases,  // the case itself, its participants and references to other states
  orders,
  balances,
  payments,
  disbursements,
  enforcement,
  events,
  documents,
  messages,
  contacts
};
inline constexpr Dataset all_datasets[] = {
    Dataset::cases,       Dataset::orders, Dataset::balances,  Dataset::payments, Dataset::disbursements,
    Dataset::enforcement, Dataset::events, Dataset::documents, Dataset::messages, Dataset::contacts};
std::string_view name_of(Dataset dataset);
std::optional<Dataset> dataset_of(std::string_view name);

// The whole content of one dataset of one case, as of one moment; exactly one vector is used, by dataset.
using Records =
    std::variant<std::vector<Case>, std::vector<Order>, std::vector<BalanceLine>, std::vector<Payment>,
                 std::vector<Disbursement>, std::vector<EnforcementAction>, std::vector<Event>,
                 std::vector<Document>, std::vector<Message>, std::vector<ContactPoint>>;

struct Unsupported {};
struct DatasetContent {
  Records records;
  Known<Date> as_of;  // the state's own date for the whole dataset, when it gives one
  // Set when the state keeps older records to itself: the first day of what it tells, perhaps in part.
  std::optional<Date> history_from{};
};
// What one system said about one dataset of one case: content, "I cannot tell", or a trouble.
struct DatasetAnswer {
  Dataset dataset = Dataset::cases;
  std::variant<DatasetContent, Unsupported, Trouble> answer;
};

}  // namespace casebridge::model
