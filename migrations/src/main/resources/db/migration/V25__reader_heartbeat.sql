-- The time, as the writer set it last while somebody asked readers: what a reader shows of it is how old its data is.
CREATE TABLE reader_heartbeat (
  id smallint PRIMARY KEY CHECK (id = 1),
  beat_at timestamptz NOT NULL
);

INSERT INTO reader_heartbeat (id, beat_at) VALUES (1, now());
