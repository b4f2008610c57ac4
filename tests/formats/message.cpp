// Samples from their files, and payloads by the gateway's own codec.
#include "tests/formats/message.hpp"

#include <algorithm>
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

Told refused(model::Refusal refusal) { return {std::move(refusal), {}, {}}; }

std::vector<std::size_t> digits_between(std::string_view octets, std::string_view begin,
                                        std::string_view end) {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; (at = octets.find(begin, at)) != std::string_view::npos;) {
    at += begin.size();
    const std::size_t over = std::min(octets.find(end, at), octets.size());
    for (; at < over; ++at)
      if (octets[at] >= '0' && octets[at] <= '9') places.push_back(at);
  }
  return places;
}

std::vector<Format> all_formats() { return {icop(), smart(), connect(), csenet(), quick(), georgia()}; }

std::string sample(std::string_view name) {
  std::ifstream file(CASEBRIDGE_SAMPLES "/" + std::string(name), std::ios::binary);
  if (!file) throw std::runtime_error("there is no sample " + std::string(name));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string payload_of(const Told& told) { return model::encode(told.content) + told.aside; }

bool must_be_payload(const Told& told) {
  const auto again = model::decode_case_content(model::encode(told.content));
  if (again) return !told.refusal;
  std::fprintf(stderr, "a reader's records are no payload: %s\n", again.error().field.c_str());
  std::abort();
}

}  // namespace casebridge::formats
