-- What a user is given of itself, and what is taken out when the user goes, has to be found.
CREATE INDEX messages_author ON messages (author_id, id);
CREATE INDEX audit_log_any_target ON audit_log (target_id) WHERE target_id IS NOT NULL;
