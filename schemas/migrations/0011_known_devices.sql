-- Browsers that completed a whole sign-in, links that were mailed, and what happens after a time unless it is
-- stopped. Of tokens and links only the digest is here.

CREATE TABLE known_device (
  id           TEXT   NOT NULL PRIMARY KEY,
  account_id   TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_digest TEXT   NOT NULL,
  name         TEXT   NOT NULL,
  address      TEXT   NOT NULL,
  created_at   BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  UNIQUE (account_id, token_digest)
);
CREATE INDEX known_device_end ON known_device (expires_at);

CREATE TABLE mailed_link (
  purpose    TEXT   NOT NULL,
  digest     TEXT   NOT NULL,
  account_id TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  subject    TEXT   NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (purpose, digest)
);
CREATE INDEX mailed_link_of_account ON mailed_link (account_id, purpose);
CREATE INDEX mailed_link_end ON mailed_link (expires_at);

-- At most one of a kind for an account. It takes effect from due_at on, and is forgotten after ends_at.
CREATE TABLE hold (
  account_id TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind       TEXT   NOT NULL,
  begun_at   BIGINT NOT NULL,
  due_at     BIGINT NOT NULL,
  ends_at    BIGINT NOT NULL,
  PRIMARY KEY (account_id, kind)
);
CREATE INDEX hold_due ON hold (kind, due_at);
CREATE INDEX hold_end ON hold (ends_at);
