-- Links of accounts to persons at a state's system, the attempts that make them, and what guards them.

CREATE TABLE link (
  id               TEXT   NOT NULL PRIMARY KEY,
  account_id       TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  system           TEXT   NOT NULL,
  jurisdiction     TEXT   NOT NULL,
  state            TEXT   NOT NULL,
  state_since      BIGINT NOT NULL,
  reason           TEXT   NOT NULL,
  custody          TEXT   NOT NULL,
  subject_digest   TEXT   NOT NULL,
  second_step_seen BIGINT NOT NULL,
  version          BIGINT NOT NULL,
  created_at       BIGINT NOT NULL
);
CREATE INDEX link_of_account ON link (account_id, created_at);
-- One live link for an account and a person at a system, whatever runs at the same time.
CREATE UNIQUE INDEX link_live ON link (account_id, system, subject_digest)
  WHERE subject_digest <> '' AND state NOT IN ('revoked', 'closed');

CREATE TABLE link_secret (
  link_id      TEXT   NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  kind         TEXT   NOT NULL,
  sealed       TEXT   NOT NULL,
  version      BIGINT NOT NULL,
  idle_end     BIGINT,
  absolute_end BIGINT,
  PRIMARY KEY (link_id, kind)
);

-- An attempt may outlive the link it repairs, so link_id is no reference.
CREATE TABLE link_attempt (
  id                TEXT   NOT NULL PRIMARY KEY,
  account_id        TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  link_id           TEXT,
  system            TEXT   NOT NULL,
  mode              TEXT   NOT NULL,
  custody           TEXT   NOT NULL,
  state             TEXT   NOT NULL,
  seq               BIGINT NOT NULL,
  challenge_id      TEXT   NOT NULL,
  challenge         TEXT   NOT NULL,
  sealed_resume     TEXT   NOT NULL,
  identity_digest   TEXT   NOT NULL,
  credential_digest TEXT   NOT NULL,
  sealed_credential TEXT   NOT NULL,
  trouble           TEXT   NOT NULL,
  trouble_detail    TEXT   NOT NULL,
  second_step_seen  BIGINT NOT NULL,
  created_at        BIGINT NOT NULL,
  expires_at        BIGINT NOT NULL,
  version           BIGINT NOT NULL
);
CREATE INDEX link_attempt_of_account ON link_attempt (account_id);
CREATE INDEX link_attempt_end ON link_attempt (expires_at);

-- What the lock-out guard remembers for one user name at one system.
CREATE TABLE lockout (
  system          TEXT   NOT NULL,
  identity_digest TEXT   NOT NULL,
  attempts_left   BIGINT,
  refused         BIGINT NOT NULL,
  window_start    BIGINT NOT NULL,
  locked_until    BIGINT,
  PRIMARY KEY (system, identity_digest)
);

CREATE TABLE refused_credential (
  system            TEXT   NOT NULL,
  credential_digest TEXT   NOT NULL,
  refused_at        BIGINT NOT NULL,
  PRIMARY KEY (system, credential_digest)
);
