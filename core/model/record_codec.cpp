// Records of a case as JSON and back.
#include "core/model/adapter_codec.hpp"
#include "core/model/member_reader.hpp"
#include "core/model/member_writer.hpp"
#include "core/model/record_members.hpp"
#include "core/model/records_json.hpp"

namespace casebridge::model {
namespace {

template <std::size_t Index = 0>
Records empty_records(std::size_t wanted) {
  if constexpr (Index + 1 < std::variant_size_v<Records>) {
    if (wanted != Index) return empty_records<Index + 1>(wanted);
  }
  return Records(std::in_place_index<Index>);
}

}  // namespace

Records no_records(Dataset dataset) { return empty_records(static_cast<std::size_t>(dataset)); }

void write_records(JsonWriter& out, const Records& records) {
  out.begin_array();
  std::visit(
      [&](const auto& list) {
        for (const auto& record : list) write_object(out, record);
      },
      records);
  out.end_array();
}

Records read_records(Dataset dataset, const JsonNode& array, ReadState& state) {
  Records records = no_records(dataset);
  std::visit([&](auto& list) { read_list(array, state, list); }, records);
  for (std::size_t i = 0; state.ok() && i < count_of(records); ++i) {
    if (!key_of(records, i).empty()) continue;
    state.enter(i);
    state.enter("key");
    state.fail("must not be empty");
  }
  return records;
}

std::string encode_record(const Records& records, std::size_t index) {
  return std::visit([index](const auto& list) { return object_text(list.at(index)); }, records);
}

std::string encode_obligation(const Obligation& obligation) { return object_text(obligation); }

Result<Obligation> decode_obligation(std::string_view json) { return read_object<Obligation>(json); }

Result<Records> decode_records(Dataset dataset, std::string_view json_array) {
  CASEBRIDGE_TRY(const JsonDocument document, JsonDocument::parse(json_array));
  ReadState state;
  Records records = read_records(dataset, document.root(), state);
  if (!state.ok()) return state.take();
  return records;
}

std::string_view key_of(const Records& records, std::size_t index) {
  return std::visit([index](const auto& list) { return std::string_view(list.at(index).key); }, records);
}

std::size_t count_of(const Records& records) {
  return std::visit([](const auto& list) { return list.size(); }, records);
}

}  // namespace casebridge::model
