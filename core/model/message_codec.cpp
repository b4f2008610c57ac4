// Messages without secrets as JSON and back: refusals, lists, queries, contents, profiles.
#include "core/model/adapter_codec.hpp"
#include "core/model/member_reader.hpp"
#include "core/model/member_writer.hpp"
#include "core/model/record_members.hpp"
#include "core/model/records_json.hpp"

namespace casebridge::model {
namespace {

template <class A, Some<Refusal> R>
void describe_rest(A& a, R& r) {
  a.member("reason", r.reason);
  a.member("attempts_left", r.attempts_left);
  a.member("until", r.until);
  a.member("field", r.field);
  a.member("detail", r.detail);
  a.member("phone", r.phone);
}

// What goes wrong with one dataset only; the codes are the API's problem codes.
template <class A, Some<Trouble> R>
void describe_rest(A& a, R& r) {
  a.member("field", r.field);
  a.member("detail", r.detail);
  a.member("attempts_left", r.attempts_left);
  a.member("retry_at", r.retry_at);
}

bool may_be_reported(TroubleCode code) {
  const std::string_view category = row_of(code).category;
  return category == "link" || category == "challenge" || category == "source" || category == "data" ||
         code == TroubleCode::not_supported || code == TroubleCode::adapter_fault ||
         code == TroubleCode::invalid_field;
}

// The word of a member that must be there and be a text; empty when it is not, and then the state is not ok.
std::string read_word(MemberReader& reader, std::string_view name) {
  std::string word;
  reader.member(name, word);
  return word;
}

void refuse(MemberReader& reader, std::string_view member, const char* what) {
  reader.state().enter(member);
  reader.state().fail(what);
  reader.state().leave();
}

void write_trouble(JsonWriter& out, const Trouble& trouble) {
  MemberWriter writer(out);
  writer.member("code", std::string(trouble.row().name));
  describe_rest(writer, trouble);
  writer.finish();
}

Trouble read_trouble(const JsonNode& node, ReadState& state) {
  Trouble made;
  MemberReader reader(node, state);
  const std::optional<TroubleCode> code = trouble_code_of(read_word(reader, "code"));
  if (state.ok() && (!code || !may_be_reported(*code))) refuse(reader, "code", "is none of the known words");
  made.code = code.value_or(TroubleCode::adapter_fault);
  describe_rest(reader, made);
  return made;
}

struct DatasetDays {
  Known<Date> as_of;
  std::optional<Date> history_from;
};
template <class A, Some<DatasetDays> R>
void describe(A& a, R& r) {
  a.member("as_of", r.as_of);
  a.member("history_from", r.history_from);
}

void write_answer(JsonWriter& out, const DatasetAnswer& answer) {
  out.begin_object();
  out.name("dataset");
  out.value(name_of(answer.dataset));
  out.name("status");
  if (const auto* content = std::get_if<DatasetContent>(&answer.answer)) {
    out.value("ok");
    out.name("content");
    out.begin_object();
    out.name("as_of");
    if (content->as_of)
      out.value(content->as_of->text());
    else
      out.null();
    if (!content->as_of) {
      out.name("missing");
      out.begin_object();
      out.name("as_of");
      out.value(casebridge::name_of(content->as_of.reason()));
      out.end_object();
    }
    if (content->history_from) {
      out.name("history_from");
      out.value(content->history_from->text());
    }
    out.name("records");
    write_records(out, content->records);
    out.end_object();
  } else if (const auto* trouble = std::get_if<Trouble>(&answer.answer)) {
    out.value("failed");
    out.name("trouble");
    write_trouble(out, *trouble);
  } else {
    out.value("unsupported");
  }
  out.end_object();
}

// Calls `step` with a member that must be there, at its path.
template <class Step>
void within(MemberReader& reader, std::string_view name, const Step& step) {
  if (!reader.state().ok()) return;
  reader.state().enter(name);
  if (const std::optional<JsonNode> node = reader.object().find(name))
    step(*node);
  else
    reader.state().fail("is required");
  reader.state().leave();
}

DatasetContent read_content(Dataset dataset, const JsonNode& node, ReadState& state) {
  DatasetDays days;
  DatasetContent content;
  MemberReader reader(node, state);
  describe(reader, days);
  content.as_of = days.as_of;
  content.history_from = days.history_from;
  within(reader, "records",
         [&](const JsonNode& array) { content.records = read_records(dataset, array, state); });
  return content;
}

DatasetAnswer read_answer(const JsonNode& node, ReadState& state) {
  DatasetAnswer made;
  MemberReader reader(node, state);
  const std::optional<Dataset> dataset = dataset_of(read_word(reader, "dataset"));
  if (state.ok() && !dataset) refuse(reader, "dataset", "is none of the known words");
  made.dataset = dataset.value_or(Dataset::cases);
  const std::string status = read_word(reader, "status");
  if (!state.ok()) return made;
  if (status == "ok") {
    within(reader, "content",
           [&](const JsonNode& inner) { made.answer = read_content(made.dataset, inner, state); });
  } else if (status == "failed") {
    within(reader, "trouble", [&](const JsonNode& inner) { made.answer = read_trouble(inner, state); });
  } else if (status == "unsupported") {
    made.answer = Unsupported{};
  } else {
    refuse(reader, "status", "is none of the known words");
  }
  return made;
}

// Parses, lets `step` read the members, and answers what it made unless something was wrong.
template <class T, class Step>
Result<T> decoded(std::string_view json, const Step& step) {
  CASEBRIDGE_TRY(const JsonDocument document, JsonDocument::parse(json));
  ReadState state;
  MemberReader reader(document.root(), state);
  T made{};
  if (state.ok()) step(reader, made);
  if (!state.ok()) return state.take();
  return made;
}

}  // namespace

template <class A, Some<CaseHandle> R>
void describe(A& a, R& r) {
  a.member("key", r.key);
}
template <class A, Some<CaseList> R>
void describe(A& a, R& r) {
  a.member("cases", r.cases);
}
template <class A, Some<DocumentQuery> R>
void describe(A& a, R& r) {
  a.member("case_key", r.case_key);
  a.member("document_key", r.document_key);
}

std::string encode(const Refusal& refusal) {
  StringSink sink;
  JsonWriter out(sink);
  MemberWriter writer(out);
  writer.member("outcome", std::string(name_of(refusal.outcome)));
  describe_rest(writer, refusal);
  writer.finish();
  return sink.take();
}

Result<Refusal> decode_refusal(std::string_view json) {
  return decoded<Refusal>(json, [](MemberReader& reader, Refusal& made) {
    std::string outcome;
    reader.word("outcome", outcome, outcome_names());
    made.outcome = outcome_of(outcome).value_or(Outcome::bug);
    describe_rest(reader, made);
  });
}

std::string encode(const CaseList& list) { return object_text(list); }
Result<CaseList> decode_case_list(std::string_view json) { return read_object<CaseList>(json); }

std::string encode(const DocumentQuery& query) { return object_text(query); }
Result<DocumentQuery> decode_document_query(std::string_view json) {
  return read_object<DocumentQuery>(json);
}

std::string encode(const Profile& profile) { return object_text(profile); }
Result<Profile> decode_profile(std::string_view json) { return read_object<Profile>(json); }

std::string encode(const CaseReadQuery& query) {
  StringSink sink;
  JsonWriter out(sink);
  MemberWriter writer(out);
  writer.member("case_key", query.case_key);
  std::vector<std::string> datasets;
  for (const Dataset dataset : query.datasets) datasets.emplace_back(name_of(dataset));
  writer.member("datasets", datasets);
  writer.finish();
  return sink.take();
}

Result<CaseReadQuery> decode_case_read_query(std::string_view json) {
  return decoded<CaseReadQuery>(json, [](MemberReader& reader, CaseReadQuery& made) {
    reader.member("case_key", made.case_key);
    std::vector<std::string> names;
    reader.member("datasets", names);
    for (const std::string& name : names) {
      const std::optional<Dataset> dataset = dataset_of(name);
      if (!dataset) return refuse(reader, "datasets", "holds a word that is not known");
      made.datasets.push_back(*dataset);
    }
  });
}

std::string encode(const CaseContent& content) {
  StringSink sink;
  JsonWriter out(sink);
  out.begin_object();
  out.name("datasets");
  out.begin_array();
  for (const DatasetAnswer& answer : content.datasets) write_answer(out, answer);
  out.end_array();
  out.end_object();
  return sink.take();
}

Result<CaseContent> decode_case_content(std::string_view json) {
  return decoded<CaseContent>(json, [](MemberReader& reader, CaseContent& made) {
    within(reader, "datasets", [&](const JsonNode& array) {
      if (array.kind() != JsonKind::array) return reader.state().fail("must be an array");
      for (const JsonNode& element : array.children()) {
        reader.state().enter(made.datasets.size());
        made.datasets.push_back(read_answer(element, reader.state()));
        reader.state().leave();
        if (!reader.state().ok()) return;
      }
    });
  });
}

}  // namespace casebridge::model
