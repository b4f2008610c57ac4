// The columns of a record's version, for reading and for writing.
#pragma once

#include "core/ports/store_cases.hpp"
#include "core/storage/fields.hpp"

namespace casebridge::storage {

struct RecordFields {
  using Row = ports::RecordVersion;
  static constexpr std::string_view table = "record_version";
  static constexpr std::size_t keys = 1;
  static Row blank() { return {AnyId{}, {}, {}, {}, 1, {}, {}, {}, {}, {}, {}}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    column("link_id", row.link);
    column("case_key", row.case_key);
    column("dataset", row.dataset);
    column("record_id", row.record_id);
    column("version", row.version);
    column("upstream_key", row.upstream_key);
    column("content_hash", row.content_hash);
    column("body", row.body);
    column("projected", row.projected);
    column("sort_key", row.sort_key);
    column("as_of", row.as_of);
    column("retrieved_at", row.retrieved_at);
    column("known_from", row.known_from);
  }
};

// A version as it is written: a tombstone has no content.
struct WrittenVersion {
  ports::RecordVersion record;
  bool removed = false;
};

struct WrittenFields {
  using Row = WrittenVersion;
  static constexpr std::string_view table = RecordFields::table;
  static constexpr std::size_t keys = RecordFields::keys;
  static Row blank() { return {RecordFields::blank(), false}; }
  template <class R, class Column>
  static void visit(R& row, Column&& column) {
    RecordFields::visit(row.record, column);
    column("removed", row.removed);
  }
};

}  // namespace casebridge::storage
