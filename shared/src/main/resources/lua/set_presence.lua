-- Sets or removes what one session shows of its user, and gives what all of the user's sessions showed before: from both
-- the caller knows whether others see a change, and no two callers see the same one.
--
-- KEYS[1]  presences of the user: session -> JSON
-- ARGV[1]  session id
-- ARGV[2]  JSON; '' to remove
-- ARGV[3]  '1' if nothing happens unless the session is there, else '0'
-- ARGV[4]  time to live, ms
--
-- Returns {1 if it was written or else 0, session and JSON in turn, as they were before}.
local before = redis.call('HGETALL', KEYS[1])
if ARGV[3] == '1' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
  return {0, unpack(before)}
end
if ARGV[2] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return {1, unpack(before)}
