-- Takes a session out of the recipients of a guild.
--
-- KEYS[1]  recipients, as in subscribe.lua
-- KEYS[2]  the session's chunk
-- ARGV[1]  session id
-- ARGV[2]  how many chunks the caller took the guild to have
-- ARGV[3]  the session's chunk, a number
-- ARGV[4]  how long a guild that nobody hears of is kept, ms: events that are still under way must find it as it was
-- ARGV[5]  the intent for presences, as a mask of one bit
--
-- Returns 0 when the session is not there any more, or how many chunks the guild has, for the caller to try again.
local chunks = tonumber(redis.call('HGET', KEYS[1], 'chunks') or '1')
if chunks ~= tonumber(ARGV[2]) then
  return chunks
end
local value = redis.call('HGET', KEYS[2], ARGV[1])
if value then
  redis.call('HDEL', KEYS[2], ARGV[1])
  local intents = tonumber(string.match(value, '^%d+:(%d+)') or '0')
  if math.floor(intents / tonumber(ARGV[5])) % 2 == 1 and redis.call('HEXISTS', KEYS[1], 'presences') == 1 then
    redis.call('HINCRBY', KEYS[1], 'presences', -1)
  end
  redis.call('HINCRBY', KEYS[1], 'v' .. ARGV[3], 1)
  if redis.call('HINCRBY', KEYS[1], 'size', -1) == 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
  end
end
return 0
