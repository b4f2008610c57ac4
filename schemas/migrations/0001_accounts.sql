-- Accounts, and what signing in to them needs. Moments are UTC seconds; flags are 0 or 1; nothing here is binary.
-- A statement after a line "-- engine: NAME" is run on that engine only.

CREATE TABLE account (
  id                 TEXT   NOT NULL PRIMARY KEY,
  email              TEXT   NOT NULL,
  email_canonical    TEXT   NOT NULL UNIQUE,
  email_verified_at  BIGINT,
  password_hash      TEXT   NOT NULL,
  credential_version BIGINT NOT NULL,
  locale             TEXT   NOT NULL,
  created_at         BIGINT NOT NULL
);
CREATE INDEX account_unverified ON account (created_at) WHERE email_verified_at IS NULL;

-- What validators and caches of one account hang on, and the last number given in its list of changes.
CREATE TABLE account_version (
  account_id TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  version    BIGINT NOT NULL,
  change_seq BIGINT NOT NULL
);

CREATE TABLE session (
  id               TEXT   NOT NULL PRIMARY KEY,
  account_id       TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_digest     TEXT   NOT NULL UNIQUE,
  transport        TEXT   NOT NULL,
  csrf_digest      TEXT   NOT NULL,
  assurance        TEXT   NOT NULL,
  created_at       BIGINT NOT NULL,
  authenticated_at BIGINT NOT NULL,
  last_seen_at     BIGINT NOT NULL,
  absolute_end     BIGINT NOT NULL,
  device           TEXT   NOT NULL,
  address          TEXT   NOT NULL,
  locale           TEXT   NOT NULL
);
CREATE INDEX session_of_account ON session (account_id);
CREATE INDEX session_idle ON session (last_seen_at);
CREATE INDEX session_end ON session (absolute_end);

CREATE TABLE flow (
  id         TEXT   NOT NULL PRIMARY KEY,
  kind       TEXT   NOT NULL,
  transport  TEXT   NOT NULL,
  step       TEXT   NOT NULL,
  seq        BIGINT NOT NULL,
  account_id TEXT   REFERENCES account (id) ON DELETE CASCADE,
  session_id TEXT,
  data       TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  done       BIGINT NOT NULL
);
CREATE INDEX flow_of_account ON flow (account_id);
CREATE INDEX flow_end ON flow (expires_at);

CREATE TABLE one_time_code (
  purpose            TEXT   NOT NULL,
  subject            TEXT   NOT NULL,
  digest             TEXT   NOT NULL,
  credential_version BIGINT NOT NULL,
  tries_left         BIGINT NOT NULL,
  sent_at            BIGINT NOT NULL,
  expires_at         BIGINT NOT NULL,
  PRIMARY KEY (purpose, subject)
);
CREATE INDEX one_time_code_of_subject ON one_time_code (subject);
CREATE INDEX one_time_code_end ON one_time_code (expires_at);

CREATE TABLE throttle (
  throttle_key TEXT   NOT NULL PRIMARY KEY,
  tries        BIGINT NOT NULL,
  window_start BIGINT NOT NULL,
  locks        BIGINT NOT NULL,
  locked_until BIGINT
);
CREATE INDEX throttle_window ON throttle (window_start);

CREATE TABLE mail (
  id          TEXT   NOT NULL PRIMARY KEY,
  recipient   TEXT   NOT NULL,
  subject     TEXT   NOT NULL,
  sealed_text TEXT   NOT NULL,
  tries       BIGINT NOT NULL,
  next_at     BIGINT NOT NULL,
  created_at  BIGINT NOT NULL
);
CREATE INDEX mail_due ON mail (next_at);

CREATE TABLE idempotency (
  scope           TEXT   NOT NULL,
  idempotency_key TEXT   NOT NULL,
  fingerprint     TEXT   NOT NULL,
  status          BIGINT NOT NULL,
  body            TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  PRIMARY KEY (scope, idempotency_key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
