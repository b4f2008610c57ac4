// How values are spelled in the database.
#include "core/storage/value.hpp"

#include <limits>

#include "core/base/text.hpp"

namespace casebridge::storage {

Value to_value(std::string text) { return Value{Kind::text, false, std::move(text)}; }

Value to_value(std::int64_t number) { return Value{Kind::number, false, {}, number}; }

Value to_value(model::Assurance assurance) {
  switch (assurance) {
    case model::Assurance::none: return to_value("none");
    case model::Assurance::password: return to_value("password");
    case model::Assurance::two_factor: return to_value("two_factor");
  }
  return to_value("none");
}

std::optional<Trouble> Values::refusal() const {
  for (const auto& [name, value] : items_) {
    if (value.text.find('\0') != std::string::npos || !text::is_utf8(value.text)) {
      return field_trouble(name, "has a character that cannot be stored");
    }
  }
  return std::nullopt;
}

void Row::read(int& to) {
  const long long number = next().number;
  if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) {
    unreadable_ = true;
    return;
  }
  to = static_cast<int>(number);
}

void Row::read(model::Assurance& to) {
  const std::string& name = next().text;
  if (name == "none") {
    to = model::Assurance::none;
  } else if (name == "password") {
    to = model::Assurance::password;
  } else if (name == "two_factor") {
    to = model::Assurance::two_factor;
  } else {
    unreadable_ = true;
  }
}

}  // namespace casebridge::storage
