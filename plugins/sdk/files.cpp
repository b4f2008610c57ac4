// Calls into files/1, with text instead of octets and refusals instead of codes.
#include "plugins/sdk/files.hpp"

#include <utility>

#include "plugins/sdk/octets.hpp"

namespace casebridge::sdk {
namespace {

using model::Outcome;

model::Refusal file_refusal(std::int32_t code) {
  switch (code) {
    case CASEBRIDGE_FILES_NOT_FOUND: return refuse(Outcome::not_found);
    case CASEBRIDGE_FILES_EXISTS: return refuse(Outcome::source_rejected, "file_exists");
    case CASEBRIDGE_FILES_TOO_LARGE: return drift("file or folder larger than its bound");
    case CASEBRIDGE_FILES_FAILED: return refuse(Outcome::unavailable, "folder_failed");
    case CASEBRIDGE_FILES_CANCELLED: return refuse(Outcome::timeout, "call_over");
    default: return refuse(Outcome::bug, "file_not_allowed");
  }
}

struct PieceSink {
  casebridge_sink table;
  std::string* piece;
};

}  // namespace

InboundFile::InboundFile(InboundFile&& other) noexcept
    : service_(std::exchange(other.service_, nullptr)),
      call_(other.call_),
      handle_(other.handle_),
      size_(other.size_) {}

InboundFile::~InboundFile() {
  if (service_ != nullptr) service_->close(service_, call_, handle_);
}

Answer<Done> InboundFile::read(std::string& piece, std::size_t most) {
  piece.clear();
  PieceSink sink{{sizeof(casebridge_sink), 0,
                  [](casebridge_sink* self, casebridge_bytes octets) -> std::int32_t {
                    reinterpret_cast<PieceSink*>(self)->piece->append(view_of(octets));
                    return 0;
                  },
                  [](casebridge_sink*, casebridge_bytes) -> std::int32_t { return 1; }},
                 &piece};
  const std::int32_t code = service_->read(service_, call_, handle_, most, &sink.table);
  if (code != CASEBRIDGE_FILES_OK) return file_refusal(code);
  return Done{};
}

Answer<std::vector<Files::Entry>> Files::list() const {
  std::vector<Entry> entries;
  const std::int32_t code =
      service_->list(service_, call_, &entries, [](void* self, const casebridge_file_entry* file) {
        static_cast<std::vector<Entry>*>(self)->push_back(
            {std::string(view_of(file->name)), file->size,
             Instant{std::chrono::seconds{file->modified_unix}}});
      });
  if (code != CASEBRIDGE_FILES_OK) return file_refusal(code);
  return entries;
}

Answer<InboundFile> Files::open(std::string_view name) const {
  std::uint64_t handle = 0;
  std::uint64_t size = 0;
  const std::int32_t code = service_->open(service_, call_, bytes_of(name), &handle, &size);
  if (code != CASEBRIDGE_FILES_OK) return file_refusal(code);
  return InboundFile{service_, call_, handle, size};
}

Answer<Done> Files::write(std::string_view name, std::string_view content) const {
  const std::int32_t code = service_->write(service_, call_, bytes_of(name), bytes_of(content));
  if (code != CASEBRIDGE_FILES_OK) return file_refusal(code);
  return Done{};
}

}  // namespace casebridge::sdk
