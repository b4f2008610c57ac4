// CborMap: a small map in CBOR (RFC 8949) from somewhere outside, read strictly and copied out of the
// library.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace casebridge::identity {

struct CborValue {
  enum class Kind { integer, octets, text, map, other };
  Kind kind = Kind::other;
  std::int64_t integer = 0;
  std::string octets{};   // of octets and of a text
  std::size_t items = 0;  // of a map
};

using CborKey = std::variant<std::int64_t, std::string>;
using CborMap = std::map<CborKey, CborValue>;

// How many octets the first item has. nullopt: cut short, nested too deep, or in a form that CTAP2 forbids:
// tags, and lengths that are not told beforehand.
std::optional<std::size_t> cbor_item_size(std::string_view octets);
// nullopt unless the octets are one map and nothing more, with keys that are whole numbers or texts, each
// there once.
std::optional<CborMap> read_cbor_map(std::string_view octets);
// nullptr when there is no such member, or it is of another kind.
const CborValue* find_in(const CborMap& map, const CborKey& key, CborValue::Kind kind);

}  // namespace casebridge::identity
