// A small reader of ELF64: every offset and size is checked against the file before it is used.
#include "core/switchboard/elf_note.hpp"

#include <elf.h>

#include <cstring>
#include <optional>
#include <string_view>

#include "core/base/text.hpp"
#include "core/switchboard/refused_plugin.hpp"
#include "plugins/abi/casebridge_adapter_v1.h"

namespace casebridge::switchboard {
namespace {

constexpr std::uint64_t entries_max = 100'000;

class ElfReader {
 public:
  explicit ElfReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  // A struct at an offset; nullopt past the end.
  template <class T>
  std::optional<T> at(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }
  std::optional<std::string_view> range(std::uint64_t offset, std::uint64_t size) const {
    if (offset > bytes_.size() || bytes_.size() - offset < size) return std::nullopt;
    return std::string_view{reinterpret_cast<const char*>(bytes_.data()) + offset, size};
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

Result<Elf64_Ehdr> read_header(const ElfReader& elf) {
  const auto header = elf.at<Elf64_Ehdr>(0);
  if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
    return refused_plugin("the library is not an ELF file");
#if defined(__x86_64__)
  constexpr Elf64_Half machine = EM_X86_64;
#elif defined(__aarch64__)
  constexpr Elf64_Half machine = EM_AARCH64;
#else
#error "add the ELF machine number"
#endif
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
      header->e_machine != machine)
    return refused_plugin("the library is for another machine");
  if (header->e_type != ET_DYN) return refused_plugin("the file is no shared library");
  if (!elf.range(header->e_shoff, std::uint64_t{header->e_shnum} * sizeof(Elf64_Shdr)))
    return refused_plugin("the library is truncated");
  if (header->e_phentsize != sizeof(Elf64_Phdr) || header->e_shentsize != sizeof(Elf64_Shdr))
    return refused_plugin("the library's header is damaged");
  return *header;
}

Result<void> check_dynamic(const ElfReader& elf, const Elf64_Phdr& segment) {
  const std::uint64_t count = segment.p_filesz / sizeof(Elf64_Dyn);
  if (count > entries_max) return refused_plugin("the library's dynamic section is damaged");
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto entry = elf.at<Elf64_Dyn>(segment.p_offset + i * sizeof(Elf64_Dyn));
    if (!entry) return refused_plugin("the library is truncated");
    if (entry->d_tag == DT_NULL) return {};
    if (entry->d_tag == DT_RPATH || entry->d_tag == DT_RUNPATH)
      return refused_plugin("the library brings its own search path (RPATH or RUNPATH)");
    const bool text = entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0;
    if (text || entry->d_tag == DT_TEXTREL) return refused_plugin("the library has text relocations");
  }
  return {};
}

// Segments must lie inside the file: a truncated library would otherwise end the process with SIGBUS when
// mapped.
Result<void> check_segments(const ElfReader& elf, const Elf64_Ehdr& header) {
  bool stack_said = false;
  for (std::uint64_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = elf.at<Elf64_Phdr>(header.e_phoff + i * sizeof(Elf64_Phdr));
    if (!segment || !elf.range(segment->p_offset, segment->p_filesz))
      return refused_plugin("the library is truncated");
    if (segment->p_type == PT_DYNAMIC) CASEBRIDGE_CHECK(check_dynamic(elf, *segment));
    if (segment->p_type != PT_GNU_STACK) continue;
    stack_said = true;
    if ((segment->p_flags & PF_X) != 0) return refused_plugin("the library asks for an executable stack");
  }
  // Without a word about the stack, the kernel would make it executable.
  if (!stack_said) return refused_plugin("the library asks for an executable stack");
  return {};
}

Result<std::string_view> find_note(const ElfReader& elf, const Elf64_Ehdr& header) {
  const auto names =
      elf.at<Elf64_Shdr>(header.e_shoff + std::uint64_t{header.e_shstrndx} * sizeof(Elf64_Shdr));
  const auto text = names ? elf.range(names->sh_offset, names->sh_size) : std::nullopt;
  if (!text) return refused_plugin("the library is truncated");
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    const auto section = elf.at<Elf64_Shdr>(header.e_shoff + i * sizeof(Elf64_Shdr));
    if (!section) return refused_plugin("the library is truncated");
    if (section->sh_name >= text->size()) continue;
    const auto rest = text->substr(section->sh_name);
    if (rest.substr(0, rest.find('\0')) != CASEBRIDGE_NOTE_SECTION) continue;
    const auto note = elf.range(section->sh_offset, section->sh_size);
    if (!note || note->size() > CASEBRIDGE_NOTE_SIZE_MAX)
      return refused_plugin("the adapter note is damaged");
    return *note;
  }
  return refused_plugin("the library has no note .note.casebridge: it is not an adapter");
}

// Name and text are each padded to four octets (System V ABI, note section).
Result<std::string_view> text_of(std::string_view note) {
  const ElfReader reader{{reinterpret_cast<const std::uint8_t*>(note.data()), note.size()}};
  const auto header = reader.at<Elf64_Nhdr>(0);
  constexpr std::string_view name{CASEBRIDGE_NOTE_NAME, sizeof(CASEBRIDGE_NOTE_NAME)};
  if (!header || header->n_namesz != name.size() || header->n_type != CASEBRIDGE_NOTE_TYPE ||
      reader.range(sizeof(Elf64_Nhdr), name.size()) != name)
    return refused_plugin("the adapter note is damaged");
  const auto text = reader.range(sizeof(Elf64_Nhdr) + (name.size() + 3) / 4 * 4, header->n_descsz);
  if (!text) return refused_plugin("the adapter note is damaged");
  return text->substr(0, text->find('\0'));
}

Result<AdapterNote> parse_note(std::string_view text) {
  AdapterNote note;
  const auto number = [](std::string_view value) -> std::optional<std::uint32_t> {
    const auto parsed = text::all_digits(value) && value.size() < 6 ? text::parse_int(value) : std::nullopt;
    return parsed ? std::optional(static_cast<std::uint32_t>(*parsed)) : std::nullopt;
  };
  for (const std::string& line : text::split(text, '\n')) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string_view key = std::string_view(line).substr(0, equals);
    const std::string value = line.substr(equals + 1);
    std::uint32_t* field = key == "abi_major"       ? &note.abi_major
                           : key == "abi_minor_min" ? &note.abi_minor_min
                           : key == "abi_minor_max" ? &note.abi_minor_max
                           : key == "model_major"   ? &note.model_major
                                                    : nullptr;
    if (field != nullptr) {
      const auto parsed = number(value);
      if (!parsed) return refused_plugin("the adapter note has a wrong number");
      *field = *parsed;
    }
    if (key == "id") note.id = value;
    if (key == "version") note.version = value;
    if (key == "compiler") note.compiler = value;
  }
  if (note.abi_major == 0 || note.id.empty() || note.version.empty())
    return refused_plugin("the adapter note is incomplete");
  return note;
}

}  // namespace

Result<AdapterNote> read_note(std::span<const std::uint8_t> library) {
  const ElfReader elf{library};
  CASEBRIDGE_TRY(const Elf64_Ehdr header, read_header(elf));
  CASEBRIDGE_CHECK(check_segments(elf, header));
  CASEBRIDGE_TRY(const std::string_view section, find_note(elf, header));
  CASEBRIDGE_TRY(const std::string_view text, text_of(section));
  return parse_note(text);
}

}  // namespace casebridge::switchboard
