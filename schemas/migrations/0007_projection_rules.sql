-- By which rules stored records were projected for their viewers. What follows other rules than its system has now
-- is not shown until it was projected anew from what the state told.

CREATE TABLE projection_rules (
  system TEXT NOT NULL PRIMARY KEY,
  rules  TEXT NOT NULL
);
ALTER TABLE link ADD COLUMN projected_by TEXT NOT NULL DEFAULT '';
