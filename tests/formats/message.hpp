// Message: a whole answer of a state, and what the adapter's own reader makes of any octets in its place.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/adapter_messages.hpp"

namespace casebridge::formats {

// Records, or a typed error; both where one answer serves several datasets and some of them could be read.
struct Told {
  std::optional<model::Refusal> refusal{};
  model::CaseContent content{};
  std::string aside{};  // facts that are no records of a case, one a line
};
Told told(model::Dataset dataset, model::Records records);
Told refused(model::Refusal refusal);

struct Message {
  std::string name{};    // of its file in samples/, which is also how it is reported
  std::string octets{};  // as the state sent them
  std::function<Told(std::string octets)> read{};
  char zero = '0';  // the digits are the ten octets from here
  // Digits of amounts that another figure of the document guards: a reader must refuse every change of them.
  // Where the others are, it is asked.
  std::vector<std::size_t> guarded_digits{};
};

// Places of all ASCII digits between each `begin` and the `end` after it.
std::vector<std::size_t> digits_between(std::string_view octets, std::string_view begin,
                                        std::string_view end);

struct Format {
  std::string name{};
  std::vector<Message> messages{};
  // For fuzzing: the adapter's readers on the same octets. True when one of them told records; ends the
  // process when the gateway could not take them.
  std::function<bool(std::string octets)> try_everything{};
  // Words of the format, for inputs that get past its first checks.
  std::vector<std::string> words{};
};

Format icop();
Format smart();
Format connect();
Format csenet();
Format quick();
Format georgia();
std::vector<Format> all_formats();

// The octets of a file of samples/.
std::string sample(std::string_view name);
// What was told as the gateway gets it; equal facts have equal octets.
std::string payload_of(const Told& told);
// Ends the process unless the gateway's decoder takes what was told. True when that is more than a refusal.
bool must_be_payload(const Told& told);

}  // namespace casebridge::formats
