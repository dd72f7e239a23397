-- A member's username beside the guild, so that the members whose names begin so are one range of an index, whoever else
-- has an account. The triggers keep it what it is in users, whoever changes one.
ALTER TABLE members ADD COLUMN username_key text;

CREATE FUNCTION name_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The lock lets a change of the name come before or after, and not in between.
  SELECT u.username_key INTO NEW.username_key FROM users u WHERE u.id = NEW.user_id FOR SHARE;
  RETURN NEW;
END $$;
CREATE TRIGGER member_named BEFORE INSERT ON members FOR EACH ROW EXECUTE FUNCTION name_member();

CREATE FUNCTION rename_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE members SET username_key = NEW.username_key WHERE user_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER user_renamed AFTER UPDATE OF username_key ON users FOR EACH ROW
  WHEN (OLD.username_key IS DISTINCT FROM NEW.username_key) EXECUTE FUNCTION rename_members();

UPDATE members SET username_key = u.username_key FROM users u WHERE u.id = members.user_id;
CREATE INDEX members_name_prefix ON members (guild_id, (username_key COLLATE "C"));
DROP INDEX users_username_prefix;
