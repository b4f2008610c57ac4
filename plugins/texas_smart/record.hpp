// Record: an element of an answer, read member by member; what is not as the interface says goes to the
// Reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.hpp"
#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"
#include "plugins/sdk/reading.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::texas_smart {

using sdk::Reading;

// Blanks around values do not count. A member that may stand once and stands twice is a breach: no choice is
// made.
class Record {
 public:
  Record(sdk::XmlElement element, Reading& reading) : element_(element), reading_(&reading) {}

  std::vector<Record> list(std::string_view member) const;

  // Attributes.
  std::string mark(std::string_view name) const;  // required, not empty
  Known<std::string> maybe_mark(std::string_view name) const;
  Known<model::Date> date_mark(std::string_view name) const;  // missing: absent
  bool flag_mark(std::string_view name) const;                // missing: false

  // Child elements. Missing is absent; empty or nil is not provided.
  std::string text(std::string_view member) const;  // required, not empty
  Known<std::string> maybe_text(std::string_view member) const;
  Known<model::Date> date(std::string_view member) const;
  model::Date required_date(std::string_view member) const;
  Instant instant(std::string_view member) const;      // required
  int count(std::string_view member) const;            // required, 0 to 999,999
  model::Money amount(std::string_view member) const;  // required and provided
  // The element's own content.
  Known<model::Money> own_amount() const;

  template <class Enum>
  model::Coded<Enum> code(const std::string& wire, model::Coded<Enum> (*meaning)(const std::string&)) const {
    auto made = meaning(wire);
    if (made.value == Enum::unknown) reading_->unknown_code();
    return made;
  }

  void breach(std::string_view member) const;
  Reading& reading() const { return *reading_; }

 private:
  // Empty when it is missing; a breach when it stands twice.
  sdk::XmlElement one(std::string_view member) const;
  Known<model::Date> read_date(const Known<std::string>& text, std::string_view member) const;

  sdk::XmlElement element_;
  Reading* reading_;
};

}  // namespace casebridge::texas_smart
