-- What an account may have beside its password: an authenticator app, and codes on paper for when that is lost.

-- The secret is sealed. A code belongs to a step of 30 seconds; only steps after last_step are still taken.
CREATE TABLE totp_app (
  account_id    TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  sealed_secret TEXT   NOT NULL,
  last_step     BIGINT NOT NULL,
  added_at      BIGINT NOT NULL
);

-- Hashed as passwords are; all codes of one set share their salt.
CREATE TABLE recovery_code (
  account_id TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  number     BIGINT NOT NULL,
  hash       TEXT   NOT NULL,
  used_at    BIGINT,
  PRIMARY KEY (account_id, number)
);
