// Record: an element of an answer, read member by member; what is not as the interface says goes to the
// Reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/known.hpp"
#include "core/model/date.hpp"
#include "core/model/money.hpp"
#include "core/model/vocabulary.hpp"
#include "plugins/kansas_quick/wire_values.hpp"
#include "plugins/sdk/reading.hpp"
#include "plugins/sdk/xml.hpp"

namespace casebridge::kansas_quick {

using sdk::Reading;

// Blanks around values do not count. A member that may stand once may be repeated as long as it says the
// same; two that differ are a breach: no choice is made.
class Record {
 public:
  Record(sdk::XmlElement element, Reading& reading) : element_(element), reading_(&reading) {}

  explicit operator bool() const { return static_cast<bool>(element_); }
  std::vector<Record> list(WireName member) const;
  // The one child of that name; an empty record when there is none.
  Record part(WireName member) const { return {one(member), *reading_}; }

  // Attributes, which have no namespace.
  Known<std::string> mark(std::string_view name) const;
  bool flag_mark(std::string_view name) const;  // missing: false
  Known<model::Date> date_mark(std::string_view name) const;

  // Child elements. Missing is absent; empty is not provided.
  std::string text(WireName member) const;  // required, not empty
  Known<std::string> maybe_text(WireName member) const;
  Known<model::Money> amount(WireName member) const;
  model::Money required_amount(WireName member) const;
  // What stands for "none", nothing, and no element: absent.
  Known<model::Date> date(WireName member) const;
  model::Date required_date(WireName member) const;

  template <class Enum>
  model::Coded<Enum> code(const std::string& wire, model::Coded<Enum> (*meaning)(const std::string&)) const {
    auto made = meaning(wire);
    if (made.value == Enum::unknown && !made.raw.empty()) reading_->unknown_code();
    return made;
  }

  void breach(std::string_view member) const;
  Reading& reading() const { return *reading_; }

 private:
  sdk::XmlElement one(WireName member) const;
  Known<model::Date> read_date(const std::string& text, std::string_view member) const;

  sdk::XmlElement element_;
  Reading* reading_;
};

}  // namespace casebridge::kansas_quick
