// What the tests of the page that answers share, whatever browser they are in: the server, and what reads the answer.
//
// TRUEL: the program.
import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** A server of a war, and the address that it gives. */
export async function served(war, options = {}) {
  const server = spawn(resolve(process.env.TRUEL), ["serve", war], { stdio: ["ignore", "pipe", "inherit"], ...options });
  return { server, link: await new Promise((done) => { server.stdout.once("data", (text) => done(String(text).trim())); }) };
}

/** In the page: once something is turned and so many pairs are in, or enough, how many they are and both numbers of each side; null before. */
export function answer_in(least) {
  const own = document.querySelector("#results"), note = own?.querySelector(".scroll + .note")?.textContent ?? "";
  const runs = Number(/^([\d,]+) of/.exec(note)?.[1].replace(",", ""));
  if (!(runs >= least || / were enough: /.test(note)) || /Nothing is changed/.test(own.querySelector(".answer").textContent)) return null;
  const rows = Array.from(own.querySelectorAll(".what-changes tbody tr"), (row) => [row.dataset.actor, [Number(row.querySelector("[data-a]").dataset.a), Number(row.querySelector("[data-b]").dataset.b)]]);
  return { runs, rows: Object.fromEntries(rows) };
}
