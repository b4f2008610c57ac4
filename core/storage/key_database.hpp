// The keys' view of a store that open_database made.
#pragma once

#include <memory>

#include "core/ports/store.hpp"
#include "core/ports/store_keys.hpp"

namespace casebridge::storage {

// The store must outlive the view.
std::unique_ptr<ports::KeyDatabase> keys_in(ports::Store& store);

}  // namespace casebridge::storage
