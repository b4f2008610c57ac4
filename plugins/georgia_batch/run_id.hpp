// RunId: which night, and which of its runs; also the names of the files of a run.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/date.hpp"

namespace casebridge::georgia_batch {

enum class FileKind { extract, bank, pins, acknowledgements, manifest };

class RunId {
 public:
  static std::optional<RunId> parse(std::string_view text);  // 20260317-01
  // Of a manifest's name; nullopt for every other name.
  static std::optional<RunId> of_manifest(std::string_view file_name);
  std::string text() const;
  std::string file_name(FileKind kind) const;  // GA_EXTR_20260317_01.csv
  model::Date day() const { return day_; }
  int number() const { return number_; }
  friend auto operator<=>(const RunId&, const RunId&) = default;
  friend bool operator==(const RunId&, const RunId&) = default;

 private:
  RunId(model::Date day, int number) : day_(day), number_(number) {}
  model::Date day_;
  int number_;
};

std::string_view name_of(FileKind kind);  // EXTR, ACH, PINS, ACK, MANI
std::optional<FileKind> kind_of(std::string_view name);

}  // namespace casebridge::georgia_batch
