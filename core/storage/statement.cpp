// Runs prepared statements through SOCI with static cells.
#include "core/storage/statement.hpp"

namespace casebridge::storage {
namespace {

constexpr std::size_t kept_text_bytes_max = 4096;

}  // namespace

Statement::Statement(soci::session& session, const std::string& sql, Values& inputs,
                     const std::vector<Kind>& outputs)
    : statement_(session) {
  for (const auto& [name, value] : inputs.items()) {
    inputs_.push_back(Cell{name, Value{value.kind, true}});
    use(inputs_.back());
  }
  for (const Kind kind : outputs) {
    outputs_.push_back(Cell{{}, Value{kind, true}});
    into(outputs_.back());
  }
  statement_.alloc();
  statement_.prepare(sql, soci::details::st_repeatable_query);
  statement_.define_and_bind();
}

void Statement::use(Cell& cell) {
  if (cell.value.kind == Kind::text)
    statement_.exchange(soci::use(cell.value.text, cell.state, cell.name));
  else
    statement_.exchange(soci::use(cell.value.number, cell.state, cell.name));
}

void Statement::into(Cell& cell) {
  if (cell.value.kind == Kind::text)
    statement_.exchange(soci::into(cell.value.text, cell.state));
  else
    statement_.exchange(soci::into(cell.value.number, cell.state));
}

void Statement::bind(Values& inputs) {
  if (inputs.items().size() != inputs_.size()) throw soci::soci_error("a statement was given other values");
  auto cell = inputs_.begin();
  for (auto& [name, value] : inputs.items()) {
    if (cell->name != name || cell->value.kind != value.kind) {
      throw soci::soci_error("a statement was given other values");
    }
    cell->state = value.null ? soci::i_null : soci::i_ok;
    cell->value.text = std::move(value.text);
    cell->value.number = value.number;
    ++cell;
  }
}

// Keeps no large or personal text longer than it is needed.
void Statement::forget() {
  for (Cell& cell : inputs_) {
    cell.value.text.clear();
    if (cell.value.text.capacity() > kept_text_bytes_max) cell.value.text.shrink_to_fit();
  }
}

std::int64_t Statement::run(Values& inputs, const Each& each, bool& readable) {
  bind(inputs);
  try {
    const std::int64_t written = step_through(each, readable);
    forget();
    return written;
  } catch (...) {
    // SOCI gives back the text it made of the bound values only when a statement succeeds.
    statement_.undefine_and_bind();
    statement_.define_and_bind();
    forget();
    throw;
  }
}

// Always to the end: a statement of SQLite that stops at its first row would go on holding its read lock.
// Always with data exchange: without it SOCI never steps a statement of SQLite that has no bound values.
std::int64_t Statement::step_through(const Each& each, bool& readable) {
  for (bool got = statement_.execute(true); got; got = statement_.fetch()) {
    if (!each || outputs_.empty()) continue;
    std::vector<Value*> cells;
    cells.reserve(outputs_.size());
    for (Cell& cell : outputs_) {
      cell.value.null = cell.state == soci::i_null;
      cells.push_back(&cell.value);
    }
    Row row(std::move(cells));
    each(row);
    readable = readable && !row.unreadable();
  }
  return outputs_.empty() ? statement_.get_affected_rows() : 0;
}

}  // namespace casebridge::storage
