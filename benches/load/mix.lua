-- The load of `benches/load/run`: addresses from a file, each connection asking for one at a
-- time with a pause between, so that the rate stays near what was asked for.
local addresses, pause, seed = {}, 0, 1

function init(arguments)
  for line in io.lines(arguments[1]) do addresses[#addresses + 1] = line end
  pause = tonumber(arguments[2])
  math.randomseed(tonumber(arguments[3]))
end

function request()
  return wrk.format("GET", addresses[math.random(#addresses)])
end

function delay()
  return pause
end

function done(summary, latency, requests)
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "seconds": %.1f, "bad": %d, "p50": %.2f, "p90": %.2f, "p99": %.2f, "most": %.2f}',
    summary.requests, summary.duration / 1e6,
    errors.status + errors.timeout + errors.read + errors.write + errors.connect,
    latency:percentile(50) / 1000, latency:percentile(90) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000))
end
