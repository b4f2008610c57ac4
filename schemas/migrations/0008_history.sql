-- From which day on a state tells a dataset, when it keeps what is older to itself.

ALTER TABLE dataset_state ADD COLUMN history_from TEXT;
