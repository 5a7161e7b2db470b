// Every part of the tests, or those that are named.

import { start } from "./browser.mjs";
import { close, part } from "./checks.mjs";
import { hostile } from "./hostile.mjs";
import { keys } from "./keys.mjs";
import { answered, scriptless, shown } from "./pages.mjs";
import { join } from "node:path";
import { run, scratch, serve, use } from "./program.mjs";
import { published } from "./published.mjs";
import { reading } from "./reading.mjs";

const [program, home, shots, ...wanted] = process.argv.slice(2);
use(program);
const sample = "examples/geneva";
const ledger = join(scratch, "geneva.db");
run("add", sample, "--ledger", ledger);
const served = await serve(sample);
const tools = await start(home);
const { base } = served;

let chosen = [];
const parts = {
  pages: async () => { await shown(tools, base, chosen, shots); },
  scriptless: () => scriptless(tools, base, chosen),
  reading: () => reading(tools, base, ledger, shots),
  keys: () => keys(tools, base),
  hostile: () => hostile(tools, base, ledger),
  published: () => published(tools, base, ledger, shots),
};
await part("answers", async () => { chosen = await answered(base); });
for (const [name, one] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part(name, one);
}
await tools.browser.close();
await served.stop();
process.exit(close());
