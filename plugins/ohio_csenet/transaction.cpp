// Length by the counters first, then every octet of every field by its form.
#include "plugins/ohio_csenet/transaction.hpp"

#include <algorithm>
#include <cstring>

#include "core/base/text.hpp"
#include "plugins/ohio_csenet/wire_dates.hpp"

namespace casebridge::ohio_csenet {
namespace {

constexpr std::string_view version = "003";
constexpr std::size_t step = 8;  // octets that are compared at once

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

using Alphabet = std::array<bool, 256>;

consteval Alphabet alphabet(std::string_view marks, bool small_letters) {
  Alphabet made{};
  for (char c = 'A'; c <= 'Z'; ++c) made[static_cast<unsigned char>(c)] = true;
  for (char c = '0'; c <= '9'; ++c) made[static_cast<unsigned char>(c)] = true;
  for (char c = 'a'; small_letters && c <= 'z'; ++c) made[static_cast<unsigned char>(c)] = true;
  for (const char c : marks) made[static_cast<unsigned char>(c)] = true;
  return made;
}
constexpr Alphabet plain_letters = alphabet(" .,-'&/#@:()", false);
constexpr Alphabet address_letters = alphabet(" .,-'&/#@:()_+", true);
constexpr Alphabet overpunched_letters = alphabet(" .,-'&/#@:()}", false);

// A size that is known makes this one comparison.
bool are_eight_blanks(const char* octets) { return std::memcmp(octets, "        ", step) == 0; }

// Of an alphabet that has the blank. Most of a line is blank, so eight octets are first taken for that.
bool only(std::string_view text, const Alphabet& allowed) {
  bool all = true;
  const auto check = [&](const char* octets, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) all &= allowed[static_cast<unsigned char>(octets[i])];
  };
  for (; text.size() >= step; text.remove_prefix(step))
    if (!are_eight_blanks(text.data())) check(text.data(), step);
  check(text.data(), text.size());
  return all;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

enum class Form { text, code, address, amount, date, digits };

// A letter that stands right behind an amount. Where amounts carry their sign in their last place, the two
// could change places and still be a digit and a letter; but no such code is a digit.
constexpr bool is_code(std::string_view name) {
  return name == "Payment-Source" || name == "Medical-Ordered";
}

// What the layout's letters and names mean for the check of a field.
constexpr Form form_of(const Field& field) {
  if (field.form == 'A') return is_code(field.name) ? Form::code : Form::text;
  if (field.form == 'E') return Form::address;
  if (field.form == '$') return Form::amount;
  const bool is_date = field.size() == 8 && field.name.find("Date") != std::string_view::npos;
  return is_date ? Form::date : Form::digits;
}

bool has_form(Form form, std::string_view octets, AmountSign sign) {
  switch (form) {
    case Form::text: return only(octets, plain_letters);
    case Form::code: return only(octets, plain_letters) && !text::all_digits(octets);
    case Form::address: return only(octets, address_letters);
    case Form::amount: return is_amount(octets, sign);
    case Form::date: return is_wire_date(octets);
    case Form::digits: break;
  }
  return octets.front() == ' ' ? is_blank(octets) : text::all_digits(octets);
}

// Fields of the same block that are checked together: texts that stand side by side, or one other field.
struct Stretch {
  Form form = Form::text;
  std::size_t offset = 0, size = 0;
};

constexpr std::size_t stretches_of_block_max = 128;
struct Stretches {
  std::array<Stretch, stretches_of_block_max> all{};
  std::size_t count = 0;
};

constexpr Stretches stretches_of(BlockKind kind) {
  Stretches made;
  for (const Field& field : fields_of(kind)) {
    const Form form = form_of(field);
    const bool joins = made.count > 0 && form == Form::text && made.all[made.count - 1].form == form;
    if (joins)
      made.all[made.count - 1].size += field.size();
    else
      made.all[made.count++] = {form, field.offset(), field.size()};
  }
  return made;
}

constexpr auto stretches = [] {
  std::array<Stretches, block_kinds> made{};
  for (std::size_t i = 0; i < block_kinds; ++i) made[i] = stretches_of(static_cast<BlockKind>(i));
  return made;
}();

// Of the GSTAI text amounts stand where the layout has free text, so their signs may be written there too.
bool all_have_their_forms(BlockKind kind, std::string_view octets, AmountSign sign) {
  if (kind == BlockKind::information && sign == AmountSign::overpunch)
    return only(octets, overpunched_letters);
  const Stretches& parts = stretches[static_cast<std::size_t>(kind)];
  for (std::size_t i = 0; i < parts.count; ++i) {
    const Stretch& part = parts.all[i];
    if (!has_form(part.form, {octets.data() + part.offset, part.size}, sign)) return false;
  }
  return true;
}

std::string_view name_of(BlockKind kind) {
  constexpr std::string_view names[] = {"header",      "case",  "ncp_id",     "ncp_locate",
                                        "participant", "order", "collection", "information"};
  static_assert(std::size(names) == block_kinds);
  return names[static_cast<std::size_t>(kind)];
}

// Names the first field of a block that has not its form.
model::Refusal wrong_field(BlockKind kind, std::string_view octets, AmountSign sign) {
  const bool overpunched = kind == BlockKind::information && sign == AmountSign::overpunch;
  std::string where(name_of(kind));
  for (const Field& field : fields_of(kind)) {
    const std::string_view part = octets.substr(field.offset(), field.size());
    if (overpunched ? only(part, overpunched_letters) : has_form(form_of(field), part, sign)) continue;
    return sdk::drift(where.append("/").append(field.name));
  }
  return sdk::drift(where);
}

constexpr Field ssn_fields[] = {ncp_field("SSN"), ncp_field("Alias-SSN-1"), ncp_field("Alias-SSN-2"),
                                participant_field("SSN")};

constexpr bool are_all_ssn_fields() {
  std::size_t found = 0;
  for (const Field& field : layout_fields)
    if (field.name.find("SSN") != std::string_view::npos) ++found;
  return found == std::size(ssn_fields);
}
static_assert(are_all_ssn_fields(), "a number of a person would be kept");

// Whether one was there, which is all that is kept of it.
bool blank_ssn(BlockKind kind, char* block) {
  bool had_one = false;
  for (const Field& field : ssn_fields) {
    if (field.block != kind) continue;
    char* const begin = block + field.offset();
    had_one = had_one || (field.name == "SSN" && !is_blank({begin, field.size()}));
    std::fill_n(begin, field.size(), ' ');
  }
  return had_one;
}

using Counts = std::array<std::uint8_t, block_kinds>;

// How many blocks of each kind there are, the header included; drift when the header is none of this layout.
sdk::Answer<Counts> announced(std::string_view header, AmountSign sign) {
  if (!all_have_their_forms(BlockKind::header, header, sign))
    return wrong_field(BlockKind::header, header, sign);
  const auto of = [&](const Field& field) { return header.substr(field.offset(), field.size()); };
  Counts counts{1};
  for (const Counter& counter : counters) {
    const char count = of(counter.field).front();
    if (count < '0' || count > counter.most) return sdk::drift("header/" + std::string(counter.field.name));
    counts[static_cast<std::size_t>(counter.announces)] = static_cast<std::uint8_t>(count - '0');
  }
  if (of(header_field("CSENet-Version-Number")) != version) return sdk::drift("header/CSENet-Version-Number");
  const auto day = parse_wire_date(of(header_field("Transaction-Date")));
  if (!day || !day->known()) return sdk::drift("header/Transaction-Date");
  return counts;
}

}  // namespace

std::string_view trimmed(std::string_view field) {
  while (field.size() >= step && are_eight_blanks(field.data() + field.size() - step))
    field.remove_suffix(step);
  while (field.ends_with(' ')) field.remove_suffix(1);
  while (field.starts_with(' ')) field.remove_prefix(1);
  return field;
}

Known<std::string> Block::maybe_text(const Field& field) const {
  const std::string_view found = word(field);
  return found.empty() ? Known<std::string>(Missing::not_provided) : Known<std::string>(std::string(found));
}

Known<model::Date> Block::date(const Field& field) const {
  return parse_wire_date(raw(field)).value_or(Missing::not_provided);
}

Known<model::Money> Block::amount(const Field& field) const {
  return read_amount(raw(field), sign_).value_or(Missing::not_provided);
}

sdk::Answer<Transaction> Transaction::parse(const std::shared_ptr<std::string>& octets, std::size_t from,
                                            std::size_t size, AmountSign sign) {
  constexpr std::size_t header_size = size_of(BlockKind::header);
  const std::string_view line = std::string_view(*octets).substr(from, size);
  if (line.size() < header_size) return sdk::drift("line length");
  SDK_TRY(const Counts counts, announced(line.substr(0, header_size), sign));
  Transaction made;
  std::size_t expected = 0;
  for (std::size_t kind = 0; kind < block_kinds; ++kind) {
    expected += counts[kind] * size_of(static_cast<BlockKind>(kind));
    made.begins_[kind + 1] = static_cast<std::uint8_t>(made.begins_[kind] + counts[kind]);
  }
  if (line.size() != expected) return sdk::drift("line length");
  made.blocks_.reserve(made.begins_.back());
  std::size_t at = 0;
  for (std::size_t i = 0; i < block_kinds; ++i) {
    const auto kind = static_cast<BlockKind>(i);
    for (int count = counts[i]; count > 0; --count, at += size_of(kind)) {
      const std::string_view block = line.substr(at, size_of(kind));
      if (kind != BlockKind::header && !all_have_their_forms(kind, block, sign))
        return wrong_field(kind, block, sign);
      char* const begin = octets->data() + from + at;
      made.blocks_.emplace_back(kind, begin, sign, blank_ssn(kind, begin));
    }
  }
  made.octets_ = octets;
  return made;
}

sdk::Answer<Transaction> Transaction::parse(std::string_view line, AmountSign sign) {
  return parse(std::make_shared<std::string>(line), 0, line.size(), sign);
}

bool Transaction::is(std::string_view function, std::string_view action, std::string_view reason) const {
  return this->function() == function && this->action() == action && this->reason() == reason;
}

const Block* Transaction::first(BlockKind kind) const {
  const auto found = all(kind);
  return found.empty() ? nullptr : found.data();
}

std::span<const Block> Transaction::all(BlockKind kind) const {
  const auto at = static_cast<std::size_t>(kind);
  return std::span(blocks_).subspan(begins_[at], begins_[at + 1] - begins_[at]);
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
