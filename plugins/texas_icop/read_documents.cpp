// The list of documents; their content is asked for one by one.
#include "core/base/text.hpp"
#include "plugins/texas_icop/datasets.hpp"

namespace casebridge::texas_icop {

std::vector<model::Document> read_documents(const WireObject& root) {
  std::vector<model::Document> documents;
  KeyRing seen;
  for (const WireObject& row : root.list("documents")) {
    model::Document made;
    made.key = row.key("docId");
    made.title = row.text("title");
    made.kind = text::lower_ascii(row.text("kind"));
    made.date = row.date("date");
    made.media_type = row.text("mediaType");
    made.size_bytes = row.count("size");
    // The key is also the address of the content, so a second one cannot be told apart anyway.
    if (seen.first_seen(made.key)) documents.push_back(std::move(made));
  }
  return documents;
}

}  // namespace casebridge::texas_icop
