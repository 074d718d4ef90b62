// Draws a file of ESC/POS labels with npos, an interpreter that shares no code with this project.
//
//   node escpos.mjs FILE DIR
//
// writes one grey picture (PGM) a label, 0001.pgm and so on, as wide as the rows that were sent. npos splits the stream into commands and
// stitches the bands of a picture together; what a label printer does with them is here: ESC @, pictures, and FF ends the label.
import Module, { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(import.meta.url);

// npos draws rows of up to 1024 dots, and a label of 100 mm has 1181 at 300 dpi. This bound is raised, and nothing else of it changed.
const raster = require.resolve("npos/lib/codecs/raster.js");
const bounded = readFileSync(raster, "utf8");
const raised = bounded.replace("MAX_WIDTH = 1024;", "MAX_WIDTH = 4096;");
if (raised === bounded) throw new Error("npos bounds its pictures otherwise than it did");
const codec = new Module(raster);
codec.filename = raster;
codec.paths = Module._nodeModulePaths(raster);
require.cache[raster] = codec;
codec._compile(raised, raster);

const Parser = require("npos/lib/parser");

const [file, dir] = process.argv.slice(2);
if (!file || !dir) {
  console.error("usage: node escpos.mjs FILE DIR");
  process.exit(2);
}
mkdirSync(dir, { recursive: true });

const parser = new Parser();
const { raw, error, tree } = parser.analyze(readFileSync(file));
if (error) throw error;
let label = [];
let labels = 0;
for (const node of tree) {
  const name = node.ascii + (node.fn ?? "");
  switch (name) {
    case "ESC@":
      if (label.length > 0) throw new Error(`ESC @ at ${node.offset} within a label`);
      break;
    case "GSv0": {
      // The parser passes over zeros after a command: a band must have the length its head says.
      const told = 8 + raw.readUInt16LE(node.offset + 4) * raw.readUInt16LE(node.offset + 6);
      if (node.length !== told) throw new Error(`a picture of ${node.length} bytes at ${node.offset} says it has ${told}`);
      label.push(node);
      break;
    }
    case "STX": // what npos calls text, FF among it
      if (node.length !== 1 || raw[node.offset] !== 0x0c) throw new Error(`${node.length} bytes of text at ${node.offset}`);
      await write(label);
      label = [];
      break;
    default:
      throw new Error(`${name} at ${node.offset} is for no label`);
  }
}
if (label.length > 0) throw new Error("the last label is not put out");

async function write(bands) {
  const { entries } = await parser.parse({ raw, tree: bands });
  if (entries.length !== 1 || bands.some((band) => band.error)) throw new Error(`label ${labels + 1} is not one picture`);
  const { data: picture } = entries[0];
  const grey = Buffer.alloc(picture.width * picture.height);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) grey[y * picture.width + x] = picture.getPixel(x, y);
  }
  const head = Buffer.from(`P5\n${picture.width} ${picture.height}\n255\n`);
  writeFileSync(join(dir, `${String(++labels).padStart(4, "0")}.pgm`), Buffer.concat([head, grey]));
}
