-- The audit log: what happened, in chains that nobody can change without its being seen.

-- Written in the transaction of what it tells of; from here it goes to its place in the chain.
-- engine: sqlite
CREATE TABLE audit_waiting (
  number   INTEGER PRIMARY KEY AUTOINCREMENT,
  id       TEXT   NOT NULL,
  stream   TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  actor    TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  outcome  TEXT   NOT NULL,
  request  TEXT   NOT NULL,
  details  TEXT   NOT NULL,
  personal TEXT   NOT NULL
);
-- engine: postgresql
CREATE TABLE audit_waiting (
  number   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       TEXT   NOT NULL,
  stream   TEXT   NOT NULL,
  at       BIGINT NOT NULL,
  actor    TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  outcome  TEXT   NOT NULL,
  request  TEXT   NOT NULL,
  details  TEXT   NOT NULL,
  personal TEXT   NOT NULL
);

-- hash is of all other columns; prev_hash is the hash of the entry before.
CREATE TABLE audit_event (
  stream    TEXT   NOT NULL,
  seq       BIGINT NOT NULL,
  id        TEXT   NOT NULL UNIQUE,
  at        BIGINT NOT NULL,
  actor     TEXT   NOT NULL,
  subject   TEXT   NOT NULL,
  action    TEXT   NOT NULL,
  outcome   TEXT   NOT NULL,
  request   TEXT   NOT NULL,
  details   TEXT   NOT NULL,
  personal  TEXT   NOT NULL,
  prev_hash TEXT   NOT NULL,
  hash      TEXT   NOT NULL,
  PRIMARY KEY (stream, seq)
);
CREATE INDEX audit_event_subject ON audit_event (subject, seq);

-- Sealed keys; without its key nobody reads the personal values about a subject, and the chain is as it was.
CREATE TABLE audit_subject_key (
  subject    TEXT NOT NULL PRIMARY KEY,
  account_id TEXT REFERENCES account (id) ON DELETE CASCADE,
  sealed_key TEXT NOT NULL
);
CREATE INDEX audit_subject_key_account ON audit_subject_key (account_id);

-- engine: sqlite
CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows');
END;
-- engine: sqlite
CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows');
END;
-- Replacing a row is no deletion to SQLite.
-- engine: sqlite
CREATE TRIGGER audit_event_follows BEFORE INSERT ON audit_event
WHEN EXISTS (SELECT 1 FROM audit_event e WHERE e.id = NEW.id OR (e.stream = NEW.stream AND e.seq >= NEW.seq))
BEGIN
  SELECT RAISE(ABORT, 'the audit log only grows');
END;

-- engine: postgresql
CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN RAISE EXCEPTION ''the audit log only grows''; END';
-- engine: postgresql
CREATE TRIGGER audit_event_stays BEFORE UPDATE OR DELETE ON audit_event
  FOR EACH ROW EXECUTE FUNCTION audit_event_refuse();
-- engine: postgresql
CREATE TRIGGER audit_event_remains BEFORE TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse();
