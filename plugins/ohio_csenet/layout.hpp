// The layout of a CSENet 2000 transaction as data: every field of the eight blocks, checked by the compiler.
#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <span>
#include <string_view>

namespace casebridge::ohio_csenet {

// In the order in which a line has them.
enum class BlockKind { header, case_data, ncp_id, ncp_locate, participant, order, collection, information };
inline constexpr std::size_t block_kinds = 8;

struct Field {
  BlockKind block;
  std::string_view name;    // as in the federal record layout
  std::size_t first, last;  // positions from 1
  char form;                // A text, N digits, $ amount, E text of an internet address

  constexpr std::size_t offset() const { return first - 1; }
  constexpr std::size_t size() const { return last - first + 1; }
};

// Made from layout.csv while building.
inline constexpr Field layout_fields[] = {
#include <layout_rows.inc>
};

inline constexpr auto fields_by_block = [] {
  std::array<std::span<const Field>, block_kinds> made{};
  std::size_t begin = 0;
  for (std::size_t end = 1; end <= std::size(layout_fields); ++end) {
    const auto block = static_cast<std::size_t>(layout_fields[begin].block);
    if (end < std::size(layout_fields) && layout_fields[end].block == layout_fields[begin].block) continue;
    made[block] = std::span(layout_fields).subspan(begin, end - begin);
    begin = end;
  }
  return made;
}();

// In the table the fields of a block stand together, in order.
constexpr std::span<const Field> fields_of(BlockKind kind) {
  return fields_by_block[static_cast<std::size_t>(kind)];
}
constexpr std::size_t size_of(BlockKind kind) { return fields_of(kind).back().last; }

// Each field begins where the one before it in the table ends, and no name is there twice.
constexpr bool is_seamless(BlockKind kind) {
  std::size_t end = 0;
  for (const Field& field : fields_of(kind)) {
    if (field.first != end + 1 || field.last < field.first) return false;
    end = field.last;
    for (const Field& other : fields_of(kind))
      if (other.first > field.first && other.name == field.name) return false;
  }
  return true;
}

constexpr bool forms_are_known() {
  for (const Field& field : layout_fields)
    if (std::string_view("AN$E").find(field.form) == std::string_view::npos ||
        (field.form == '$' && field.size() != 12))
      return false;
  return true;
}

static_assert(size_of(BlockKind::header) == 121 && is_seamless(BlockKind::header));
static_assert(size_of(BlockKind::case_data) == 351 && is_seamless(BlockKind::case_data));
static_assert(size_of(BlockKind::ncp_id) == 181 && is_seamless(BlockKind::ncp_id));
static_assert(size_of(BlockKind::ncp_locate) == 1421 && is_seamless(BlockKind::ncp_locate));
static_assert(size_of(BlockKind::participant) == 341 && is_seamless(BlockKind::participant));
static_assert(size_of(BlockKind::order) == 254 && is_seamless(BlockKind::order));
static_assert(size_of(BlockKind::collection) == 70 && is_seamless(BlockKind::collection));
static_assert(size_of(BlockKind::information) == 416 && is_seamless(BlockKind::information));
static_assert(forms_are_known(), "a form is unknown, or an amount has not 12 places");

constexpr bool each_block_stands_once() {
  std::size_t fields = 0;
  for (const auto& block : fields_by_block) fields += block.size();
  return fields == std::size(layout_fields);
}
static_assert(each_block_stands_once(), "the fields of a block do not stand together");

// clang 14 loses what an immediate function returns once it is bound to a reference.
#if defined(__clang__) && __clang_major__ < 17
#define CASEBRIDGE_IMMEDIATE constexpr
#else
#define CASEBRIDGE_IMMEDIATE consteval
#endif

// A field by its name; a name that the block does not have does not compile.
CASEBRIDGE_IMMEDIATE Field field_of(BlockKind kind, std::string_view name) {
  for (const Field& field : fields_of(kind))
    if (field.name == name) return field;
  throw "no such field in this block";
}
CASEBRIDGE_IMMEDIATE Field header_field(std::string_view name) { return field_of(BlockKind::header, name); }
CASEBRIDGE_IMMEDIATE Field case_field(std::string_view name) { return field_of(BlockKind::case_data, name); }
CASEBRIDGE_IMMEDIATE Field ncp_field(std::string_view name) { return field_of(BlockKind::ncp_id, name); }
CASEBRIDGE_IMMEDIATE Field locate_field(std::string_view name) {
  return field_of(BlockKind::ncp_locate, name);
}
CASEBRIDGE_IMMEDIATE Field participant_field(std::string_view name) {
  return field_of(BlockKind::participant, name);
}
CASEBRIDGE_IMMEDIATE Field order_field(std::string_view name) { return field_of(BlockKind::order, name); }
CASEBRIDGE_IMMEDIATE Field collection_field(std::string_view name) {
  return field_of(BlockKind::collection, name);
}
CASEBRIDGE_IMMEDIATE Field information_field(std::string_view name) {
  return field_of(BlockKind::information, name);
}

#undef CASEBRIDGE_IMMEDIATE

}  // namespace casebridge::ohio_csenet
