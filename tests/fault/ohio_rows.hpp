// What becomes of every fault that Ohio's interface document lists (README 5, ICD 4 sections c.6, e, g, i and
// j).
#pragma once

#include "tests/fault/fault_row.hpp"

namespace casebridge::fault {

// auth: a sign-in. quit: its end. case: a transaction answered at once. job: one answered through a job, the
// fault in the job. inbox: notices. long: a case of more than one line. overpaid: a case with a negative
// total.
inline constexpr FaultRow ohio_rows[] = {
    {"auth", "latency", R"({"ms": 50})", "ok", 1},
    {"quit", "latency", R"({"ms": 50})", "ok", 1},
    {"case", "latency", R"({"ms": 50})", "ok", 1},
    {"job", "latency", R"({"ms": 50})", "ok", 1},
    {"inbox", "latency", R"({"ms": 50})", "ok", 1},

    // An error page of the server. Everything but the sign-in is made again once for 502, 503 and 504 that
    // name no time; a transaction with the same octets.
    {"auth", "http_status", R"({"status": 500})", "source_unavailable", 1},
    {"auth", "http_status", R"({"status": 503})", "source_unavailable", 1},
    {"quit", "http_status", R"({"status": 502})", "source_unavailable", 1},
    {"case", "http_status", R"({"status": 500})", "source_unavailable", 1},
    {"case", "http_status", R"({"status": 502})", "source_unavailable", 2},
    {"case", "http_status", R"({"status": 503, "retryAfter": 60})", "source_unavailable", 1},
    {"case", "http_status", R"({"status": 415})", "adapter_fault", 1},
    {"case", "http_status", R"({"status": 422})", "adapter_fault", 1},
    {"job", "http_status", R"({"status": 504})", "source_unavailable", 2},
    {"inbox", "http_status", R"({"status": 503})", "source_unavailable", 2},
    {"inbox", "http_status", R"({"status": 500})", "source_unavailable", 1},

    // No answer in time; what takes too long is not begun again.
    {"auth", "hang", "{}", "source_timeout", 1},
    {"quit", "hang", "{}", "source_timeout", 1},
    {"case", "hang", "{}", "source_timeout", 1},
    {"job", "hang", "{}", "source_timeout", 1},
    {"inbox", "hang", "{}", "source_timeout", 1},
    {"auth", "slow_drip", "{}", "source_timeout", 1},
    {"case", "slow_drip", "{}", "source_timeout", 1},
    {"job", "slow_drip", "{}", "source_timeout", 1},
    {"inbox", "slow_drip", "{}", "source_timeout", 1},

    // A broken connection.
    {"auth", "reset", "{}", "source_unavailable", 1},
    {"quit", "reset", "{}", "source_unavailable", 1},
    {"case", "reset", "{}", "source_unavailable", 2},
    {"job", "reset", "{}", "source_unavailable", 2},
    {"inbox", "reset", "{}", "source_unavailable", 2},
    {"auth", "lost_answer", "{}", "source_unavailable", 1},
    {"case", "lost_answer", "{}", "source_unavailable", 2},
    {"job", "lost_answer", "{}", "source_unavailable", 2},
    {"inbox", "lost_answer", "{}", "source_unavailable", 2},
    {"auth", "truncate", "{}", "source_unavailable", 1},
    {"case", "truncate", "{}", "source_unavailable", 2},
    {"job", "truncate", R"({"fraction": 0.9})", "source_unavailable", 2},
    {"inbox", "truncate", "{}", "source_unavailable", 2},

    // A whole answer that does not follow the document.
    {"auth", "truncate_clean", "{}", "source_changed", 1},
    {"case", "truncate_clean", "{}", "source_changed", 1},
    {"job", "truncate_clean", "{}", "source_changed", 1},
    {"inbox", "truncate_clean", "{}", "source_changed", 1},
    {"auth", "malformed", "{}", "source_changed", 1},
    {"case", "malformed", "{}", "source_changed", 1},
    {"job", "malformed", "{}", "source_changed", 1},
    {"inbox", "malformed", "{}", "source_changed", 1},
    // For transactions any other type is the mainframe talking (c.6); a reply of the sign-in is plain text
    // anyway.
    {"auth", "wrong_content_type", R"({"contentType": "text/html"})", "source_changed", 1},
    {"auth", "wrong_content_type", "{}", "ok", 1},
    {"case", "wrong_content_type", "{}", "source_unavailable", 1},
    {"job", "wrong_content_type", "{}", "source_unavailable", 1},
    {"inbox", "wrong_content_type", "{}", "source_unavailable", 1},
    {"auth", "oversize", "{}", "source_changed", 1},
    {"case", "oversize", "{}", "source_changed", 1},
    {"case", "oversize", R"({"bytes": 200000})", "source_changed", 1},
    {"inbox", "oversize", "{}", "source_changed", 1},
    {"auth", "empty_body", "{}", "source_changed", 1},
    {"case", "empty_body", "{}", "source_changed", 1},
    {"job", "empty_body", "{}", "source_changed", 1},
    // An inbox may be empty.
    {"inbox", "empty_body", "{}", "ok", 1},
    {"case", "drift", "{}", "source_changed", 1},
    {"job", "drift", "{}", "source_changed", 1},
    {"inbox", "drift", "{}", "source_changed", 1},
    // Lines twice: a case is not complete any more, an inbox ignores serial numbers that it has seen.
    {"case", "duplicate_page", "{}", "source_changed", 1},
    {"inbox", "duplicate_page", "{}", "ok", 1},

    // Sessions.
    {"case", "expire_session", "{}", "source_session_ended", 1},
    {"job", "expire_session", "{}", "source_session_ended", 1},
    {"inbox", "expire_session", "{}", "source_session_ended", 1},

    // The state says that it is closed or busy: nothing is made again.
    {"auth", "maintenance", "{}", "source_maintenance", 1},
    {"quit", "maintenance", "{}", "source_maintenance", 1},
    {"case", "maintenance", R"({"untilSeconds": 1800})", "source_maintenance", 1},
    {"job", "maintenance", "{}", "source_maintenance", 1},
    {"inbox", "maintenance", "{}", "source_maintenance", 1},
    {"auth", "batch_window", "{}", "source_maintenance", 1},
    {"case", "batch_window", "{}", "source_maintenance", 1},
    {"inbox", "batch_window", R"({"untilSeconds": 600})", "source_maintenance", 1},
    {"auth", "rate_limit", "{}", "source_rate_limited", 1},
    {"case", "rate_limit", R"({"retryAfter": 45})", "source_rate_limited", 1},
    {"job", "rate_limit", "{}", "source_rate_limited", 1},
    {"inbox", "rate_limit", "{}", "source_rate_limited", 1},

    // Ohio's own: lines and their ends.
    {"case", "short_line", "{}", "source_changed", 1},
    {"job", "short_line", "{}", "source_changed", 1},
    {"inbox", "short_line", "{}", "source_changed", 1},
    {"case", "long_line", "{}", "source_changed", 1},
    {"inbox", "long_line", "{}", "source_changed", 1},
    {"case", "rstrip_line", "{}", "source_changed", 1},
    {"inbox", "rstrip_line", "{}", "source_changed", 1},
    {"auth", "trailing_cr", "{}", "ok", 1},
    {"case", "trailing_cr", "{}", "ok", 1},
    {"job", "trailing_cr", "{}", "ok", 1},
    {"inbox", "trailing_cr", "{}", "ok", 1},
    {"auth", "no_newline", "{}", "ok", 1},
    {"case", "no_newline", "{}", "ok", 1},
    {"inbox", "no_newline", "{}", "ok", 1},
    {"auth", "wrong_codepage", "{}", "source_changed", 1},
    {"case", "wrong_codepage", "{}", "source_changed", 1},
    {"inbox", "wrong_codepage", "{}", "source_changed", 1},
    {"case", "latin1", "{}", "source_changed", 1},

    // Counters, amounts, codes.
    {"case", "bad_counter", "{}", "source_changed", 1},
    {"case", "blank_amounts", "{}", "ok", 1},
    {"case", "bad_amount", "{}", "source_changed", 1},
    {"overpaid", "other_sign", "{}", "source_changed", 1},
    {"case", "unknown_reason", "{}", "source_changed", 1},
    {"case", "unknown_source", "{}", "ok", 1},
    {"case", "swap_local_other", "{}", "source_changed", 1},
    {"inbox", "swap_local_other", "{}", "source_changed", 1},
    {"case", "leading_zero_case", "{}", "ok", 1},
    {"inbox", "leading_zero_case", "{}", "ok", 1},

    // Answers of several lines.
    {"long", "dup_serial", "{}", "source_changed", 1},
    {"long", "cont_missing", "{}", "source_changed", 1},
    {"long", "cont_order", "{}", "source_changed", 1},

    // The mainframe's own words, and jobs.
    {"auth", "abend", "{}", "source_unavailable", 1},
    {"case", "abend", "{}", "source_unavailable", 1},
    {"job", "abend", "{}", "source_unavailable", 1},
    {"inbox", "abend", "{}", "source_unavailable", 1},
    {"job", "job_lost", "{}", "source_not_found", 1},
    {"job", "job_never", "{}", "source_timeout", 20}};

// Kinds of the document without a row: `aadin` needs a request for a review, and the adapter makes none.
inline const std::set<std::string> ohio_kinds{"latency",
                                              "http_status",
                                              "hang",
                                              "reset",
                                              "lost_answer",
                                              "truncate",
                                              "truncate_clean",
                                              "malformed",
                                              "wrong_content_type",
                                              "oversize",
                                              "slow_drip",
                                              "empty_body",
                                              "expire_session",
                                              "duplicate_page",
                                              "drift",
                                              "maintenance",
                                              "rate_limit",
                                              "short_line",
                                              "long_line",
                                              "rstrip_line",
                                              "trailing_cr",
                                              "no_newline",
                                              "bad_counter",
                                              "blank_amounts",
                                              "bad_amount",
                                              "other_sign",
                                              "wrong_codepage",
                                              "unknown_reason",
                                              "unknown_source",
                                              "dup_serial",
                                              "cont_missing",
                                              "cont_order",
                                              "swap_local_other",
                                              "leading_zero_case",
                                              "abend",
                                              "job_lost",
                                              "job_never",
                                              "batch_window",
                                              "latin1"};

}  // namespace casebridge::fault
