// The program under test: run to its end, or serving until it is stopped.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for everything that a run makes; a cache of its own, so that none answers. */
export const scratch = mkdtempSync(join(tmpdir(), "demarche-browser-"));
const env = { ...process.env, XDG_CACHE_HOME: join(scratch, "cache") };
const serving = new Set();

process.on("exit", () => {
  for (const one of serving) one.kill();
  rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

/** The program, as its path. */
let program;
export const use = (path) => { program = path; };

/** Runs the program to its end; what it prints. */
export function run(...words) {
  return execFileSync(program, words, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Serves a folder or a ledger on a free port; its address and the way to stop it. */
export function serve(what) {
  return new Promise((done, broken) => {
    const child = spawn(program, ["serve", what, "--port", "0"], { env, stdio: ["ignore", "ignore", "pipe"] });
    serving.add(child);
    let told = "";
    const late = setTimeout(() => broken(new Error(`no address after two minutes: ${told}`)), 120_000);
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text) => {
      told += text;
      const found = /http:\/\/[^/\s]+/u.exec(told);
      if (!found) return;
      clearTimeout(late);
      done({
        base: found[0],
        told: () => told,
        stop: () => new Promise((ended) => {
          child.on("exit", () => { serving.delete(child); ended(); });
          child.kill("SIGINT");
        }),
      });
    });
    child.on("exit", (code) => broken(new Error(`serve ended with ${code}: ${told}`)));
  });
}

/** Asks with every header and path as given, which no browser would send. */
export function ask(base, path, { method = "GET", headers = {} } = {}) {
  const { hostname, port } = new URL(base);
  return new Promise((done, broken) => {
    const sent = request({ hostname, port, path, method, headers }, (answer) => {
      const parts = [];
      answer.on("data", (bytes) => parts.push(bytes));
      answer.on("end", () => {
        const body = Buffer.concat(parts);
        done({ status: answer.statusCode, headers: answer.headers, size: body.length, text: body.toString("utf8") });
      });
    });
    sent.on("error", broken);
    sent.end();
  });
}
