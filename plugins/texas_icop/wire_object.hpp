// WireObject: one object of an answer, read member by member; whatever does not follow the interface is a
// breach of its Reading.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/json_document.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"
#include "plugins/sdk/reading.hpp"

namespace casebridge::texas_icop {

using sdk::Reading;

// "3,800.00", 3800 and "3800.0" alike; nullopt for more than two decimals, exponents, and commas elsewhere.
std::optional<model::Money> parse_wire_amount(const model::JsonNode& node);

class WireObject {
 public:
  // `node` must be an object, else that is the breach and every member reads as missing.
  WireObject(const model::JsonNode& node, std::string path, Reading& reading);

  // Members that must be there. After a breach: an empty value.
  std::string text(std::string_view member) const;
  std::string key(std::string_view member) const;  // a text that is not empty
  model::Money amount(std::string_view member) const;
  bool flag(std::string_view member) const;
  std::int64_t count(std::string_view member) const;
  Instant instant(std::string_view member) const;
  std::string local_time(std::string_view member) const;
  std::vector<WireObject> list(std::string_view member) const;
  std::vector<std::string> texts(std::string_view member) const;
  // A code of a table of codes.hpp. One that the table does not have is kept as it came.
  template <class Enum>
  model::Coded<Enum> code(std::string_view member, model::Coded<Enum> (*meaning)(const std::string&)) const {
    return understood(meaning(key(member)));
  }

  // Members that may be null or missing: no value is shown.
  Known<std::string> maybe_text(std::string_view member) const;
  Known<model::Money> maybe_amount(std::string_view member) const;
  Known<std::string> maybe_local_time(std::string_view member) const;
  std::vector<WireObject> maybe_list(std::string_view member) const;
  std::vector<std::string> maybe_texts(std::string_view member) const;
  template <class Enum>
  Known<model::Coded<Enum>> maybe_code(std::string_view member,
                                       model::Coded<Enum> (*meaning)(const std::string&)) const {
    if (!find(member)) return Missing::not_provided;
    return Known<model::Coded<Enum>>(code(member, meaning));
  }
  // Every date may be missing, and then there is none: null, missing, "" and 00/00/0000 mean the same.
  Known<model::Date> date(std::string_view member) const;

  // nullopt when null or missing.
  std::optional<model::JsonNode> find(std::string_view member) const;
  void breach(std::string_view member) const;
  Reading& reading() const { return *reading_; }

 private:
  std::optional<model::JsonNode> find_kind(std::string_view member, model::JsonKind kind) const;
  template <class Enum>
  model::Coded<Enum> understood(model::Coded<Enum> coded) const {
    if (!coded.raw.empty()) reading_->unknown_code();
    return coded;
  }

  model::JsonNode node_;
  std::string path_;
  Reading* reading_;
};

}  // namespace casebridge::texas_icop
