// ClusterView: one debt that is shown twice, with the official figure and what the other view says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/money.hpp"

namespace casebridge::desk {

struct FigureView {
  std::string case_id, jurisdiction;
  model::Money amount;
  std::optional<model::Date> as_of{};
};

struct OtherFigureView {
  FigureView figure;
  std::optional<model::Money> difference{};  // official minus this one; empty when nothing is official
  bool explained = false;                    // the difference is money on its way
};

struct ClusterMemberView {
  std::string case_id, jurisdiction;
  std::string role;  // initiating, responding, unknown
};

struct ClusterView {
  std::string id;
  std::string kind;   // interstate, same_case
  std::string state;  // confirmed, probable, conflict
  std::vector<ClusterMemberView> members;
  std::optional<FigureView> official{};  // empty while the figures stand side by side
  std::vector<OtherFigureView> others;
  std::optional<model::Money> in_transit{};
  std::vector<FigureView> interest, fees;  // of the states that charge them
  std::optional<model::Money> combined_arrears{};
  std::vector<std::string> warnings;  // ledger_mismatch, stale_ledger, unconfirmed, expired_data
};

}  // namespace casebridge::desk
