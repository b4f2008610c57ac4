// Corrupts every sample message and tells what came of it: one JSON object on a line, for tools/bench.
#include <cstdio>
#include <cstdlib>

#include "tests/formats/corruption.hpp"

namespace {

using namespace casebridge::formats;

constexpr std::uint32_t seed = 20260316;

void print(const char* name, const Tally& tally) {
  std::printf("\"%s\":{\"all\":%d,\"same\":%d,\"refused\":%d,\"other\":%d,\"fewer\":%d,\"wrong\":%d}", name,
              tally.all(), tally.same, tally.refused, tally.other, tally.fewer, tally.wrong);
}

}  // namespace

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::atoi(argv[1]) : 2000;
  const char* separator = "{";
  for (const Format& format : all_formats())
    for (const Message& message : format.messages) {
      const auto unguarded = unguarded_digits(message);
      const Structural told = corrupt(message, unguarded, count, seed);
      std::printf("%s\"%s\":{", separator, message.name.c_str());
      print("structural", told.structural);
      std::printf(",");
      print("respelt", told.respelt);
      std::printf(",");
      const Digits digits = change_every_digit(message, unguarded);
      print("digits", digits.unguarded);
      std::printf(",");
      print("guarded_digits", digits.guarded);
      std::printf("}");
      separator = ",";
    }
  std::printf("}\n");
  return 0;
}
