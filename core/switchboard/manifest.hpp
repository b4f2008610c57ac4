// manifest.yaml of an adapter: what its code can do, said before the code is loaded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace casebridge::switchboard {

struct Manifest {
  std::string id;
  std::string version;
  std::string display_name;
  std::uint32_t abi_major = 0;
  std::uint32_t model_major = 0;
  std::vector<std::string> operations;        // auth.begin ... case.read ...
  std::vector<std::string> credential_kinds;  // username_password ...
  std::vector<std::string> challenge_kinds;   // otp, question ...
  std::vector<std::string> services;          // http/1 ...
  int concurrency_max = 1;                    // calls of one system at the same time
  std::string settings_schema;                // JSON Schema text of the settings object
};

// `folder` is plugins/<id>. Trouble invalid_field with file:line: key.
Result<Manifest> read_manifest(const std::string& folder);

}  // namespace casebridge::switchboard
