// One reader as a target of libFuzzer, which looks for inputs that reach new code; built by the preset
// `fuzz`.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include "tests/formats/bending.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* octets, std::size_t size, std::size_t size_max);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* octets, std::size_t size, std::size_t size_max,
                                               unsigned seed);

namespace {

using namespace casebridge::formats;

const Format& format() {
  static const Format chosen = [] {
    for (Format& one : all_formats())
      if (one.name == CASEBRIDGE_FUZZ_FORMAT) return one;
    std::abort();
  }();
  return chosen;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t size) {
  (void)format().try_everything(std::string(reinterpret_cast<const char*>(octets), size));
  return 0;
}

// Every fourth input is bent by what is known of the format.
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* octets, std::size_t size, std::size_t size_max,
                                    unsigned seed) {
  if (seed % 4 != 0) return LLVMFuzzerMutate(octets, size, size_max);
  std::string bent(reinterpret_cast<const char*>(octets), size);
  Bender(format(), seed).bend(bent);
  const std::size_t kept = bent.size() < size_max ? bent.size() : size_max;
  std::memcpy(octets, bent.data(), kept);
  return kept;
}
