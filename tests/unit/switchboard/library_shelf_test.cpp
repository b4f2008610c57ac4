// One process, several switchboards: the same library is mapped once, so that nothing piles up.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "core/switchboard/library_shelf.hpp"
#include "tests/support/places.hpp"

namespace casebridge::switchboard {
namespace {

const casebridge_entry* load_sample(LibraryShelf& shelf) {
  auto inspected = inspect(casebridge::tests::in_build("plugins/sample"));
  if (!inspected) throw std::runtime_error(inspected.error().detail);
  return shelf.load(*inspected).value().entry;
}

std::size_t samples_mapped() {
  std::ifstream maps("/proc/self/maps");
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    if (line.find(" r-xp ") != std::string::npos && line.find("/memfd:sample.so") != std::string::npos)
      ++count;
  return count;
}

TEST(LibraryShelf, MapsTheSameLibraryOnce) {
  LibraryShelf shelf;
  const auto* first = load_sample(shelf);
  const std::size_t mapped = samples_mapped();
  EXPECT_GE(mapped, 1U);
  EXPECT_EQ(load_sample(shelf), first);
  EXPECT_EQ(samples_mapped(), mapped);
}

TEST(LibraryShelf, SharesNothingWithAnother) {
  LibraryShelf one;
  LibraryShelf two;
  EXPECT_NE(load_sample(one), load_sample(two));
}

TEST(LibraryShelf, RefusesAgainWhatItRefused) {
  LibraryShelf shelf;
  for (int time = 0; time < 2; ++time) {
    auto inspected = inspect(casebridge::tests::in_build("plugins/sample")).value();
    inspected.image = LibraryImage::of({'n', 'o', 'n', 'e'}, "none.so").value();
    inspected.sha256 = "none";
    EXPECT_EQ(shelf.load(inspected).error().code, TroubleCode::adapter_fault);
  }
}

}  // namespace
}  // namespace casebridge::switchboard
