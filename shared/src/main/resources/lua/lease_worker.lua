-- Leases the next free snowflake worker, so that two environments do not make the same id.
-- Returns the worker, or -1 when all are held.
local counter = KEYS[1] -- the worker that was tried last, a number that only grows
local leases = KEYS[2] -- hash: worker -> the moment its lease ends, in milliseconds
local now = tonumber(ARGV[1]) -- the time, in milliseconds since 1970
local until_millis = ARGV[2] -- the moment the new lease ends
local workers = tonumber(ARGV[3]) -- how many workers there are

for _ = 1, workers do
  local worker = redis.call('INCR', counter) % workers
  local held = tonumber(redis.call('HGET', leases, worker) or '0')
  if held <= now then
    redis.call('HSET', leases, worker, until_millis)
    return worker
  end
end
return -1
