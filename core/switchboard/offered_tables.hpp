// The C tables of assertion/1, files/1 and kv/1, each over the part of ours that does the work.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "core/base/clock.hpp"
#include "core/switchboard/assertion_signer.hpp"
#include "core/switchboard/landing_folders.hpp"
#include "core/switchboard/open_calls.hpp"
#include "core/switchboard/value_keeper.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {

// The table comes first in each, so that its address is the object's. `calls` and `clock` outlive them.
struct OfferedAssertion {
  casebridge_assertion_v1 table;
  const OpenCalls& calls;
  const Clock& clock;
  std::unique_ptr<const AssertionSigner> signer;

  OfferedAssertion(const OpenCalls& of_calls, const Clock& of_clock,
                   std::unique_ptr<const AssertionSigner> by);
};

struct OfferedFiles {
  casebridge_files_v1 table;
  const OpenCalls& calls;
  std::unique_ptr<LandingFolders> folders;

  OfferedFiles(const OpenCalls& of_calls, std::unique_ptr<LandingFolders> in);
  // Closes what the call has left open.
  void end(const casebridge_call* call);

  struct Handle {
    const casebridge_call* call = nullptr;
    LandingFolders::OpenFile file;
    std::uint64_t read = 0;
  };
  std::int32_t open(const casebridge_call* call, casebridge_bytes name, std::uint64_t& handle,
                    std::uint64_t& size);
  std::int32_t read(const casebridge_call* call, std::uint64_t handle, std::size_t most,
                    casebridge_sink& out);
  std::int32_t close(const casebridge_call* call, std::uint64_t handle);

 private:
  std::mutex mutex_;
  std::map<std::uint64_t, Handle> handles_;
  std::uint64_t last_handle_ = 0;
};

struct OfferedValues {
  casebridge_kv_v1 table;
  const OpenCalls& calls;
  std::unique_ptr<ValueKeeper> keeper;

  OfferedValues(const OpenCalls& of_calls, std::unique_ptr<ValueKeeper> by);
};

}  // namespace casebridge::switchboard
