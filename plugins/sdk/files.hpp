// The system's landing folders over the host service files/1: read what the state left, leave what it takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"
#include "plugins/sdk/answer.hpp"

namespace casebridge::sdk {

// A file open for reading, from begin to end; closed with this object. Lives inside one call.
class InboundFile {
 public:
  InboundFile(const casebridge_files_v1* service, const casebridge_call* call, std::uint64_t handle,
              std::uint64_t size)
      : service_(service), call_(call), handle_(handle), size_(size) {}
  ~InboundFile();
  InboundFile(InboundFile&& other) noexcept;
  InboundFile& operator=(InboundFile&&) = delete;
  InboundFile(const InboundFile&) = delete;

  std::uint64_t size() const { return size_; }  // when it was opened
  // Replaces `piece` by the next octets, at most `most` (and 1 MiB); empty at the end.
  Answer<Done> read(std::string& piece, std::size_t most = 256 * 1024);

 private:
  const casebridge_files_v1* service_;
  const casebridge_call* call_;
  std::uint64_t handle_;
  std::uint64_t size_;
};

// Refusals: not_found; schema_drift where a file or the folder passes its bound; unavailable, reason
// folder_failed; source_rejected, reason file_exists; bug for a name that cannot be; timeout, reason
// call_over.
class Files {
 public:
  Files(const casebridge_files_v1* service, const casebridge_call* call) : service_(service), call_(call) {}
  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    Instant modified{};
  };
  Answer<std::vector<Entry>> list() const;  // of the inbound folder, by name
  Answer<InboundFile> open(std::string_view name) const;
  // Whole and on disk, or not at all; never over a file that is there. At most 16 MiB.
  Answer<Done> write(std::string_view name, std::string_view content) const;

 private:
  const casebridge_files_v1* service_;
  const casebridge_call* call_;
};

}  // namespace casebridge::sdk
