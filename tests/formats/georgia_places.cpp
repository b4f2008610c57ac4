// By the columns of the extract and the positions of the bank file, as the interface document counts them.
#include "tests/formats/georgia_places.hpp"

#include <algorithm>

namespace casebridge::formats {
namespace {

using georgia_batch::FileKind;

class Places {
 public:
  explicit Places(std::string_view octets) : octets_(octets) {}

  void add(std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at)
      if (octets_[at] >= '0' && octets_[at] <= '9') found_.push_back(at);
  }
  // The fields of the record that begins at `line`, counted from 0; none of them is quoted.
  void add_field(std::size_t line, std::size_t number) {
    std::size_t from = line;
    for (std::size_t i = 0; i < number; ++i) from = octets_.find(',', from) + 1;
    add(from, octets_.find(',', from));
  }
  // Positions from 1, both ends included.
  void add_positions(std::size_t line, std::size_t first, std::size_t last) {
    add(line + first - 1, line + last);
  }
  // Element `number` of the DED segment, counted from 0.
  void add_element(std::size_t line, std::size_t number) {
    std::size_t from = line;
    for (std::size_t i = 0; i < number; ++i) from = octets_.find('*', from) + 1;
    add(from, octets_.find('*', from));
  }
  std::vector<std::size_t> take() { return std::move(found_); }

 private:
  std::string_view octets_;
  std::vector<std::size_t> found_;
};

template <class Take>
void each_line(std::string_view octets, Take take) {
  for (std::size_t at = 0; at < octets.size(); at = std::min(octets.find('\n', at), octets.size() - 1) + 1)
    take(at, octets.substr(at));
}

std::vector<std::size_t> in_extract(std::string_view octets, bool totalled_only) {
  Places places(octets);
  each_line(octets, [&](std::size_t at, std::string_view line) {
    if (line.starts_with("BAL,") || line.starts_with("PAY,")) places.add_field(at, 3);
    if (line.starts_with("TRL,")) {
      places.add_field(at, 6);
      places.add_field(at, 7);
    }
    if (totalled_only) return;
    if (line.starts_with("DIS,")) places.add_field(at, 3);
    if (line.starts_with("OBL,")) {
      places.add_field(at, 5);
      places.add_field(at, 7);
    }
  });
  return places.take();
}

// Every amount of a bank file is part of its totals, and each payment's stands in its segment as well.
std::vector<std::size_t> in_bank_file(std::string_view octets) {
  Places places(octets);
  each_line(octets, [&](std::size_t at, std::string_view line) {
    if (line.starts_with("6")) places.add_positions(at, 30, 39);
    if (line.starts_with("7")) places.add_element(at, 4);
    if (line.starts_with("8")) places.add_positions(at, 21, 44);
    if (line.starts_with("90")) places.add_positions(at, 32, 55);
  });
  return places.take();
}

}  // namespace

std::vector<std::size_t> places_of_amounts(FileKind kind, std::string_view octets) {
  if (kind == FileKind::bank) return in_bank_file(octets);
  return kind == FileKind::extract ? in_extract(octets, false) : std::vector<std::size_t>();
}

std::vector<std::size_t> places_of_totalled_amounts(FileKind kind, std::string_view octets) {
  return kind == FileKind::extract ? in_extract(octets, true) : places_of_amounts(kind, octets);
}

}  // namespace casebridge::formats
