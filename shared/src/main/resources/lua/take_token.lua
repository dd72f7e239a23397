-- Takes a token from a bucket that fills steadily. A bucket that is full again is not stored.
-- Returns {1 when a token was taken or 0, whole tokens left, milliseconds until a token is there, milliseconds until full}.
local bucket = KEYS[1] -- hash: tokens, and the moment of that count in milliseconds
local capacity = tonumber(ARGV[1]) -- tokens in a full bucket
local period = tonumber(ARGV[2]) -- milliseconds in which an empty bucket fills
local now = tonumber(ARGV[3]) -- the time, in milliseconds since 1970
local wanted = tonumber(ARGV[4]) -- 1 to take a token, 0 to look only

local rate = capacity / period
local stored = redis.call('HMGET', bucket, 'tokens', 'at')
local tokens = tonumber(stored[1]) or capacity
local at = tonumber(stored[2]) or now
tokens = math.min(capacity, tokens + math.max(0, now - at) * rate)

local taken = 0
local wait = 0
if tokens >= wanted then
  tokens = tokens - wanted
  taken = 1
else
  wait = math.ceil((1 - tokens) / rate)
end
local full = math.ceil((capacity - tokens) / rate)
if wanted == 0 then
  if tokens < 1 then
    wait = math.ceil((1 - tokens) / rate)
  end
  return {taken, math.floor(tokens), wait, full}
end
redis.call('HSET', bucket, 'tokens', tostring(tokens), 'at', tostring(math.max(now, at)))
redis.call('PEXPIRE', bucket, math.max(1, full))
return {taken, math.floor(tokens), wait, full}
