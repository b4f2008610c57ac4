// Samples from their files, and payloads by the gateway's own codec.
#include "tests/formats/message.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "core/model/adapter_codec.hpp"

namespace casebridge::formats {

Told told(model::Dataset dataset, model::Records records) {
  Told made;
  made.content.datasets.push_back({dataset, model::DatasetContent{std::move(records), {}}});
  return made;
}

Told refused(model::Refusal refusal) { return {std::move(refusal), {}}; }

std::vector<Format> all_formats() { return {icop(), smart(), connect(), csenet(), quick()}; }

std::string sample(std::string_view name) {
  std::ifstream file(CASEBRIDGE_SAMPLES "/" + std::string(name), std::ios::binary);
  if (!file) throw std::runtime_error("there is no sample " + std::string(name));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string payload_of(const Told& told) { return model::encode(told.content); }

bool must_be_payload(const Told& told) {
  const auto again = model::decode_case_content(payload_of(told));
  if (again) return !told.refusal;
  std::fprintf(stderr, "a reader's records are no payload: %s\n", again.error().field.c_str());
  std::abort();
}

}  // namespace casebridge::formats
