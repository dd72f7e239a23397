-- Files that a client was given a link for to upload, and that no message has yet.
CREATE TABLE uploads (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  channel_id bigint NOT NULL,
  filename text NOT NULL,
  size bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX uploads_created ON uploads (created_at);

-- Files in the store to look after once they are due: one that its message does not have then is removed. A row is written
-- before its file is stored, so that no file is forgotten whose message was never stored; and when a message stops having
-- its file.
CREATE TABLE file_checks (
  attachment_id bigint PRIMARY KEY,
  channel_id bigint NOT NULL,
  message_id bigint NOT NULL,
  filename text NOT NULL,
  due_at timestamptz NOT NULL
);
CREATE INDEX file_checks_due ON file_checks (due_at);

-- However messages go: one by one, in bulk, with their channel or their guild.
CREATE FUNCTION check_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO file_checks (attachment_id, channel_id, message_id, filename, due_at)
  SELECT (file->>'id')::bigint, OLD.channel_id, OLD.id, file->>'filename', now()
  FROM jsonb_array_elements(OLD.extra::jsonb->'attachments') AS file
  ON CONFLICT (attachment_id) DO UPDATE SET due_at = excluded.due_at;
  RETURN NULL;
END $$;
CREATE TRIGGER messages_deleted AFTER DELETE ON messages
  FOR EACH ROW WHEN (OLD.extra LIKE '%"attachments"%') EXECUTE FUNCTION check_files();
CREATE TRIGGER messages_edited AFTER UPDATE OF extra ON messages
  FOR EACH ROW WHEN (OLD.extra LIKE '%"attachments"%' AND OLD.extra IS DISTINCT FROM NEW.extra)
  EXECUTE FUNCTION check_files();
