// Callbacks of the three tables. Everything from an adapter is checked; nothing thrown here reaches it.
#include "core/switchboard/offered_tables.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/switchboard/octets.hpp"

namespace casebridge::switchboard {
namespace {

constexpr std::size_t open_handles_max = 8;
constexpr std::size_t read_piece_bytes_max = 1024 * 1024;

template <class Offered, class Table>
Offered& owner_of(const Table* table) {
  return *const_cast<Offered*>(reinterpret_cast<const Offered*>(table));
}

// Runs `body` with the facts of the call, unless the call is over.
template <class Body>
std::int32_t in_call(const OpenCalls& calls, const casebridge_call* call, std::int32_t cancelled,
                     std::int32_t failed, Body&& body) noexcept {
  return contained(failed, [&]() -> std::int32_t {
    const auto facts = calls.find(call);
    return facts && !facts->deadline.over() ? body(*facts) : cancelled;
  });
}

std::int32_t sign(const casebridge_assertion_v1* self, const casebridge_call* call, casebridge_bytes audience,
                  casebridge_bytes reference, casebridge_sink* token) {
  auto& offered = owner_of<OfferedAssertion>(self);
  return in_call(offered.calls, call, CASEBRIDGE_ASSERTION_CANCELLED, CASEBRIDGE_ASSERTION_FAILED,
                 [&](const CallFacts& facts) {
                   SecretBytes made;
                   const std::int32_t code =
                       offered.signer->sign(facts.person ? &*facts.person : nullptr, view_of(audience),
                                            view_of(reference), offered.clock.now(), made);
                   if (code == CASEBRIDGE_ASSERTION_OK && token->write(token, bytes_of(made.reveal())) != 0)
                     return std::int32_t{CASEBRIDGE_ASSERTION_FAILED};
                   return code;
                 });
}

template <class Body>
std::int32_t with_files(const casebridge_files_v1* self, const casebridge_call* call, Body&& body) noexcept {
  auto& offered = owner_of<OfferedFiles>(self);
  return in_call(offered.calls, call, CASEBRIDGE_FILES_CANCELLED, CASEBRIDGE_FILES_FAILED,
                 [&](const CallFacts&) { return body(offered); });
}

template <class Body>
std::int32_t with_values(const casebridge_kv_v1* self, const casebridge_call* call, Body&& body) noexcept {
  auto& offered = owner_of<OfferedValues>(self);
  return in_call(offered.calls, call, CASEBRIDGE_KV_CANCELLED, CASEBRIDGE_KV_FAILED,
                 [&](const CallFacts&) { return body(*offered.keeper); });
}

std::int32_t list_files(const OfferedFiles& offered, void* self,
                        void (*entry)(void*, const casebridge_file_entry*)) {
  std::vector<LandingFolders::Entry> entries;
  const std::int32_t code = offered.folders->list(entries);
  if (code != CASEBRIDGE_FILES_OK) return code;
  for (const auto& one : entries) {
    const casebridge_file_entry file{sizeof(casebridge_file_entry), 0, bytes_of(one.name), one.size,
                                     one.modified.time_since_epoch().count()};
    entry(self, &file);
  }
  return code;
}

std::int32_t get_value(const ValueKeeper& keeper, casebridge_bytes key, casebridge_sink* out,
                       std::int64_t* version) {
  SecretBytes value;
  const std::int32_t code = keeper.get(view_of(key), value, *version);
  if (code != CASEBRIDGE_KV_OK) return code;
  return out->write(out, bytes_of(value.reveal())) == 0 ? CASEBRIDGE_KV_OK : CASEBRIDGE_KV_FAILED;
}

}  // namespace

OfferedAssertion::OfferedAssertion(const OpenCalls& of_calls, const Clock& of_clock,
                                   std::unique_ptr<const AssertionSigner> by)
    : table{sizeof(casebridge_assertion_v1), 0, sign},
      calls(of_calls),
      clock(of_clock),
      signer(std::move(by)) {}

OfferedFiles::OfferedFiles(const OpenCalls& of_calls, std::unique_ptr<LandingFolders> in)
    : table{}, calls(of_calls), folders(std::move(in)) {
  table.struct_size = sizeof table;
  table.list = [](const casebridge_files_v1* self, const casebridge_call* call, void* receiver,
                  void (*entry)(void*, const casebridge_file_entry*)) {
    return with_files(self, call,
                      [&](OfferedFiles& offered) { return list_files(offered, receiver, entry); });
  };
  table.open = [](const casebridge_files_v1* self, const casebridge_call* call, casebridge_bytes name,
                  std::uint64_t* handle, std::uint64_t* size) {
    if (handle == nullptr || size == nullptr) return std::int32_t{CASEBRIDGE_FILES_NOT_ALLOWED};
    return with_files(self, call,
                      [&](OfferedFiles& offered) { return offered.open(call, name, *handle, *size); });
  };
  table.read = [](const casebridge_files_v1* self, const casebridge_call* call, std::uint64_t handle,
                  std::size_t most, casebridge_sink* out) {
    if (out == nullptr) return std::int32_t{CASEBRIDGE_FILES_NOT_ALLOWED};
    return with_files(self, call,
                      [&](OfferedFiles& offered) { return offered.read(call, handle, most, *out); });
  };
  table.close = [](const casebridge_files_v1* self, const casebridge_call* call, std::uint64_t handle) {
    return with_files(self, call, [&](OfferedFiles& offered) { return offered.close(call, handle); });
  };
  table.write = [](const casebridge_files_v1* self, const casebridge_call* call, casebridge_bytes name,
                   casebridge_bytes content) {
    return with_files(self, call, [&](OfferedFiles& offered) {
      return offered.folders->write(view_of(name), view_of(content));
    });
  };
}

std::int32_t OfferedFiles::open(const casebridge_call* call, casebridge_bytes name, std::uint64_t& handle,
                                std::uint64_t& size) {
  Handle made{call, {}, 0};
  const std::int32_t code = folders->open(view_of(name), made.file);
  if (code != CASEBRIDGE_FILES_OK) return code;
  const std::scoped_lock lock(mutex_);
  const auto held = std::count_if(handles_.begin(), handles_.end(),
                                  [&](const auto& one) { return one.second.call == call; });
  if (static_cast<std::size_t>(held) >= open_handles_max) return CASEBRIDGE_FILES_NOT_ALLOWED;
  size = made.file.size;
  handle = ++last_handle_;
  handles_.emplace(handle, std::move(made));
  return CASEBRIDGE_FILES_OK;
}

std::int32_t OfferedFiles::read(const casebridge_call* call, std::uint64_t handle, std::size_t most,
                                casebridge_sink& out) {
  Handle* open = nullptr;
  {
    const std::scoped_lock lock(mutex_);
    const auto found = handles_.find(handle);
    if (found == handles_.end() || found->second.call != call) return CASEBRIDGE_FILES_NOT_ALLOWED;
    open = &found->second;  // stays: only this call's thread closes it
  }
  const std::uint64_t left = open->file.size - open->read;
  const std::uint64_t wanted = std::min({std::uint64_t{most}, std::uint64_t{read_piece_bytes_max}, left});
  std::string piece(static_cast<std::size_t>(wanted), '\0');
  if (piece.empty()) return CASEBRIDGE_FILES_OK;
  ssize_t got = -1;
  do {
    got = ::read(open->file.descriptor.number(), piece.data(), piece.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) return CASEBRIDGE_FILES_FAILED;
  piece.resize(static_cast<std::size_t>(got));
  // Cut short since it was opened: there will be no more.
  open->read = got == 0 ? open->file.size : open->read + static_cast<std::uint64_t>(got);
  if (piece.empty()) return CASEBRIDGE_FILES_OK;
  return out.write(&out, bytes_of(piece)) == 0 ? CASEBRIDGE_FILES_OK : CASEBRIDGE_FILES_TOO_LARGE;
}

std::int32_t OfferedFiles::close(const casebridge_call* call, std::uint64_t handle) {
  const std::scoped_lock lock(mutex_);
  const auto found = handles_.find(handle);
  if (found == handles_.end() || found->second.call != call) return CASEBRIDGE_FILES_NOT_ALLOWED;
  handles_.erase(found);
  return CASEBRIDGE_FILES_OK;
}

void OfferedFiles::end(const casebridge_call* call) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(handles_, [&](const auto& one) { return one.second.call == call; });
}

OfferedValues::OfferedValues(const OpenCalls& of_calls, std::unique_ptr<ValueKeeper> by)
    : table{}, calls(of_calls), keeper(std::move(by)) {
  table.struct_size = sizeof table;
  table.get = [](const casebridge_kv_v1* self, const casebridge_call* call, casebridge_bytes key,
                 casebridge_sink* value, std::int64_t* version) {
    return with_values(self, call,
                       [&](const ValueKeeper& values) { return get_value(values, key, value, version); });
  };
  table.put = [](const casebridge_kv_v1* self, const casebridge_call* call, casebridge_bytes key,
                 casebridge_bytes value, std::int64_t expected, std::int64_t* version) {
    return with_values(self, call, [&](ValueKeeper& values) {
      return values.put(view_of(key), view_of(value), expected, *version);
    });
  };
  table.remove = [](const casebridge_kv_v1* self, const casebridge_call* call, casebridge_bytes key,
                    std::int64_t expected) {
    return with_values(self, call,
                       [&](ValueKeeper& values) { return values.remove(view_of(key), expected); });
  };
  table.list = [](const casebridge_kv_v1* self, const casebridge_call* call, casebridge_bytes prefix,
                  void* receiver, void (*key)(void*, casebridge_bytes)) {
    return with_values(self, call, [&](const ValueKeeper& values) {
      std::vector<std::string> keys;
      const std::int32_t code = values.list(view_of(prefix), keys);
      for (const std::string& one : keys) key(receiver, bytes_of(one));
      return code;
    });
  };
}

}  // namespace casebridge::switchboard
