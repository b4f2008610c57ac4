// OwnedFile: a descriptor that is closed when its owner goes.
#pragma once

#include <unistd.h>

namespace casebridge::vault {

class OwnedFile {
 public:
  explicit OwnedFile(int descriptor) : descriptor_(descriptor) {}
  ~OwnedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OwnedFile(const OwnedFile&) = delete;
  OwnedFile& operator=(const OwnedFile&) = delete;
  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

}  // namespace casebridge::vault
