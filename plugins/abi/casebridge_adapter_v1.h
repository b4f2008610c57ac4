/* The contract between Casebridge and an adapter: C11, append-only. An adapter is a shared library that
 * exports one symbol and carries one ELF note; everything else goes through the tables below. */
#ifndef CASEBRIDGE_ADAPTER_V1_H
#define CASEBRIDGE_ADAPTER_V1_H

#include <stddef.h>
#include <stdint.h>

/* How to read this file
 *
 * Tags on functions:
 *   [thread: any]       the host may call it from any thread, also from several at once, up to the number of
 *                       calls that the adapter's manifest allows (concurrency.max); `serial` adapters get
 * one. [thread: one]       called once, by one thread, before or after all others. [may block]         may
 * wait, but only inside host services, which stop waiting at the call's deadline. [pure]              no host
 * service, no I/O, no waiting; the same answer every time.
 *
 * Ownership, the same everywhere:
 *   input     belongs to the caller and is valid until the function returns. Copy what has to live longer.
 *   output    goes through a sink that belongs to the receiver. Nobody ever frees the other side's memory.
 *   tables    of the host (`casebridge_host`, services) live as long as the adapter instance.
 *   tables    of the adapter (`casebridge_adapter`) live until `destroy` returns.
 *   secrets   (fields of a sign-in, session, resume) may be in any input. Never log them, wipe copies.
 *
 * Rules for both sides:
 *   - No exception, longjmp or signal crosses this border. A C++ adapter catches everything everywhere.
 *   - `struct_size` is the size of the struct as the side that made it knows it. Fields are only ever added
 *     at the end; a reader looks at a field only when struct_size reaches it.
 *   - Payloads are UTF-8 JSON without a byte order mark, described by schemas/adapter/NAME.json; the host
 *     checks each one in both directions. Unknown members must be ignored by the reader.
 *   - Text has a size and no terminating zero, unless it is a `const char *`.
 *   - An adapter starts no threads or processes that outlive a call, opens no files or sockets, changes no
 *     signal handlers, locale, environment or working directory.
 *   - The adapter keeps no state of one parent between calls: a sign-in lives in `resume` and `session`,
 *     which the host seals and gives back. So a restart or another machine changes nothing.
 */

#ifdef __cplusplus
extern "C" {
#endif

/* A major is a new header and a new symbol. A minor only adds: fields at the end, services, operations. */
#define CASEBRIDGE_ABI_MAJOR 1u
#define CASEBRIDGE_ABI_MINOR 1u
/* Minor 1 added: in http/1 redirects, a cookie jar and a bound for the answer; the services assertion/1,
 * files/1 and kv/1; the operations enrol.begin, credential.recover, payment.*, payment_method.*, recurring.*,
 * contact.update, message.send, document.upload, request.*. */
/* The records and messages inside the payloads. */
#define CASEBRIDGE_MODEL_MAJOR 1u
/* The name of the exported symbol; see the end of this file. */
#define CASEBRIDGE_ENTRY_SYMBOL "casebridge_adapter_v1"

typedef struct casebridge_bytes {
  const uint8_t* data; /* may be NULL when size is 0 */
  size_t size;
} casebridge_bytes;

/* ---- Results ----------------------------------------------------------------------------------- */

/* What every function that returns `int32_t` answers, unless its comment says otherwise.
 * Any other number counts as CASEBRIDGE_FAULT. */
enum {
  CASEBRIDGE_DONE = 0,    /* the sink holds the result of the operation */
  CASEBRIDGE_PENDING = 1, /* the work goes on at the state; the sink holds `pending`. The host calls again
                             later, the same function with the same input, and `resume` in the call */
  CASEBRIDGE_REFUSED = 2, /* expected failure; the sink holds `refusal`, an outcome of the closed list */
  CASEBRIDGE_FAULT = 3    /* a bug in the adapter, as an exception caught at the border; sink is ignored */
};

/* Where output goes. Made by the side that receives it. */
typedef struct casebridge_sink {
  uint32_t struct_size;
  uint32_t reserved;
  /* Appends. Returns 0; or 1 when the receiver's size bound is passed: stop writing and return
   * CASEBRIDGE_FAULT. [thread: that of the call] */
  int32_t (*write)(struct casebridge_sink* sink, casebridge_bytes piece);
  /* Says what the octets are, as `application/pdf`; at most once, before or after writing. Without it they
   * are JSON. Only document.read uses it. Returns 0; or 1 when refused. [thread: that of the call] */
  int32_t (*media_type)(struct casebridge_sink* sink, casebridge_bytes type);
} casebridge_sink;

/* ---- One call ---------------------------------------------------------------------------------- */

enum {
  /* A parent waits for the answer. Without this flag nothing may be sent to, or asked of, a parent because of
   * the call: a step that would do so answers `refusal` interaction_needed. */
  CASEBRIDGE_CALL_INTERACTIVE = 1u
};

/* Belongs to the host; valid until the adapter's function returns. Give the same pointer to host services:
 * they stop at its deadline and when its caller has gone. After the function has returned they refuse it. */
typedef struct casebridge_call {
  uint32_t struct_size;
  uint32_t flags;
  uint64_t call_id;            /* unique for this instance */
  uint64_t deadline_ns;        /* of CLOCK_MONOTONIC; after it nobody waits for the result */
  casebridge_bytes request_id; /* for the state's own log, if it takes one; safe to send */
  casebridge_bytes locale;     /* language of the parent: en, es */
  casebridge_bytes resume;     /* from an earlier CASEBRIDGE_PENDING of this call; else empty */
  /* 1 when the caller has gone or the deadline has passed. Cheap; ask in long loops. [thread: that of the
   * call] */
  int32_t (*is_over)(const struct casebridge_call* call);
} casebridge_call;

/* ---- What the host offers ---------------------------------------------------------------------- */

/* Given to `create`; one per adapter instance. */
typedef struct casebridge_host {
  uint32_t struct_size;
  uint32_t abi_minor; /* the host's */
  /* A table such as `casebridge_http_v1`, or NULL when this host does not offer it, or has none for this
   * system. Ids: "http/1", "clock/1", "log/1", "secrets/1", "model/1", "assertion/1", "files/1", "kv/1". The
   * manifest names those that are used. [thread: any] [pure] */
  const void* (*get_service)(const struct casebridge_host* host, const char* id);
} casebridge_host;

/* -- http/1: the way to the system. Only the system's configured origins can be reached. -- */

typedef struct casebridge_header {
  casebridge_bytes name;
  casebridge_bytes value;
} casebridge_header;

enum {
  CASEBRIDGE_HTTP_OK = 0,        /* a whole answer was received, whatever its status */
  CASEBRIDGE_HTTP_NOT_SENT = 1,  /* no connection (refused, name, TLS): nothing reached the system */
  CASEBRIDGE_HTTP_LOST = 2,      /* sent, but no whole answer: reset, truncated. It may have had its effect */
  CASEBRIDGE_HTTP_TIMEOUT = 3,   /* sent, and no answer in time. It may have had its effect */
  CASEBRIDGE_HTTP_CANCELLED = 4, /* the caller has gone, or the call is over */
  CASEBRIDGE_HTTP_TOO_LARGE = 5, /* the answer passes the size bound (8 MiB) */
  CASEBRIDGE_HTTP_NOT_HTTP = 6,  /* the answer does not follow RFC 9112 */
  CASEBRIDGE_HTTP_NOT_ALLOWED = 7,  /* origin, method, target or header refused: a bug in the adapter */
  CASEBRIDGE_HTTP_SLOW_CONNECT = 8, /* no connection in time: nothing reached the system */
  /* Minor 1, only for requests with redirects_max: an answer sent us somewhere that this system's origins do
   * not hold, from https to http, or with a body that must not go there. Nothing was sent there. */
  CASEBRIDGE_HTTP_REDIRECT_REFUSED = 9,
  CASEBRIDGE_HTTP_REDIRECT_LOOP = 10 /* more redirects than redirects_max */
};

enum {
  CASEBRIDGE_HTTP_SECRETS_IN_HEADERS = 1u, /* replace ${secret:name} in header values */
  CASEBRIDGE_HTTP_SECRETS_IN_BODY = 2u,    /* the same in the body; never where a parent's input is in it */
  CASEBRIDGE_HTTP_COOKIES = 4u             /* minor 1: send and keep cookies, RFC 6265; see `jar` */
};

typedef struct casebridge_http_request {
  uint32_t struct_size;
  uint32_t flags;
  casebridge_bytes origin; /* one of the system's origins, as https://host:port; empty: the first */
  casebridge_bytes method; /* GET, HEAD, POST, PUT, PATCH, DELETE */
  casebridge_bytes target; /* begins with '/', already percent-encoded */
  /* Without Host, Connection, Content-Length, Transfer-Encoding: those are the host's. */
  const casebridge_header* headers;
  size_t header_count;
  casebridge_bytes body;
  uint32_t timeout_ms; /* of this exchange; 0: what is left of the call. Never longer than that */
  /* -- Minor 1 -- */
  /* How many redirects to follow, at most 10; 0: none, the 3xx is the answer. Methods change as RFC 9110
   * §15.4 says: 303 becomes GET, also 301 and 302 after POST; 307 and 308 repeat method and body. To another
   * origin of this system Authorization and headers with secrets are not taken along. */
  uint32_t redirects_max;
  uint32_t answer_bytes_max; /* of the body; 0: 8 MiB. Never more than 12 MiB */
  /* With CASEBRIDGE_HTTP_COOKIES: the jar as the receiver got it last, empty at first. Its octets are the
   * host's own; keep them in `session` or `resume`, they are a secret. */
  casebridge_bytes jar;
} casebridge_http_request;

/* Belongs to the adapter. The host calls it inside `send`, and only after the whole answer has arrived: part
 * of an answer is never delivered. */
typedef struct casebridge_http_receiver {
  uint32_t struct_size;
  uint32_t reserved;
  void* self;
  void (*status)(void* self, uint32_t status);                               /* once, first */
  void (*header)(void* self, casebridge_bytes name, casebridge_bytes value); /* for each, in order */
  void (*body)(void* self, casebridge_bytes whole); /* once, last of these; without transfer coding */
  /* -- Minor 1; either may be NULL -- */
  /* The jar from now on. Also when `send` fails later than the first answer, because a state that has changed
   * its cookie knows only the new one. */
  void (*jar)(void* self, casebridge_bytes jar);
  /* Where the answer came from, after redirects. */
  void (*place)(void* self, casebridge_bytes origin, casebridge_bytes target);
} casebridge_http_receiver;

typedef struct casebridge_http_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* One request and its answer; redirects and cookies only as the request says. Returns CASEBRIDGE_HTTP_*.
   * [thread: that of the call] [may block] */
  int32_t (*send)(const struct casebridge_http_v1* http, const casebridge_call* call,
                  const casebridge_http_request* request, const casebridge_http_receiver* receiver);
} casebridge_http_v1;

/* -- clock/1: the only time an adapter may use; tests and sandboxes turn it. -- */

typedef struct casebridge_clock_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  int64_t (*now_unix)(
      const struct casebridge_clock_v1* clock); /* UTC seconds since 1970. [thread: any] [pure] */
} casebridge_clock_v1;

/* -- log/1: facts for the operator. Names and values come from closed lists; anything else is dropped. -- */

enum { CASEBRIDGE_LOG_DEBUG = 0, CASEBRIDGE_LOG_INFO = 1, CASEBRIDGE_LOG_WARN = 2, CASEBRIDGE_LOG_ERROR = 3 };

enum {
  CASEBRIDGE_FIELD_NUMBER =
      0, /* fields status, count, page, attempt, offset, duration_ms, size: value in `number` */
  CASEBRIDGE_FIELD_WORD = 1, /* fields operation, outcome, reason, member, dataset: [a-z][a-zA-Z_.]{0,47} */
  CASEBRIDGE_FIELD_CODE =
      2 /* field upstream_code: letters first, '-' or '_', at most four digits: ICOP-1001 */
};

typedef struct casebridge_log_field {
  const char* name;
  uint32_t kind;
  uint32_t reserved;
  int64_t number;
  casebridge_bytes text;
} casebridge_log_field;

typedef struct casebridge_log_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Events: upstream_error, upstream_retry, upstream_drift, unknown_code, paging_restarted, record_dropped,
   * adapter_note. [thread: any] */
  void (*write)(const struct casebridge_log_v1* log, const casebridge_call* call, uint32_t level,
                const char* event, const casebridge_log_field* fields, size_t field_count);
} casebridge_log_v1;

/* -- secrets/1: the system's own secrets, by name. Their values never enter the adapter: http/1 puts them in.
 * -- */

typedef struct casebridge_secrets_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  int32_t (*exists)(const struct casebridge_secrets_v1* secrets,
                    casebridge_bytes name); /* 1 or 0. [thread: any] */
} casebridge_secrets_v1;

/* -- model/1: the same checks as the host makes. -- */

typedef struct casebridge_model_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Whether a payload follows schemas/adapter/NAME.json: 0 yes, 1 no (the sink, if given, receives the JSON
   * pointer of the first wrong member), 2 no such schema. [thread: any] [pure] */
  int32_t (*check)(const struct casebridge_model_v1* model, const char* schema, casebridge_bytes json,
                   casebridge_sink* where);
  /* "1,234.50" or "-7" in cents, exactly: 0 and *cents; 1 when it is no amount. [thread: any] [pure] */
  int32_t (*parse_money)(const struct casebridge_model_v1* model, casebridge_bytes text, int64_t* cents);
  /* YYYY-MM-DD of the calendar: 1, else 0. [thread: any] [pure] */
  int32_t (*is_date)(const struct casebridge_model_v1* model, casebridge_bytes text);
} casebridge_model_v1;

/* -- assertion/1, minor 1: the gateway vouches for the parent of this call. The key stays with the host. --
 */

enum {
  CASEBRIDGE_ASSERTION_OK = 0,
  CASEBRIDGE_ASSERTION_NOT_ALLOWED = 1, /* audience or reference that this system is not configured for */
  CASEBRIDGE_ASSERTION_NOBODY = 2, /* no parent stands behind this call, or none signed in strongly enough, or
                                      not recently enough: the parent must come and confirm */
  CASEBRIDGE_ASSERTION_FAILED = 3, /* signing did not work */
  CASEBRIDGE_ASSERTION_CANCELLED = 4 /* the call is over */
};

typedef struct casebridge_assertion_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Writes a new signed token, each time another one: a JWS in compact form (RFC 7515), ES256. `reference` is
   * the state's own number of the parent, [A-Za-z0-9._-]{1,64}, or empty. Who the parent is, how and when he
   * signed in and what the token is good for is said by the host. Never keep a token, never log one. [thread:
   * that of the call] */
  int32_t (*sign)(const struct casebridge_assertion_v1* assertion, const casebridge_call* call,
                  casebridge_bytes audience, casebridge_bytes reference, casebridge_sink* token);
} casebridge_assertion_v1;

/* -- files/1, minor 1: the system's landing folders. Reading is of the inbound one, writing into the outbound
 * one. Names are [A-Za-z0-9][A-Za-z0-9._-]{0,127}: no folders, no links. -- */

enum {
  CASEBRIDGE_FILES_OK = 0,
  CASEBRIDGE_FILES_NOT_FOUND = 1,
  CASEBRIDGE_FILES_EXISTS = 2,      /* write: a file of that name is there; it is as it was */
  CASEBRIDGE_FILES_NOT_ALLOWED = 3, /* a name or a size that cannot be, or too many files open */
  CASEBRIDGE_FILES_TOO_LARGE = 4,   /* the file, or the number of files, passes the system's bound */
  CASEBRIDGE_FILES_FAILED = 5,      /* the folder cannot be reached, or the disk failed */
  CASEBRIDGE_FILES_CANCELLED = 6    /* the call is over */
};

typedef struct casebridge_file_entry {
  uint32_t struct_size;
  uint32_t reserved;
  casebridge_bytes name;
  uint64_t size;
  int64_t modified_unix;
} casebridge_file_entry;

typedef struct casebridge_files_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* Every regular file of the inbound folder, by name in the order of octets. [thread: that of the call] */
  int32_t (*list)(const struct casebridge_files_v1* files, const casebridge_call* call, void* self,
                  void (*entry)(void* self, const casebridge_file_entry* file));
  /* Opens one for reading; *handle is good until `close` or the end of the call, at most 8 at a time. What
   * was opened stays readable although the state replaces it. [thread: that of the call] */
  int32_t (*open)(const struct casebridge_files_v1* files, const casebridge_call* call, casebridge_bytes name,
                  uint64_t* handle, uint64_t* size);
  /* The next octets, at most `most` (and 1 MiB), in one write to the sink; nothing is written at the end.
   * [thread: that of the call] */
  int32_t (*read)(const struct casebridge_files_v1* files, const casebridge_call* call, uint64_t handle,
                  size_t most, casebridge_sink* out);
  int32_t (*close)(const struct casebridge_files_v1* files, const casebridge_call* call, uint64_t handle);
  /* Puts a whole file, at most 16 MiB, into the outbound folder: there at once and on disk, or not at all.
   * [thread: that of the call] */
  int32_t (*write)(const struct casebridge_files_v1* files, const casebridge_call* call,
                   casebridge_bytes name, casebridge_bytes content);
} casebridge_files_v1;

/* -- kv/1, minor 1: a small memory of the system, the same on every machine; sealed, and bounded. Nothing of
 * one parent belongs here that `session` can carry. -- */

enum {
  CASEBRIDGE_KV_OK = 0,
  CASEBRIDGE_KV_NOT_FOUND = 1,
  CASEBRIDGE_KV_CONFLICT = 2,    /* put, remove: the value is of another version than expected */
  CASEBRIDGE_KV_FULL = 3,        /* the system's quota of values or octets; nothing was changed */
  CASEBRIDGE_KV_NOT_ALLOWED = 4, /* key not of 1 to 200 octets, or a value larger than 256 KiB */
  CASEBRIDGE_KV_FAILED = 5,      /* the store does not work */
  CASEBRIDGE_KV_CANCELLED = 6    /* the call is over */
};

#define CASEBRIDGE_KV_ANY_VERSION (-1)

typedef struct casebridge_kv_v1 {
  uint32_t struct_size;
  uint32_t reserved;
  /* [thread: that of the call] [may block], all four */
  int32_t (*get)(const struct casebridge_kv_v1* kv, const casebridge_call* call, casebridge_bytes key,
                 casebridge_sink* value, int64_t* version);
  /* `expected`: the version that is replaced, 0 when there must be none, or CASEBRIDGE_KV_ANY_VERSION.
   * *version is the new one; no number is given twice, also not after a removal. */
  int32_t (*put)(const struct casebridge_kv_v1* kv, const casebridge_call* call, casebridge_bytes key,
                 casebridge_bytes value, int64_t expected, int64_t* version);
  /* A value that is not there is OK, unless a version was expected. */
  int32_t (*remove)(const struct casebridge_kv_v1* kv, const casebridge_call* call, casebridge_bytes key,
                    int64_t expected);
  /* The keys that begin with `prefix`, in the order of octets. */
  int32_t (*list)(const struct casebridge_kv_v1* kv, const casebridge_call* call, casebridge_bytes prefix,
                  void* self, void (*key)(void* self, casebridge_bytes key));
} casebridge_kv_v1;

/* ---- What the adapter offers ------------------------------------------------------------------- */

/* All pointers are required. An adapter that cannot do something answers `refusal` not_supported. */
typedef struct casebridge_adapter {
  uint32_t struct_size;
  uint32_t reserved;
  void* self;

  /* Who it is and what it can do: `describe`. Must agree with manifest.yaml, else it is not used. [thread:
   * one] [pure] */
  int32_t (*describe)(void* self, casebridge_sink* out);

  /* The system's settings, a JSON object checked against the manifest's settings schema. Called once, before
   * any call. Anything but CASEBRIDGE_DONE, and the system is not offered. [thread: one] */
  int32_t (*configure)(void* self, casebridge_bytes settings, casebridge_sink* out);

  /* Starts a sign-in: `auth_begin` in, `auth_step` out. [thread: any] [may block] */
  int32_t (*auth_begin)(void* self, const casebridge_call* call, casebridge_bytes begin,
                        casebridge_sink* out);

  /* Goes on with a challenge: its `resume` and `auth_answer` in, `auth_step` out. [thread: any] [may block]
   */
  int32_t (*auth_continue)(void* self, const casebridge_call* call, casebridge_bytes resume,
                           casebridge_bytes answer, casebridge_sink* out);

  /* Ends the session at the state; writes nothing when done. A session that is gone already is done.
   * [thread: any] [may block] */
  int32_t (*auth_end)(void* self, const casebridge_call* call, casebridge_bytes session,
                      casebridge_sink* out);

  /* Everything else, by name. New operations are a matter of the model, not of this table. [thread: any] [may
   * block]
   *   case.list              {}                    ->  case_list
   *   case.read              case_read_query       ->  case_content
   *   document.read          document_query        ->  the document itself; sink->media_type says what it is
   *   profile.read           {}                    ->  profile
   *   payment.options        case_query            ->  payment_options
   *   payment.read           receipt_query         ->  receipt
   *   request.read           receipt_query         ->  receipt
   * Before a session, so `session` is empty:
   *   enrol.begin            auth_begin            ->  auth_step; goes on through auth_continue
   *   credential.recover     recovery_query        ->  recovery_answer
   * Writes; each input has `write_id`, and the same id must never have a second effect:
   *   contact.update         contact_update        ->  receipt
   *   payment.create         payment_order         ->  receipt
   *   payment_method.add     payment_method_order  ->  receipt
   *   payment_method.remove  payment_method_removal -> receipt
   *   recurring.create       recurring_order       ->  receipt
   *   recurring.cancel       recurring_cancel      ->  receipt
   *   message.send           message_order         ->  receipt
   *   document.upload        document_upload       ->  receipt
   *   request.create         request_order         ->  receipt
   * An unknown name answers `refusal` not_supported. */
  int32_t (*invoke)(void* self, const casebridge_call* call, casebridge_bytes operation,
                    casebridge_bytes session, casebridge_bytes input, casebridge_sink* out);

  /* Nothing is called after it. [thread: one] */
  void (*destroy)(void* self);
} casebridge_adapter;

/* What the exported symbol points at; constant data. */
typedef struct casebridge_entry {
  uint32_t struct_size;
  uint32_t abi_major;
  uint32_t abi_minor_min; /* oldest host minor that is enough */
  uint32_t abi_minor_max; /* newest minor it knows */
  const char* id;         /* as in the note and the manifest */
  const char* version;
  /* Makes one instance; called once per system that uses this adapter. `abi_minor` is what both sides know.
   * Returns CASEBRIDGE_DONE and *made, or anything else and no instance. [thread: one] */
  int32_t (*create)(const casebridge_host* host, uint32_t abi_minor, const casebridge_adapter** made);
} casebridge_entry;

/* The exported symbol is a pointer to the entry:
 *   CASEBRIDGE_EXPORT const void *const casebridge_adapter_v1 = &my_entry; */
#define CASEBRIDGE_EXPORT __attribute__((visibility("default")))

/* ---- The ELF note ------------------------------------------------------------------------------ */

/* Read before the library is loaded, so that a wrong one is refused without running any of its code. Section
 * .note.casebridge, name "Casebridge", type 1, text `key=value` lines, at most CASEBRIDGE_NOTE_SIZE_MAX
 * octets. */
#define CASEBRIDGE_NOTE_SECTION ".note.casebridge"
#define CASEBRIDGE_NOTE_NAME "Casebridge"
#define CASEBRIDGE_NOTE_TYPE 1u
#define CASEBRIDGE_NOTE_SIZE_MAX 1024u

#define CASEBRIDGE_QUOTE_(x) #x
#define CASEBRIDGE_QUOTE(x) CASEBRIDGE_QUOTE_(x)
/* clang-format off */
#define CASEBRIDGE_NOTE_TEXT(major, minor_min, minor_max, id, version) \
  "abi_major=" CASEBRIDGE_QUOTE(major)                                 \
  "\nabi_minor_min=" CASEBRIDGE_QUOTE(minor_min)                      \
  "\nabi_minor_max=" CASEBRIDGE_QUOTE(minor_max)                      \
  "\nmodel_major=1\nid=" id "\nversion=" version "\ncompiler=" __VERSION__ "\n"
/* clang-format on */

/* CASEBRIDGE_NOTE("texas_icop", "1.0.0"); once, at file scope. */
#define CASEBRIDGE_NOTE(id, version) CASEBRIDGE_NOTE_OF(CASEBRIDGE_NOTE_TEXT(1, 0, 1, id, version))
#define CASEBRIDGE_NOTE_OF(text_literal)                                                          \
  __attribute__((section(CASEBRIDGE_NOTE_SECTION), used, aligned(4))) static const struct {       \
    uint32_t name_size, text_size, type;                                                          \
    char name[12];                                                                                \
    char text[sizeof(text_literal)];                                                              \
  } casebridge_note_ = {sizeof(CASEBRIDGE_NOTE_NAME), sizeof(text_literal), CASEBRIDGE_NOTE_TYPE, \
                        CASEBRIDGE_NOTE_NAME, text_literal}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CASEBRIDGE_ADAPTER_V1_H */
