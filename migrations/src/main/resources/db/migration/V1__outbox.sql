-- Events that are stored and not yet fanned out.
CREATE TABLE outbox (
  id bigint PRIMARY KEY,
  payload text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
