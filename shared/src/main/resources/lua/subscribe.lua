-- Adds a session to the recipients of a guild, and splits a chunk when the chunks have grown full.
--
-- A session belongs to the chunk that linear hashing gives: with n chunks and L the largest power of two up to n, it is
-- h mod 2L if that is below n, else h mod L; h are the first seven hexadecimal digits of the session's id. Growing by one
-- chunk then moves sessions out of one other chunk only.
--
-- KEYS[1]  recipients: chunks (how many), size (sessions in all), presences (sessions with the intent for presences; not
--          there if nobody has counted them),
--          epoch, large, and v0, v1, … (the chunks' versions)
-- KEYS[2]  the session's chunk: session -> user, intents, kind, shard
-- KEYS[3]  the chunk that would be split
-- KEYS[4]  the chunk that would be added
-- ARGV[1]  session id
-- ARGV[2]  the session's value
-- ARGV[3]  how many chunks the caller took the guild to have
-- ARGV[4]  the session's chunk, a number
-- ARGV[5]  sessions that a chunk should hold
-- ARGV[6]  sessions that a guild has without being large
-- ARGV[7]  epoch to note if there is none: versions of another epoch say nothing
-- ARGV[8]  1 if the session has the intent for presences, else 0
--
-- Returns 0 when the session is added, or how many chunks the guild has, for the caller to try again.
local chunks = tonumber(redis.call('HGET', KEYS[1], 'chunks') or '1')
if chunks ~= tonumber(ARGV[3]) then
  return chunks
end
redis.call('HSETNX', KEYS[1], 'epoch', ARGV[7])
redis.call('PERSIST', KEYS[1])
local added = redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[1], 'v' .. ARGV[4], 1)
if added == 0 then
  return 0
end
local size = redis.call('HINCRBY', KEYS[1], 'size', 1)
if size == 1 then
  redis.call('HSET', KEYS[1], 'presences', ARGV[8])
elseif redis.call('HEXISTS', KEYS[1], 'presences') == 1 then
  redis.call('HINCRBY', KEYS[1], 'presences', ARGV[8])
end
if size > tonumber(ARGV[6]) then
  redis.call('HSET', KEYS[1], 'large', 1)
end
if size <= chunks * tonumber(ARGV[5]) then
  return 0
end
local power = 1
while power * 2 <= chunks do
  power = power * 2
end
local fields = redis.call('HGETALL', KEYS[3])
for i = 1, #fields, 2 do
  if tonumber(string.sub(fields[i], 1, 7), 16) % (power * 2) == chunks then
    redis.call('HSET', KEYS[4], fields[i], fields[i + 1])
    redis.call('HDEL', KEYS[3], fields[i])
  end
end
redis.call('HINCRBY', KEYS[1], 'v' .. (chunks - power), 1)
redis.call('HINCRBY', KEYS[1], 'v' .. chunks, 1)
redis.call('HSET', KEYS[1], 'chunks', chunks + 1)
return 0
