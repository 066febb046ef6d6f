import { Script } from "../../../stores/redis/script.js";

/** What is below this is no time, but the count with which `RateLimiterRedis` blocks a key. */
export const firstTime = 1e15;

/** Beside a bucket, and in its hash slot, as its key has braces. */
export const slownessSuffix = ":slowness";

/** Longer than it goes on slowly after a pause. */
const keptInMs = 60_000;

/**
 * A bucket of tokens that come back by time, kept as one number: when it will be full again, in microseconds of the
 * server's clock. So all processes see the same bucket, whatever their own clocks say.
 *
 * - KEYS: the bucket
 * - ARGV: tokens to take (or to give back, below 0); milliseconds in which the empty bucket fills; tokens that it holds
 *
 * Whoever finds it not in debt takes all that they need, and leaves when that is paid back, so that a large request has the
 * same chance as small ones. With one that the bucket does not hold nothing else leaves for as long before it as after it:
 * a minute with either has no more than the rate.
 *
 * Answers as `RateLimiterRedis` expects: a count, which is above what the bucket holds for a refusal, and milliseconds,
 * after which to leave, or to ask again.
 */
export const bucketScript: Script = new Script(`
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local units, holds = tonumber(ARGV[1]), tonumber(ARGV[3])
  local slowness = tonumber(redis.call('GET', KEYS[1] .. '${slownessSuffix}') or '1')
  local fillsIn = ARGV[2] * 1000 * slowness
  local costs = units * fillsIn / holds
  local fullAt = tonumber(redis.call('GET', KEYS[1]) or '${firstTime}')

  local function answer(count, after) return { tostring(count), tostring(math.max(0, math.ceil(after / 1000))) } end
  -- Longer than until it is full: one that is not there is full, but empty after a pause.
  local function keep(time)
    redis.call('SET', KEYS[1], string.format('%.0f', time), 'PX', math.ceil((time - now) / 1000) + ${keptInMs})
  end

  if fullAt < ${firstTime} then
    if units < 0 then return answer(0, 0) end
    return answer(holds + 1, redis.call('PTTL', KEYS[1]) * 1000)
  end
  if fullAt == ${firstTime} and slowness > 1 then
    fullAt = now + fillsIn
    keep(fullAt)
  end
  fullAt = math.max(fullAt, now)
  if units < 0 then
    keep(math.max(fullAt + costs, now))
    return answer(0, 0)
  end
  if fullAt - fillsIn > now then return answer(holds + 1, fullAt - fillsIn - now) end
  if units > holds then
    keep(fullAt + 2 * costs)
    return answer(0, fullAt + costs - now)
  end
  keep(fullAt + costs)
  return answer(0, fullAt + costs - fillsIn - now)
`);
