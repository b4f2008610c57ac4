-- Snapshots as append-only versions, the state of each dataset, changes, syncs and jobs.

-- known_to is null for the version that holds now; removed = 1 says that the state no longer shows the record.
CREATE TABLE record_version (
  link_id      TEXT   NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  case_key     TEXT   NOT NULL,
  dataset      TEXT   NOT NULL,
  record_id    TEXT   NOT NULL,
  version      BIGINT NOT NULL,
  upstream_key TEXT   NOT NULL,
  content_hash TEXT   NOT NULL,
  body         TEXT   NOT NULL,
  projected    TEXT   NOT NULL,
  sort_key     TEXT   NOT NULL,
  as_of        TEXT,
  retrieved_at BIGINT NOT NULL,
  known_from   BIGINT NOT NULL,
  known_to     BIGINT,
  removed      BIGINT NOT NULL,
  PRIMARY KEY (link_id, dataset, record_id, version)
);
-- Pages are cut by the order of octets, whatever language the database was made for.
-- engine: postgresql
ALTER TABLE record_version ALTER COLUMN sort_key TYPE TEXT COLLATE "C";
-- engine: postgresql
ALTER TABLE record_version ALTER COLUMN record_id TYPE TEXT COLLATE "C";
CREATE INDEX record_shown ON record_version (link_id, dataset, sort_key, record_id)
  WHERE known_to IS NULL AND removed = 0;
CREATE INDEX record_by_id ON record_version (record_id) WHERE known_to IS NULL;
CREATE UNIQUE INDEX record_current ON record_version (link_id, case_key, dataset, upstream_key)
  WHERE known_to IS NULL;

CREATE TABLE dataset_state (
  link_id         TEXT   NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  case_key        TEXT   NOT NULL,
  dataset         TEXT   NOT NULL,
  sync            TEXT   NOT NULL,
  as_of           TEXT,
  retrieved_at    BIGINT,
  verified_at     BIGINT,
  last_attempt_at BIGINT,
  failures        BIGINT NOT NULL,
  trouble         TEXT   NOT NULL,
  retry_at        BIGINT,
  PRIMARY KEY (link_id, case_key, dataset)
);

-- seq has no gaps within an account; kind is added, changed, removed or erased. Outlives the link it tells of.
CREATE TABLE change (
  account_id TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  seq        BIGINT NOT NULL,
  link_id    TEXT   NOT NULL,
  dataset    TEXT   NOT NULL,
  record_id  TEXT   NOT NULL,
  version    BIGINT NOT NULL,
  kind       TEXT   NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (account_id, seq)
);
CREATE INDEX change_of_link ON change (link_id);

CREATE TABLE sync (
  id          TEXT   NOT NULL PRIMARY KEY,
  link_id     TEXT   NOT NULL REFERENCES link (id) ON DELETE CASCADE,
  account_id  TEXT   NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  state       TEXT   NOT NULL,
  started_by  TEXT   NOT NULL,
  progress    TEXT   NOT NULL,
  trouble     TEXT   NOT NULL,
  added       BIGINT NOT NULL,
  changed     BIGINT NOT NULL,
  removed     BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX sync_of_link ON sync (link_id, created_at);
CREATE INDEX sync_of_account ON sync (account_id);

-- Every row is an open job: what is finished is deleted.
CREATE TABLE job (
  id          TEXT   NOT NULL PRIMARY KEY,
  kind        TEXT   NOT NULL,
  subject     TEXT   NOT NULL,
  payload     TEXT   NOT NULL,
  run_at      BIGINT NOT NULL,
  tries       BIGINT NOT NULL,
  owner       TEXT,
  lease_until BIGINT,
  UNIQUE (kind, subject)
);
CREATE INDEX job_due ON job (run_at);
CREATE INDEX job_of_subject ON job (subject);
