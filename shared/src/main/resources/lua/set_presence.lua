-- Sets or removes what one session shows of its user, and gives what all of the user's sessions showed before: from both
-- the caller knows whether others see a change, and no two callers see the same one.
--
-- KEYS[1]  presences of the user: session -> JSON
-- ARGV[1]  session id
-- ARGV[2]  JSON; '' to remove
-- ARGV[3]  what the session must show now, or nothing happens; '' for anything
-- ARGV[4]  time to live, ms
--
-- Returns {1, session and JSON in turn, as they were before}, or {0} if nothing happened.
if ARGV[3] ~= '' and redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[3] then
  return {0}
end
local before = redis.call('HGETALL', KEYS[1])
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return {1, unpack(before)}
