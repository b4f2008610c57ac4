// BodyStream: a body that is made while it is being sent.
#pragma once

#include <chrono>
#include <string>

namespace casebridge::http {

// One thread at a time: whoever serves the connection it is sent on. Nobody waits between two turns.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // Appends what there is to send now, perhaps nothing. False: that was the end. With `stopping` the server
  // is about to go, and this is the last turn.
  virtual bool next(std::string& into, bool stopping) = 0;
  // Between two turns.
  virtual std::chrono::milliseconds pause() const = 0;
};

}  // namespace casebridge::http
