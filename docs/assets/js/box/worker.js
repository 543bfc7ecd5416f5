/* Reads pasted texts beside the page, so that no text, however hostile, makes the page stand still. */

import { compile } from "../match.js";

let matcher;

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  matcher = compile(await response.json());
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.load) await load(data.load);
    postMessage({ number: data.number, result: data.load ? null : matcher.match(data.text) });
  } catch {
    postMessage({ number: data.number, failed: true });
  }
});
