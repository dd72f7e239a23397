-- Takes a portion of tokens from a bucket that fills steadily, also in advance: then they hold from a later moment on, so
-- that who asks first is served first and nobody has to ask again and again.
--
-- KEYS[1] bucket: hash of tokens, below zero when some were taken in advance, and the moment of that count in ms
-- ARGV[1] tokens in a full bucket
-- ARGV[2] tokens that come in a second
-- ARGV[3] now, ms since 1970
-- ARGV[4] tokens that are wanted
-- ARGV[5] how far in advance they may be taken, ms
--
-- Returns {tokens taken, all that were wanted or 0; ms until they hold, or until it is worth asking again}.
local capacity = tonumber(ARGV[1])
local rate = tonumber(ARGV[2]) / 1000
local now = tonumber(ARGV[3])
local wanted = tonumber(ARGV[4])
local longest = tonumber(ARGV[5])

local stored = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local at = tonumber(stored[2]) or now
local tokens = math.min(capacity, (tonumber(stored[1]) or capacity) + math.max(0, now - at) * rate)
local wait = math.max(0, math.ceil((wanted - tokens) / rate))
if wait > longest then
  return {0, wait - longest}
end
tokens = tokens - wanted
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', tostring(math.max(now, at)))
redis.call('PEXPIRE', KEYS[1], math.ceil((capacity - tokens) / rate) + 1)
return {wanted, wait}
