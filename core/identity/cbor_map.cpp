// The form is checked before libcbor sees the octets: it makes room for as many items as a head announces.
#include "core/identity/cbor_map.hpp"

#include <cbor.h>

#include <limits>
#include <memory>

namespace casebridge::identity {
namespace {

constexpr int cbor_depth_max = 4;
constexpr std::size_t cbor_bytes_max = 8 * 1024;

struct CborHead {
  unsigned major = 0;
  std::uint64_t value = 0;
  std::size_t size = 1;
};

std::optional<CborHead> cbor_head_of(std::string_view octets) {
  if (octets.empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(octets.front());
  CborHead head{static_cast<unsigned>(first) >> 5U, first & 0x1FU};
  if (head.value < 24) return head;
  if (head.value > 27) return std::nullopt;
  const std::size_t more = std::size_t{1} << (head.value - 24);
  if (octets.size() < 1 + more) return std::nullopt;
  head = {head.major, 0, 1 + more};
  for (const char c : octets.substr(1, more)) head.value = head.value << 8U | static_cast<unsigned char>(c);
  return head;
}

std::optional<std::size_t> cbor_size_at(std::string_view octets, int depth) {
  const auto head = cbor_head_of(octets);
  if (!head || depth > cbor_depth_max) return std::nullopt;
  if (head->major == 0 || head->major == 1 || head->major == 7) return head->size;
  // Each item has an octet at least, so this bounds both lengths and counts.
  if (head->major == 6 || head->value > octets.size() - head->size) return std::nullopt;
  const auto announced = static_cast<std::size_t>(head->value);
  if (head->major == 2 || head->major == 3) return head->size + announced;
  std::size_t size = head->size;
  for (std::size_t left = announced * (head->major == 5 ? 2 : 1); left > 0; --left) {
    const auto inner = cbor_size_at(octets.substr(size), depth + 1);
    if (!inner) return std::nullopt;
    size += *inner;
  }
  return size;
}

std::optional<std::int64_t> cbor_integer_of(const cbor_item_t* item) {
  if (!cbor_isa_uint(item) && !cbor_isa_negint(item)) return std::nullopt;
  const std::uint64_t magnitude = cbor_get_int(item);
  if (magnitude > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  const auto number = static_cast<std::int64_t>(magnitude);
  return cbor_isa_uint(item) ? number : -1 - number;
}

std::string cbor_text_of(const cbor_item_t* item) {
  return {reinterpret_cast<const char*>(cbor_string_handle(item)), cbor_string_length(item)};
}

std::optional<CborKey> cbor_key_of(const cbor_item_t* item) {
  if (cbor_isa_string(item)) return cbor_text_of(item);
  const auto number = cbor_integer_of(item);
  if (!number) return std::nullopt;
  return *number;
}

CborValue cbor_value_of(const cbor_item_t* item) {
  using Kind = CborValue::Kind;
  if (const auto number = cbor_integer_of(item)) return {Kind::integer, *number};
  if (cbor_isa_string(item)) return {Kind::text, 0, cbor_text_of(item)};
  if (cbor_isa_bytestring(item))
    return {Kind::octets,
            0,
            {reinterpret_cast<const char*>(cbor_bytestring_handle(item)), cbor_bytestring_length(item)}};
  if (cbor_isa_map(item)) return {Kind::map, 0, {}, cbor_map_size(item)};
  return {};
}

struct ReleaseCbor {
  void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};

}  // namespace

std::optional<std::size_t> cbor_item_size(std::string_view octets) { return cbor_size_at(octets, 0); }

std::optional<CborMap> read_cbor_map(std::string_view octets) {
  if (octets.size() > cbor_bytes_max || cbor_item_size(octets) != octets.size()) return std::nullopt;
  cbor_load_result outcome{};
  const std::unique_ptr<cbor_item_t, ReleaseCbor> item(
      cbor_load(reinterpret_cast<cbor_data>(octets.data()), octets.size(), &outcome));
  if (!item || outcome.read != octets.size() || !cbor_isa_map(item.get())) return std::nullopt;
  CborMap map;
  const cbor_pair* pairs = cbor_map_handle(item.get());
  for (std::size_t i = 0; i < cbor_map_size(item.get()); ++i) {
    const auto key = cbor_key_of(pairs[i].key);
    if (!key || !map.emplace(*key, cbor_value_of(pairs[i].value)).second) return std::nullopt;
  }
  return map;
}

const CborValue* find_in(const CborMap& map, const CborKey& key, CborValue::Kind kind) {
  const auto found = map.find(key);
  return found != map.end() && found->second.kind == kind ? &found->second : nullptr;
}

}  // namespace casebridge::identity
