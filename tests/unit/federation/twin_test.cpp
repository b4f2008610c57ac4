// Twins: a family that is guarded and one whose state simply has less to tell must look the same, to both
// parents.
#include <gtest/gtest.h>

#include "core/federation/sync_merge.hpp"
#include "tests/unit/model/sample_records.hpp"

namespace casebridge::federation {
namespace {

using model::Dataset;
using model::Role;
using model::SafetyLevel;
namespace sample = model::sample;

template <class R>
std::vector<R>& list_in(model::CaseContent& content) {
  for (model::DatasetAnswer& answer : content.datasets)
    if (auto* list = std::get_if<std::vector<R>>(&std::get<model::DatasetContent>(answer.answer).records))
      return *list;
  throw std::logic_error("the sample has every dataset");
}

model::CaseContent family(Role viewer) {
  model::CaseContent content = sample::a_content();
  model::Case& one = list_in<model::Case>(content).front();
  one.viewer_role = viewer;
  one.participants[0].is_self = viewer == Role::custodial_party;
  one.participants[1].is_self = viewer == Role::noncustodial_parent;
  model::ContactPoint line = sample::a_contact();
  line.key = "C2";
  line.kind = model::ContactKind::call_centre;
  list_in<model::ContactPoint>(content).push_back(line);
  return content;
}

model::CaseContent guarded(Role viewer, SafetyLevel level) {
  model::CaseContent content = family(viewer);
  list_in<model::Case>(content).front().safety = level;
  return content;
}

// What a state gives that has no references to others, no places, no documents and no workers online.
model::CaseContent twin(Role viewer) {
  model::CaseContent content = family(viewer);
  list_in<model::Case>(content).front().intergov.clear();
  list_in<model::Event>(content).front().place = Missing::not_provided;
  list_in<model::Document>(content).clear();
  auto& contacts = list_in<model::ContactPoint>(content);
  contacts.erase(contacts.begin());
  model::Order& order = list_in<model::Order>(content).front();
  order.docket = order.issuing_state = order.tribunal = Missing::not_provided;
  model::Message& message = list_in<model::Message>(content).front();
  message.subject.clear();
  message.body.clear();
  return content;
}

// Everything that can leave the gateway about the case, in one text.
std::string everything_shown(const model::CaseContent& content) {
  const Instant now = *parse_instant("2026-03-16T14:00:00Z");
  const CaseBefore before{LinkId::make(now), "0012345678"};
  const std::vector<Dataset> everything(std::begin(model::all_datasets), std::end(model::all_datasets));
  std::string text;
  for (const MergedDataset& merged : merge_case(before, everything, content, now)) {
    text += merged.state.dataset + " " + merged.state.sync + " " + merged.state.as_of.value_or("-") + "\n";
    for (const ports::RecordVersion& row : merged.records.value())
      text += "  " + row.upstream_key + " " + row.sort_key + " " + row.as_of.value_or("-") + " " +
              row.projected + "\n";
  }
  return text;
}

class Twins : public testing::TestWithParam<Role> {};

TEST_P(Twins, RedactedFamilyLooksLikeOneOfAStateThatTellsLess) {
  EXPECT_EQ(everything_shown(guarded(GetParam(), SafetyLevel::redact_location)),
            everything_shown(twin(GetParam())));
  EXPECT_NE(everything_shown(family(GetParam())), everything_shown(twin(GetParam())));
}

TEST_P(Twins, GuardedTwinIsNotChangedByItsGuard) {
  model::CaseContent both = twin(GetParam());
  list_in<model::Case>(both).front().safety = SafetyLevel::redact_location;
  EXPECT_EQ(everything_shown(both), everything_shown(twin(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(BothParents, Twins,
                         testing::Values(Role::custodial_party, Role::noncustodial_parent),
                         [](const auto& test) { return std::string(model::name_of(test.param)); });

}  // namespace
}  // namespace casebridge::federation
