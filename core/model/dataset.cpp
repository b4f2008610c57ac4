// Names of the datasets.
#include "core/model/dataset.hpp"

#include <array>

namespace casebridge::model {
namespace {

constexpr auto dataset_words =
    std::to_array<std::string_view>({"cases", "orders", "balances", "payments", "disbursements",
                                     "enforcement", "events", "documents", "messages", "contacts"});
static_assert(dataset_words.size() == std::size(all_datasets));

}  // namespace

std::string_view name_of(Dataset dataset) { return dataset_words[static_cast<std::size_t>(dataset)]; }

std::optional<Dataset> dataset_of(std::string_view name) {
  for (const Dataset dataset : all_datasets)
    if (name_of(dataset) == name) return dataset;
  return std::nullopt;
}

}  // namespace casebridge::model
