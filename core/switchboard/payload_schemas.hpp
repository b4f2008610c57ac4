// The JSON Schemas of schemas/adapter, compiled once; every payload is held against its own.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge::switchboard {

class PayloadSchemas {
 public:
  // Reads every .json file of the folder. Trouble internal names the file that is missing or no schema.
  static Result<std::shared_ptr<const PayloadSchemas>> read(const std::string& folder);
  virtual ~PayloadSchemas() = default;

  enum class Verdict { good, wrong, no_such_schema };
  struct Finding {
    Verdict verdict = Verdict::good;
    std::string where{};  // JSON pointer of the first wrong member, or "offset N"; no content
  };
  // `name` without .json. Any thread.
  virtual Finding check(std::string_view name, std::string_view json) const = 0;
};

// Whether a JSON text follows a schema given as JSON text; for the settings of a system.
Result<void> check_against(const std::string& schema, const std::string& json);
// The members of `over` take the place of those of `base`; both are JSON objects.
std::string merge_objects(const std::string& base, const std::string& over);

struct Description {
  std::string id;
  std::string version;
  std::vector<std::string> operations;
};
// What an adapter's describe() wrote.
Result<Description> decode_description(const std::string& json);

}  // namespace casebridge::switchboard
