// Length by the counters first, then every octet of every field by its form.
#include "plugins/ohio_csenet/transaction.hpp"

#include <array>
#include <cassert>

#include "core/base/secret.hpp"
#include "core/base/text.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view version = "003";

struct Counter {
  BlockKind announces;
  Field field;
  char most;
};
constexpr std::array counters{Counter{BlockKind::case_data, header_field("Case-Data-Ind."), '1'},
                              Counter{BlockKind::ncp_id, header_field("NCP-Identification-Ind."), '1'},
                              Counter{BlockKind::ncp_locate, header_field("NCP-Locate-Data-Ind."), '1'},
                              Counter{BlockKind::participant, header_field("Participant-Data-Ind."), '9'},
                              Counter{BlockKind::order, header_field("Order-Data-Ind."), '9'},
                              Counter{BlockKind::collection, header_field("Collection-Data-Ind."), '9'},
                              Counter{BlockKind::information, header_field("Information-Ind."), '1'}};

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

bool is_plain_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" .,-'&/#@:()").find(c) != std::string_view::npos;
}

bool is_address_letter(char c) {
  return is_plain_letter(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '+';
}

template <class Allowed>
bool only(std::string_view text, Allowed allowed) {
  for (const char c : text)
    if (!allowed(c)) return false;
  return true;
}

bool is_date_field(const Field& field) {
  return field.form == 'N' && field.size() == 8 && field.name.find("Date") != std::string_view::npos;
}

bool is_ssn_field(const Field& field) { return field.name.find("SSN") != std::string_view::npos; }

bool has_its_form(const Field& field, std::string_view octets, AmountSign sign) {
  switch (field.form) {
    case 'A': return only(octets, is_plain_letter);
    case 'E': return only(octets, is_address_letter);
    case '$': return read_amount(octets, sign).has_value();
    default: break;
  }
  if (is_date_field(field)) return parse_wire_date(octets).has_value();
  return is_blank(octets) || text::all_digits(octets);
}

std::string_view name_of(BlockKind kind) {
  constexpr std::string_view names[] = {"header",      "case",  "ncp_id",     "ncp_locate",
                                        "participant", "order", "collection", "information"};
  static_assert(std::size(names) == block_kinds);
  return names[static_cast<std::size_t>(kind)];
}

// Of the GSTAI text amounts stand where the layout has free text, so their signs may be written there too.
sdk::Answer<Block> checked_block(BlockKind kind, std::string_view octets, AmountSign sign) {
  std::string kept(octets);
  bool had_ssn = false;
  for (const Field& field : layout_fields) {
    if (field.block != kind) continue;
    const std::string_view part = octets.substr(field.offset(), field.size());
    const bool overpunched = kind == BlockKind::information && sign == AmountSign::overpunch;
    const bool good = overpunched ? only(part, [](char c) { return is_plain_letter(c) || c == '}'; })
                                  : has_its_form(field, part, sign);
    if (!good) {
      wipe(kept);
      return sdk::drift(std::string(name_of(kind)) + "/" + std::string(field.name));
    }
    if (!is_ssn_field(field)) continue;
    had_ssn = had_ssn || (field.name == "SSN" && !is_blank(part));
    kept.replace(field.offset(), field.size(), field.size(), ' ');
  }
  return Block(kind, std::move(kept), sign, had_ssn);
}

// The kinds of the blocks after the header, one entry for each; drift when a counter is none.
sdk::Answer<std::vector<BlockKind>> announced(const Block& header) {
  std::vector<BlockKind> kinds;
  for (const Counter& counter : counters) {
    const char count = header.code(counter.field);
    if (count < '0' || count > counter.most) return sdk::drift("header/" + std::string(counter.field.name));
    kinds.insert(kinds.end(), static_cast<std::size_t>(count - '0'), counter.announces);
  }
  return kinds;
}

}  // namespace

std::string_view Block::raw(const Field& field) const {
  assert(field.block == kind_);
  return std::string_view(octets_).substr(field.offset(), field.size());
}

std::string Block::text(const Field& field) const { return std::string(text::trim(raw(field))); }

Known<std::string> Block::maybe_text(const Field& field) const {
  std::string found = text(field);
  return found.empty() ? Known<std::string>(Missing::not_provided) : Known<std::string>(std::move(found));
}

Known<model::Date> Block::date(const Field& field) const {
  return parse_wire_date(raw(field)).value_or(Missing::not_provided);
}

Known<model::Money> Block::amount(const Field& field) const {
  return read_amount(raw(field), sign_).value_or(Missing::not_provided);
}

sdk::Answer<Transaction> Transaction::parse(std::string_view line, AmountSign sign) {
  if (line.size() < size_of(BlockKind::header)) return sdk::drift("line length");
  Transaction made;
  SDK_TRY(Block header, checked_block(BlockKind::header, line.substr(0, size_of(BlockKind::header)), sign));
  SDK_TRY(const auto kinds, announced(header));
  made.blocks_.push_back(std::move(header));
  if (made.header().raw(header_field("CSENet-Version-Number")) != version)
    return sdk::drift("header/CSENet-Version-Number");
  if (!made.date()) return sdk::drift("header/Transaction-Date");
  std::size_t expected = size_of(BlockKind::header);
  for (const BlockKind kind : kinds) expected += size_of(kind);
  if (line.size() != expected) return sdk::drift("line length");
  std::size_t at = size_of(BlockKind::header);
  for (const BlockKind kind : kinds) {
    SDK_TRY(Block block, checked_block(kind, line.substr(at, size_of(kind)), sign));
    made.blocks_.push_back(std::move(block));
    at += size_of(kind);
  }
  return made;
}

bool Transaction::is(std::string_view function, std::string_view action, std::string_view reason) const {
  return this->function() == function && this->action() == action && this->reason() == reason;
}

const Block* Transaction::first(BlockKind kind) const {
  for (const Block& block : blocks_)
    if (block.kind() == kind) return &block;
  return nullptr;
}

std::vector<const Block*> Transaction::all(BlockKind kind) const {
  std::vector<const Block*> found;
  for (const Block& block : blocks_)
    if (block.kind() == kind) found.push_back(&block);
  return found;
}

std::string_view Transaction::information(int line) const {
  constexpr std::array lines{
      information_field("Information-Text-Line-1"), information_field("Information-Text-Line-2"),
      information_field("Information-Text-Line-3"), information_field("Information-Text-Line-4"),
      information_field("Information-Text-Line-5")};
  const Block* const block = first(BlockKind::information);
  return block == nullptr ? std::string_view() : block->raw(lines.at(static_cast<std::size_t>(line - 1)));
}

}  // namespace casebridge::ohio_csenet
