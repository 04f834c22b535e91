-- Does all writes of a call in order, or none: answers nil, or the number of the first that is refused.
-- KEYS: the key of each write. ARGV: five texts for each: "set" or "del", the etag or "", "1" for first-write,
-- the time to live in ms ("" leaves what the key has, "0" takes it away), the value.

-- what the writes before have made of a key, without having been done
local seen = {}
local function look(key)
  if not seen[key] then
    local found = redis.call('HMGET', key, 'version', 'first-write')
    seen[key] = { version = found[1], first = found[2] }
  end
  return seen[key]
end

for i, key in ipairs(KEYS) do
  local kind, etag, first = unpack(ARGV, i * 5 - 4, i * 5 - 2)
  local now = look(key)
  local other = now.version and etag ~= '' and etag ~= now.version
  if kind == 'del' then
    if other then return i end
    seen[key] = {}
  else
    if other or (now.version and etag == '' and (now.first or first == '1')) then return i end
    seen[key] = { version = string.format('%.0f', (now.version or 0) + 1), first = now.first or first == '1' }
  end
end

for i, key in ipairs(KEYS) do
  local kind, _, first, ttl, value = unpack(ARGV, i * 5 - 4, i * 5)
  if kind == 'del' then
    redis.call('DEL', key)
  else
    redis.call('HSET', key, 'data', value)
    redis.call('HINCRBY', key, 'version', 1)
    if first == '1' then redis.call('HSET', key, 'first-write', 0) end
    if ttl == '0' then redis.call('PERSIST', key) elseif ttl ~= '' then redis.call('PEXPIRE', key, ttl) end
  end
end
return nil
