// What is counted: one line a check, then a summary.

let passed = 0;
let failed = 0;

/** One check: says whether it held, and why not. */
export function check(name, holds, why = "") {
  if (holds) {
    passed += 1;
    console.log(`ok    ${name}`);
  } else {
    failed += 1;
    console.log(`FAIL  ${name}${why === "" ? "" : `: ${why}`}`);
  }
  return Boolean(holds);
}

/** One check that nothing was found; says the first few of what was. */
export function none(name, found) {
  const told = found.slice(0, 6).map((one) => (typeof one === "string" ? one : JSON.stringify(one)));
  const more = found.length > told.length ? ` and ${found.length - told.length} more` : "";
  return check(name, found.length === 0, told.join("; ") + more);
}

/** One check that two values are the same. */
export function same(name, found, expected) {
  const told = [found, expected].map((one) => JSON.stringify(one));
  return check(name, told[0] === told[1], `${told[0]} is not ${told[1]}`);
}

/** A part of the tests: what breaks it off is a failed check, and the others still run. */
export async function part(name, run) {
  const from = Date.now();
  console.log(`\n== ${name}`);
  try {
    await run();
  } catch (problem) {
    check(name, false, String(problem?.stack ?? problem).split("\n").slice(0, 4).join(" | "));
  }
  console.error(`-- ${name} took ${Math.round((Date.now() - from) / 1000)} s`);
}

/** Closes the run. */
export function close() {
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
