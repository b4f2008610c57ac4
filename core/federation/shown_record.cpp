// The frame of a projected record: data first, then the public reasons.
#include "core/federation/shown_record.hpp"

namespace casebridge::federation {

ShownRecord::ShownRecord() : out_(sink_) {
  out_.begin_object();
  out_.name("data");
  out_.begin_object();
}

std::string ShownRecord::take() {
  out_.end_object();
  out_.name("missing");
  out_.begin_object();
  for (const auto& [member, reason] : missing_) {
    out_.name(member);
    out_.value(reason);
  }
  out_.end_object();
  out_.end_object();
  return sink_.take();
}

void ShownRecord::write(model::Money money) { write_money(out_, money); }

void write_money(model::JsonWriter& out, model::Money money) {
  out.begin_object();
  out.name("amount");
  out.value(money.text());
  out.name("currency");
  out.value("USD");
  out.end_object();
}

}  // namespace casebridge::federation
