// Chores of the audit log. What cannot be done is told in the log and tried again.
#include "core/gateway/audit_chores.hpp"

#include <memory>

#include "core/audit/seal_waiting.hpp"

namespace casebridge::gateway {
namespace {

constexpr auto turn_every = std::chrono::milliseconds(500);

void seal(ports::Store& store, desk::ReadLog& reads, const Log& log) {
  if (const auto flushed = reads.flush(); !flushed)
    log.write(LogLevel::error, "audit_reads_wait", {{"code", flushed.error().row().name}});
  if (const auto sealed = audit::seal_waiting(store); !sealed)
    log.write(LogLevel::error, "audit_not_sealed", {{"code", sealed.error().row().name}});
}

std::string_view word_of(audit::Verdict verdict) {
  switch (verdict) {
    case audit::Verdict::good: return "good";
    case audit::Verdict::broken: return "broken";
    case audit::Verdict::truncated: return "truncated";
    case audit::Verdict::rewritten: return "rewritten";
    case audit::Verdict::unfit_checkpoint: return "unfit_checkpoint";
  }
  return "";
}

// Reads on at every turn, and signs when it has come to the end and the interval is over.
class Signing {
 public:
  Signing(audit::CheckpointFile& checkpoint, std::chrono::seconds every, const Log& log)
      : checkpoint_(checkpoint), every_(every), log_(log) {}
  void turn(bool at_once) {
    const auto all = checkpoint_.read_on();
    if (!all) return tell(all.error());
    const auto now = std::chrono::steady_clock::now();
    if (!*all || (now < next_ && !at_once)) return;
    next_ = now + every_;
    // The log is not what was signed before: somebody has to look at it, and nothing is signed until then.
    const auto found = checkpoint_.sign();
    if (!found) return tell(found.error());
    if (found->verdict != audit::Verdict::good)
      log_.write(LogLevel::error, "audit_log_damaged",
                 {{"verdict", word_of(found->verdict)}, {"seq", found->seq}});
  }

 private:
  void tell(const Trouble& trouble) const {
    log_.write(LogLevel::error, "audit_not_signed", {{"code", trouble.row().name}});
  }

  audit::CheckpointFile& checkpoint_;
  const std::chrono::seconds every_;
  const Log& log_;
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace

void make_audit(Parts& parts, const AuditSettings& settings, const Clock& clock) {
  parts.trail = std::make_unique<audit::Trail>(*parts.foundations.vault, clock);
  parts.reads = std::make_unique<desk::ReadLog>(*parts.store, *parts.trail, clock);
  if (settings.checkpoint.empty()) return;
  audit::NoteSigner signer(audit::origin_of(settings.name, audit::accounts_stream),
                           std::move(parts.foundations.checkpoint_seed));
  parts.checkpoint =
      std::make_unique<audit::CheckpointFile>(*parts.store, std::move(signer), settings.checkpoint);
}

void add_audit_chores(Parts& parts, const AuditSettings& settings, const Log& log) {
  ports::Store& store = *parts.store;
  const auto signing = parts.checkpoint
                           ? std::make_shared<Signing>(*parts.checkpoint, settings.checkpoint_every, log)
                           : nullptr;
  const auto turn = [&store, &reads = *parts.reads, &log, signing](bool at_once) {
    seal(store, reads, log);
    if (signing) signing->turn(at_once);
  };
  parts.scheduler->every(desk::Scheduler::Lane::quick, turn_every, [turn] { turn(false); });
  parts.end_audit = [turn] { turn(true); };
}

}  // namespace casebridge::gateway
