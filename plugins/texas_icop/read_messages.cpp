// The mailbox of a case.
#include "plugins/texas_icop/codes.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {

std::vector<model::Message> read_messages(const WireObject& root) {
  std::vector<model::Message> messages;
  KeyRing keys;
  for (const WireObject& row : root.list("messages")) {
    model::Message made;
    made.key = keys.unique(row.key("messageId"));
    made.thread_key = row.text("threadId");
    made.direction = row.code("direction", direction_of);
    made.sent_at = to_text(row.instant("sentAt"));
    made.subject = row.text("subject");
    made.body = row.text("body");
    made.read = row.flag("read");
    messages.push_back(std::move(made));
  }
  return messages;
}

}  // namespace casebridge::texas_icop
