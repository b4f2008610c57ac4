// Enforcement actions, the list of documents, and the octets of one.
#include "core/base/text.hpp"
#include "plugins/texas_smart/base64.hpp"
#include "plugins/texas_smart/codes.hpp"
#include "plugins/texas_smart/datasets.hpp"

namespace casebridge::texas_smart {

std::vector<model::EnforcementAction> read_enforcement(const Record& answer) {
  std::vector<model::EnforcementAction> actions;
  for (const Record& row : answer.list("Action")) {
    model::EnforcementAction made;
    made.key = row.mark("id");
    made.kind = row.code(row.mark("kind"), enforcement_kind_of);
    made.status = row.code(row.mark("status"), enforcement_status_of);
    made.date = row.date_mark("date");
    made.released = row.date_mark("released");
    made.detail = row.maybe_text("Detail");
    actions.push_back(std::move(made));
  }
  return actions;
}

std::vector<model::Document> read_documents(const Record& answer) {
  std::vector<model::Document> documents;
  for (const Record& row : answer.list("Document")) {
    model::Document made;
    made.key = row.mark("id");
    made.title = row.mark("title");
    made.kind = text::lower_ascii(row.mark("kind"));
    made.date = row.date_mark("date");
    made.media_type = row.mark("mediaType");
    made.size_bytes = Missing::unsupported;
    documents.push_back(std::move(made));
  }
  return documents;
}

model::DocumentContent read_document(const Record& answer, const std::string& key) {
  model::DocumentContent made;
  if (answer.mark("id") != key) answer.breach("id");
  made.media_type = answer.mark("mediaType");
  auto octets = decode_base64(answer.text("Content"));
  if (!octets || std::to_string(octets->size()) != answer.mark("length")) {
    answer.breach("Content");
    return made;
  }
  made.bytes = std::move(*octets);
  return made;
}

}  // namespace casebridge::texas_smart
