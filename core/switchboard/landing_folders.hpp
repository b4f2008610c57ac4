// LandingFolders: where a state leaves files for us and takes ours; nothing else on this machine is reached.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/switchboard/owned_descriptor.hpp"

namespace casebridge::switchboard {

struct FolderRules {
  std::string inbound;   // read only
  std::string outbound;  // written to
  std::uint64_t file_bytes_max = 1024ULL * 1024 * 1024;
};

class LandingFolders {
 public:
  explicit LandingFolders(FolderRules rules) : rules_(std::move(rules)) {}

  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    Instant modified{};
  };
  struct OpenFile {
    OwnedDescriptor descriptor;
    std::uint64_t size = 0;  // when it was opened
  };
  // Any thread. Each answers one of CASEBRIDGE_FILES_*.
  std::int32_t list(std::vector<Entry>& entries) const;
  std::int32_t open(std::string_view name, OpenFile& file) const;
  std::int32_t write(std::string_view name, std::string_view content);

 private:
  const FolderRules rules_;
  std::mutex writing_;
};

// [A-Za-z0-9][A-Za-z0-9._-]{0,127}
bool is_landing_name(std::string_view name);

}  // namespace casebridge::switchboard
