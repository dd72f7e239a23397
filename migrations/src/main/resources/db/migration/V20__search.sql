-- The index of guild messages: one row for each message and distinct token, so that the newest messages with a token are
-- one range of the key, however many there are. A token is a hash (dev.parley.search.Token). A place is a channel;
-- the messages of a public thread are in the place of its parent, and say so in thread_id.
CREATE TABLE search_postings (
  place_id bigint NOT NULL,
  token bigint NOT NULL,
  message_id bigint NOT NULL,
  thread_id bigint,
  PRIMARY KEY (place_id, token, message_id)
) WITH (
  -- Rows are never updated. Early vacuums keep counting an affair of the index alone.
  autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_vacuum_insert_scale_factor = 0.02,
  autovacuum_vacuum_scale_factor = 0.05
);
CREATE INDEX search_postings_thread ON search_postings (thread_id) WHERE thread_id IS NOT NULL;

-- Messages whose postings are to be made anew, in the order of what happened to them. before is the row that is indexed
-- now, and null for a new message.
CREATE TABLE search_changes (
  guild_id bigint NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  channel_id bigint NOT NULL,
  message_id bigint NOT NULL,
  before text,
  PRIMARY KEY (guild_id, id)
);

-- Whoever brings a guild's index up to date holds the guild's row. documents is about how many messages are in it.
CREATE TABLE search_guilds (
  guild_id bigint PRIMARY KEY REFERENCES guilds ON DELETE CASCADE,
  documents bigint NOT NULL DEFAULT 0
);

-- Channels with messages that are older than the index: those with smaller ids than before_id are still to be read.
CREATE TABLE search_backlog (
  guild_id bigint NOT NULL REFERENCES guilds ON DELETE CASCADE,
  channel_id bigint NOT NULL REFERENCES channels ON DELETE CASCADE,
  before_id bigint NOT NULL,
  PRIMARY KEY (guild_id, channel_id)
);
CREATE INDEX search_backlog_channel ON search_backlog (channel_id);

-- Deleted channels and threads whose postings are still there.
CREATE TABLE search_gone (channel_id bigint PRIMARY KEY);

-- A change and its note are one transaction, whoever makes it. Direct messages are not searched. When a whole channel
-- goes, its row is gone before those of its messages, and none of them is noted.
CREATE FUNCTION note_message_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO search_changes (guild_id, channel_id, message_id)
    SELECT c.guild_id, c.id, NEW.id FROM channels c WHERE c.id = NEW.channel_id AND c.guild_id IS NOT NULL;
  ELSE
    INSERT INTO search_changes (guild_id, channel_id, message_id, before)
    SELECT c.guild_id, c.id, OLD.id, to_json(OLD)::text FROM channels c
    WHERE c.id = OLD.channel_id AND c.guild_id IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER message_for_search AFTER INSERT OR DELETE ON messages
  FOR EACH ROW EXECUTE FUNCTION note_message_for_search();
CREATE TRIGGER message_changed_for_search AFTER UPDATE ON messages
  FOR EACH ROW
  WHEN ((OLD.content, OLD.embeds, OLD.extra, OLD.mentions, OLD.mention_roles, OLD.mention_everyone, OLD.pinned_at IS NULL)
    IS DISTINCT FROM
    (NEW.content, NEW.embeds, NEW.extra, NEW.mentions, NEW.mention_roles, NEW.mention_everyone, NEW.pinned_at IS NULL))
  EXECUTE FUNCTION note_message_for_search();

CREATE FUNCTION note_channel_for_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_gone (channel_id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER channel_gone_for_search AFTER DELETE ON channels
  FOR EACH ROW WHEN (OLD.guild_id IS NOT NULL) EXECUTE FUNCTION note_channel_for_search();

-- The triggers hold off writers until this commits, so no message is missed and none comes twice.
INSERT INTO search_backlog (guild_id, channel_id, before_id)
SELECT c.guild_id, c.id, m.newest + 1
FROM channels c
CROSS JOIN LATERAL (SELECT max(x.id) AS newest FROM messages x WHERE x.channel_id = c.id) m
WHERE c.guild_id IS NOT NULL AND m.newest IS NOT NULL;
INSERT INTO search_guilds (guild_id) SELECT DISTINCT guild_id FROM search_backlog;
