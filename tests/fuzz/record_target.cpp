// The reader of sealed records as a target of libFuzzer; built by the preset `fuzz`.
#include <cstdint>

#include "tests/fuzz/record_reading.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  using namespace casebridge::fuzz;
  (void)try_record(vault_of_this_process(), {reinterpret_cast<const char*>(octets), size});
  return 0;
}
