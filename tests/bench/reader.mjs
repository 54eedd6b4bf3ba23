// Garmin's reader for Node.js in the race: `node reader.mjs MODULE ROUNDS`, paths on standard input, JSON out.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, rounds] = process.argv.slice(2);
const { Decoder, Stream } = await import(pathToFileURL(module));
const corrupt = { kind: "corrupt", runs: [] };

function read(data) {
  const { messages, errors } = new Decoder(Stream.fromBuffer(data)).read();
  const sessions = messages.sessionMesgs ?? [];
  if (errors.length && !sessions.length) return corrupt;
  const runs = sessions
    .filter((session) => session.sport === "running")
    .map((session) => ({
      start: session.startTime instanceof Date ? session.startTime.toISOString() : null,
      distance: session.totalDistance ?? null,
      moving_time: session.totalTimerTime ?? null,
      elapsed_time: session.totalElapsedTime ?? null,
    }));
  return { kind: runs.length ? "run" : sessions.length ? "other_activity" : "not_activity", runs };
}

function attempt(data) {
  try {
    return read(data);
  } catch {
    return corrupt;
  }
}

const paths = readFileSync(0, "utf8").split("\n").filter(Boolean);
const seconds = [];
let results = [];
for (let round = 0; round < Number(rounds); round++) {
  let spent = 0;
  results = paths.map((path) => {
    const data = readFileSync(path);
    const started = process.hrtime.bigint();
    const result = attempt(data);
    spent += Number(process.hrtime.bigint() - started) / 1e9;
    return result;
  });
  seconds.push(spent);
}
const peak = Number(readFileSync("/proc/self/status", "utf8").match(/VmHWM:\s+(\d+)/)[1]) / 1000;
console.log(JSON.stringify({ seconds, peak, results }));
