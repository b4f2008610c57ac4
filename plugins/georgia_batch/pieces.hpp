// Pieces: the octets of a file one piece after the other, and what they add up to.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "plugins/sdk/files.hpp"

namespace casebridge::georgia_batch {

class Pieces {
 public:
  virtual ~Pieces() = default;
  // Replaces `piece` by the next octets; empty at the end.
  virtual sdk::Answer<sdk::Done> next(std::string& piece) = 0;
};

class FilePieces final : public Pieces {
 public:
  explicit FilePieces(sdk::InboundFile file) : file_(std::move(file)) {}
  sdk::Answer<sdk::Done> next(std::string& piece) override { return file_.read(piece); }

 private:
  sdk::InboundFile file_;
};

// `text` must live as long as the object.
class TextPieces final : public Pieces {
 public:
  explicit TextPieces(std::string_view text, std::size_t most = 64 * 1024) : text_(text), most_(most) {}
  sdk::Answer<sdk::Done> next(std::string& piece) override;

 private:
  std::string_view text_;
  std::size_t most_;
};

// Lets octets through and counts them: how many, how many line ends, and their SHA-256.
class CountedPieces final : public Pieces {
 public:
  explicit CountedPieces(Pieces& source);
  ~CountedPieces() override;
  CountedPieces(const CountedPieces&) = delete;
  CountedPieces& operator=(const CountedPieces&) = delete;

  sdk::Answer<sdk::Done> next(std::string& piece) override;
  std::uint64_t size() const { return size_; }
  std::uint64_t lines() const { return lines_; }
  std::string sha256();  // hexadecimal, lower case; once, when nothing more is read

 private:
  struct Digest;
  Pieces& source_;
  std::unique_ptr<Digest> digest_;
  std::uint64_t size_ = 0;
  std::uint64_t lines_ = 0;
  bool after_return_ = false;
};

}  // namespace casebridge::georgia_batch
