// Requests: what parents ask the state, in files that the state takes at night; written once, repeated at
// most once, and remembered until the state has said what became of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugins/georgia_batch/run_ledger.hpp"

namespace casebridge::georgia_batch {

struct Request {
  std::string id{};    // UUID
  std::string type{};  // ENROL, PINUSED, PINVOID, ADDR, REVIEW, MODIFY, MSG, PAYREC
  std::string case_number{};
  std::string person{};                   // two digits, or empty
  std::string created{};                  // YYYY-MM-DDThh:mm:ssZ
  std::vector<std::string> parameters{};  // p1 to p7

  std::string state = "queued";  // queued, written, acknowledged, closed (no answer came in time)
  std::int64_t ordinal = 0;      // of the newest run when it was written
  bool repeated = false;
  std::string result{}, code{}, confirmation{}, text{}, processed{};  // as the state acknowledged it
};

struct Acknowledgement {
  std::string request, result, code, confirmation, text, processed;
};

// The octets of a request file.
std::string request_file(const std::vector<Request>& requests);
// A UUID of version 4 (RFC 9562).
std::string new_uuid();

class Requests {
 public:
  explicit Requests(const sdk::Call& call) : call_(call) {}

  sdk::Answer<std::optional<Request>> find(const std::string& id) const;
  // What is there already under that id stays as it is.
  sdk::Answer<sdk::Done> add(Request request) const;
  // Writes what waits, at most one file in a quarter of an hour. nullopt: nothing waits any more; else when
  // the next file may be written.
  sdk::Answer<std::optional<Instant>> flush(const LoadedRun* newest) const;
  // What a run tells; safe to be done twice.
  sdk::Answer<sdk::Done> apply(const std::vector<Acknowledgement>& told) const;
  // Puts those into the queue again of which three runs said nothing; forgets what was asked forty days ago.
  sdk::Answer<sdk::Done> repeat_unheard(std::int64_t ordinal) const;

 private:
  struct Queue;
  sdk::Answer<Queue> open_queue() const;
  sdk::Answer<sdk::Done> save_queue(Queue& queue) const;
  sdk::Answer<sdk::Done> enqueue(const std::string& id) const;
  sdk::Answer<sdk::Done> put(const Request& request) const;
  sdk::Answer<sdk::Done> write_file(Queue& queue, const std::string& content) const;

  const sdk::Call& call_;
};

}  // namespace casebridge::georgia_batch
