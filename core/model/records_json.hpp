// The records of one dataset inside a larger JSON text. For the codecs of this room.
#pragma once

#include "core/model/dataset.hpp"
#include "core/model/json_document.hpp"
#include "core/model/json_writer.hpp"

namespace casebridge::model {

class ReadState;

void write_records(JsonWriter& out, const Records& records);
// From an array; meaningful only while `state` is ok.
Records read_records(Dataset dataset, const JsonNode& array, ReadState& state);

}  // namespace casebridge::model
