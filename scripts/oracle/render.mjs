// Draws a file of ZPL labels with zpl-renderer-js, a renderer that shares no code with this project.
//
//   node render.mjs FILE DIR DPI
//
// writes one PNG a label, 0001.png and so on, as large as the label's own ^PW and ^LL say. Labels are shared out among
// worker threads, as one takes about a second.
import { webcrypto } from "node:crypto";
import { createRequire } from "node:module";
import { readFileSync, writeFileSync, mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";

// The package's ES module is not marked as one, which node refuses before version 20.19.
const require = createRequire(import.meta.url);
globalThis.crypto ??= webcrypto; // node 18, Debian 12's, keeps it in its drawer

// The size handed over must be the label's own: the renderer centres a label on anything wider.
async function render(labels, dir, dpi) {
  const { ready } = require("zpl-renderer-js");
  const { api } = await ready;
  const dotsPerMM = dpi === 203 ? 8 : 12;
  for (const { number, text } of labels) {
    const side = (name) => {
      const match = new RegExp(`\\^${name}(\\d+)`).exec(text);
      if (!match) throw new Error(`label ${number} has no ^${name}`);
      return Number(match[1]) / dotsPerMM;
    };
    const png = await api.zplToBase64Async(text, side("PW"), side("LL"), dotsPerMM);
    writeFileSync(join(dir, `${String(number).padStart(4, "0")}.png`), Buffer.from(png, "base64"));
  }
}

function split(stream) {
  const labels = [];
  for (let start = 0; ; ) {
    const end = stream.indexOf("^XZ", start);
    if (end < 0) {
      if (stream.slice(start).trim() !== "") throw new Error("data after the last ^XZ");
      return labels;
    }
    labels.push({ number: labels.length + 1, text: stream.slice(start, end + 3) });
    start = end + 3;
  }
}

if (isMainThread) {
  const [file, dir, dpi] = process.argv.slice(2);
  if (!file || !dir || !["203", "300"].includes(dpi)) {
    console.error("usage: node render.mjs FILE DIR 203|300");
    process.exit(2);
  }
  mkdirSync(dir, { recursive: true });
  const labels = split(readFileSync(file, "latin1"));
  const threads = Math.min(availableParallelism(), labels.length);
  for (let i = 0; i < threads; i++) {
    const share = labels.filter((_, n) => n % threads === i);
    new Worker(new URL(import.meta.url), { workerData: { share, dir, dpi: Number(dpi) } })
      .on("error", (err) => { console.error(err.message); process.exit(1); });
  }
} else {
  await render(workerData.share, workerData.dir, workerData.dpi);
  process.exit(0); // the renderer's own runtime would keep the thread alive
}
