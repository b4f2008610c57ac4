-- Further addresses of accounts, all of them confirmed; which addresses are written to, and whether mails say from
-- whom they come.

CREATE TABLE further_address (
  id              TEXT   NOT NULL PRIMARY KEY,
  account_id      TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  email           TEXT   NOT NULL,
  email_canonical TEXT   NOT NULL,
  verified_at     BIGINT NOT NULL,
  kept_until      BIGINT,
  UNIQUE (account_id, email_canonical)
);

CREATE TABLE contact (
  account_id         TEXT   NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  leaves_out_sign_in BIGINT NOT NULL,
  plain              BIGINT NOT NULL
);

ALTER TABLE mail ADD COLUMN plain BIGINT NOT NULL DEFAULT 0;
