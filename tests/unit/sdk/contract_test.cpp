// The contract is the same for C and C++, and its structs are as frozen: a changed size is a new minor, or a
// mistake.
#include <gtest/gtest.h>

#include "plugins/sdk/border.hpp"

extern "C" {
extern const std::size_t contract_sizes_in_c[];
extern const void* const casebridge_adapter_v1;
}

namespace casebridge::sdk {
namespace {

TEST(Contract, HasTheSameSizesInBothLanguagesAndTheOnesOfMinorOne) {
  const std::size_t in_cpp[] = {
      sizeof(casebridge_bytes),         sizeof(casebridge_sink),         sizeof(casebridge_call),
      sizeof(casebridge_host),          sizeof(casebridge_adapter),      sizeof(casebridge_entry),
      sizeof(casebridge_http_v1),       sizeof(casebridge_http_request), sizeof(casebridge_log_field),
      sizeof(casebridge_http_receiver), sizeof(casebridge_model_v1)};
  const std::size_t frozen[] = {16, 24, 80, 16, 72, 40, 16, 120, 40, 56, 32};
  for (std::size_t i = 0; i < std::size(in_cpp); ++i) {
    EXPECT_EQ(in_cpp[i], contract_sizes_in_c[i]) << i;
    EXPECT_EQ(in_cpp[i], frozen[i]) << i;
  }
}

// What minor 0 had stays where it was: the new members begin behind it.
TEST(Contract, KeepsThePlacesOfMinorZero) {
  EXPECT_EQ(offsetof(casebridge_http_request, timeout_ms), 88U);
  EXPECT_GE(offsetof(casebridge_http_request, answer_bytes_max), 96U);
  EXPECT_EQ(offsetof(casebridge_http_receiver, jar), 40U);
}

TEST(Contract, CanBeWrittenInC) {
  const auto* entry = static_cast<const casebridge_entry*>(casebridge_adapter_v1);
  EXPECT_STREQ(entry->id, "in_c");
  EXPECT_EQ(entry->abi_major, CASEBRIDGE_ABI_MAJOR);
}

class ReadsCases : public Adapter {
 public:
  Answer<model::CaseList> list_cases(Call&, const SecretBytes&) override { return model::CaseList{}; }
};
class SignsInToo final : public ReadsCases {
 public:
  Answer<model::AuthStep> auth_begin(Call&, const model::AuthBegin&) override { throw 1; }
};

TEST(Border, DerivesOperationsFromWhatIsOverridden) {
  static_assert(border::overridden<Adapter>() == 0);
  static_assert(border::overridden<ReadsCases>() == 0b1000);
  static_assert(border::overridden<SignsInToo>() == 0b1001);
}

struct Sink {
  casebridge_sink table{sizeof(casebridge_sink), 0,
                        [](casebridge_sink* sink, casebridge_bytes piece) -> std::int32_t {
                          reinterpret_cast<Sink*>(sink)->text.append(
                              reinterpret_cast<const char*>(piece.data), piece.size);
                          return 0;
                        },
                        [](casebridge_sink*, casebridge_bytes) -> std::int32_t { return 1; }};
  std::string text;
};

// An adapter of this process, behind its C table, with a host that offers nothing.
class BehindTheBorder : public ::testing::Test {
 protected:
  template <class Author>
  const casebridge_adapter& make() {
    static constexpr border::Identity identity{"here", "1.2.3", border::overridden<Author>()};
    EXPECT_EQ(border::create(
                  identity, []() -> std::unique_ptr<Adapter> { return std::make_unique<Author>(); }, &host_,
                  &made_),
              CASEBRIDGE_DONE);
    return *made_;
  }
  void TearDown() override {
    if (made_ != nullptr) made_->destroy(made_->self);
  }
  static casebridge_bytes bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }

  casebridge_host host_{sizeof(casebridge_host), 0,
                        [](const casebridge_host*, const char*) -> const void* { return nullptr; }};
  casebridge_call call_{.struct_size = sizeof(casebridge_call),
                        .flags = 0,
                        .call_id = 1,
                        .deadline_ns = 0,
                        .request_id = {},
                        .locale = {},
                        .resume = {},
                        .is_over = [](const casebridge_call*) -> std::int32_t { return 1; }};
  const casebridge_adapter* made_ = nullptr;
  Sink out_;
};

TEST_F(BehindTheBorder, DescribesItself) {
  const auto& table = make<SignsInToo>();
  EXPECT_EQ(table.describe(table.self, &out_.table), CASEBRIDGE_DONE);
  EXPECT_EQ(out_.text,
            R"({"id":"here","version":"1.2.3","model_major":1,"operations":["auth.begin","case.list"]})");
}

TEST_F(BehindTheBorder, AnswersWhatItsAuthorWrote) {
  const auto& table = make<SignsInToo>();
  EXPECT_EQ(table.invoke(table.self, &call_, bytes("case.list"), {}, bytes("{}"), &out_.table),
            CASEBRIDGE_DONE);
  EXPECT_EQ(out_.text, R"({"cases":[]})");
}

TEST_F(BehindTheBorder, SaysNotSupportedForTheRest) {
  const auto& table = make<SignsInToo>();
  for (const char* operation : {"profile.read", "no.such", ""}) {
    EXPECT_EQ(table.invoke(table.self, &call_, bytes(operation), {}, bytes("{}"), &out_.table),
              CASEBRIDGE_REFUSED);
    EXPECT_NE(out_.text.find("not_supported"), std::string::npos);
    out_.text.clear();
  }
}

TEST_F(BehindTheBorder, LetsNoExceptionThrough) {
  const auto& table = make<SignsInToo>();
  const auto begin = R"({"credential_kind":"username_password","fields":{}})";
  EXPECT_EQ(table.auth_begin(table.self, &call_, bytes(begin), &out_.table), CASEBRIDGE_FAULT);
}

TEST_F(BehindTheBorder, TakesUnreadableInputForABug) {
  const auto& table = make<SignsInToo>();
  EXPECT_EQ(table.auth_begin(table.self, &call_, bytes("{"), &out_.table), CASEBRIDGE_REFUSED);
  EXPECT_NE(out_.text.find(R"("outcome":"bug")"), std::string::npos);
}

class NeedsTheClock final : public Adapter {
 public:
  Answer<model::CaseList> list_cases(Call& call, const SecretBytes&) override {
    return model::CaseList{{{to_text(call.now())}}};
  }
};

TEST_F(BehindTheBorder, TurnsAMissingServiceIntoNotSupported) {
  const auto& table = make<NeedsTheClock>();
  EXPECT_EQ(table.invoke(table.self, &call_, bytes("case.list"), {}, bytes("{}"), &out_.table),
            CASEBRIDGE_REFUSED);
  EXPECT_NE(out_.text.find("host_service_missing"), std::string::npos);
}

TEST(Settings, AreReadByKind) {
  const Settings settings{R"({"path":"/a","most":3,"open":true})"};
  EXPECT_EQ(settings.text("path"), "/a");
  EXPECT_EQ(settings.number("most"), 3);
  EXPECT_EQ(settings.flag("open"), true);
  EXPECT_EQ(settings.text("most"), std::nullopt);
  EXPECT_EQ(settings.number("none"), std::nullopt);
  EXPECT_THROW(Settings{"[]"}, std::invalid_argument);
}

}  // namespace
}  // namespace casebridge::sdk
