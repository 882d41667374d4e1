-- wrk -s wrk.lua URL -- FILE [visitors]: asks for the paths in FILE in turn and prints one JSON line.
-- With "visitors" every request comes from another visitor, for pages with a limit per visitor.
local paths, headers, visitors, number = {}, {}, false, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    table.insert(paths, line)
  end
  visitors = arguments[2] == "visitors"
  math.randomseed(os.time())
end

function request()
  number = number + 1
  if visitors then
    headers["X-Forwarded-For"] = string.format(
      "10.%d.%d.%d", math.random(0, 255), math.random(0, 255), math.random(1, 254))
  end
  return wrk.format("GET", paths[number % #paths + 1], headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p95_ms": %.3f, "failed": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
