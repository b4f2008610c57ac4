// Failure: what an engine's error means for the transaction, told without any bound value.
#pragma once

#include <string>

#include "core/base/trouble.hpp"
#include "core/storage/target.hpp"

namespace soci {
class soci_error;
}

namespace casebridge::storage {

enum class FailureKind {
  conflict,  // another transaction came first: the same work may succeed when run again
  lost,      // the connection is gone, and the transaction with it
  other,
};

struct Failure {
  FailureKind kind = FailureKind::other;
  std::string category;  // fixed word
  std::string code;      // SQLSTATE, or SQLite's result code; empty when there is none
};

// Never looks at what(): it repeats the statement with every bound value.
Failure failure_of(const soci::soci_error& error);
Trouble trouble_of(const Failure& failure, Engine engine);

}  // namespace casebridge::storage
