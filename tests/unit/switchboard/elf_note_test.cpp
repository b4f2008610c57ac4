// Libraries are judged by their octets alone: damaged, foreign or dangerous ones are refused with the reason.
#include "core/switchboard/elf_note.hpp"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/switchboard/inspection.hpp"
#include "tests/support/places.hpp"

namespace casebridge::switchboard {
namespace {

std::vector<std::uint8_t> sample() {
  const std::string path = casebridge::tests::in_build("plugins/sample/sample.so");
  std::vector<std::uint8_t> bytes(std::filesystem::file_size(path));
  std::ifstream(path, std::ios::binary)
      .read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

std::string reason_of(const std::vector<std::uint8_t>& bytes) {
  const auto note = read_note(bytes);
  return note ? "none" : note.error().detail;
}

// Changes the first program header of a type.
void change_segment(std::vector<std::uint8_t>& bytes, std::uint32_t type, auto&& change) {
  Elf64_Ehdr header;
  std::memcpy(&header, bytes.data(), sizeof header);
  for (int i = 0; i < header.e_phnum; ++i) {
    std::uint8_t* at = bytes.data() + header.e_phoff + static_cast<std::size_t>(i) * sizeof(Elf64_Phdr);
    Elf64_Phdr segment;
    std::memcpy(&segment, at, sizeof segment);
    if (segment.p_type != type) continue;
    change(segment, bytes);
    std::memcpy(at, &segment, sizeof segment);
    return;
  }
  FAIL() << "no such segment";
}

TEST(ElfNote, IsReadWithoutLoading) {
  const auto note = read_note(sample());
  ASSERT_TRUE(note) << note.error().detail;
  EXPECT_EQ(note->id, "sample");
  EXPECT_EQ(note->version, "1.0.0");
  EXPECT_EQ(note->abi_major, 1U);
  EXPECT_EQ(note->model_major, 1U);
  EXPECT_FALSE(note->compiler.empty());
}

TEST(ElfNote, RefusesWhatIsNoLibraryOfThisMachine) {
  EXPECT_EQ(reason_of({}), "the library is not an ELF file");
  EXPECT_EQ(reason_of({'#', '!', '/', 'b', 'i', 'n'}), "the library is not an ELF file");
  auto bytes = sample();
  bytes[EI_CLASS] = ELFCLASS32;
  EXPECT_EQ(reason_of(bytes), "the library is for another machine");
  bytes = sample();
  bytes[offsetof(Elf64_Ehdr, e_machine)] = EM_S390;
  EXPECT_EQ(reason_of(bytes), "the library is for another machine");
  bytes = sample();
  bytes[offsetof(Elf64_Ehdr, e_type)] = ET_REL;
  EXPECT_EQ(reason_of(bytes), "the file is no shared library");
}

TEST(ElfNote, RefusesEveryTruncation) {
  const auto whole = sample();
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 41)
    EXPECT_NE(reason_of({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)}), "none") << size;
}

TEST(ElfNote, RefusesAnExecutableStack) {
  auto bytes = sample();
  change_segment(bytes, PT_GNU_STACK, [](Elf64_Phdr& segment, auto&) { segment.p_flags |= PF_X; });
  EXPECT_EQ(reason_of(bytes), "the library asks for an executable stack");
  bytes = sample();
  change_segment(bytes, PT_GNU_STACK, [](Elf64_Phdr& segment, auto&) { segment.p_type = PT_NULL; });
  EXPECT_EQ(reason_of(bytes), "the library asks for an executable stack");
}

TEST(ElfNote, RefusesASearchPathOfItsOwnAndTextRelocations) {
  for (const auto& [tag, reason] :
       {std::pair{DT_RPATH, "the library brings its own search path (RPATH or RUNPATH)"},
        std::pair{DT_RUNPATH, "the library brings its own search path (RPATH or RUNPATH)"},
        std::pair{DT_TEXTREL, "the library has text relocations"}}) {
    auto bytes = sample();
    change_segment(bytes, PT_DYNAMIC, [&, wanted = tag](const Elf64_Phdr& segment, auto& all) {
      Elf64_Dyn entry{};
      entry.d_tag = wanted;
      std::memcpy(all.data() + segment.p_offset, &entry, sizeof entry);
    });
    EXPECT_EQ(reason_of(bytes), reason);
  }
}

TEST(ElfNote, SurvivesAnyFlippedOctetOfTheHeaders) {
  auto bytes = sample();
  for (std::size_t at = 0; at < 1024; ++at) {
    bytes[at] ^= 0xFF;
    const auto note = read_note(bytes);  // any verdict is fine; reading outside the file is not
    EXPECT_TRUE(!note || !note->id.empty());
    bytes[at] ^= 0xFF;
  }
}

TEST(Inspection, ShowsNoteManifestAndDigest) {
  const auto inspected = inspect(casebridge::tests::in_build("plugins/sample"));
  ASSERT_TRUE(inspected) << inspected.error().detail;
  EXPECT_EQ(inspected->manifest.id, inspected->note.id);
  EXPECT_EQ(inspected->sha256.size(), 64U);
  EXPECT_EQ(inspected->manifest.concurrency_max, 4);
}

TEST(Inspection, NamesTheReasonWhenThereIsNothingToSee) {
  const auto missing = inspect("/nowhere/sample");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().detail.find("manifest.yaml"), std::string::npos);
}

}  // namespace
}  // namespace casebridge::switchboard
