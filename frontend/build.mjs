// Bundles what the pages load.  Called by ./run as: node frontend/build.mjs OUTPUT_FOLDER
// Written beside the output and then moved there, so that a page never meets half a bundle.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const output = resolve(process.argv[2] ?? join(root, "bosett_server/web/static/built"));
const unfinished = `${output}.new`;
const entryPoints = ["frontend/js/site.js", "frontend/css/site.css"].map((file) => join(root, file));

const absent = entryPoints.filter((file) => !existsSync(file));
if (absent.length > 0) {
  console.error(`Missing entry point: ${absent.map((file) => relative(root, file)).join(", ")}`);
  process.exit(1);
}

await rm(unfinished, { recursive: true, force: true });
await mkdir(unfinished, { recursive: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints,
  outdir: unfinished,
  entryNames: "[name]",
  assetNames: "assets/[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome111", "firefox115", "safari16.4"],
  loader: { ".woff2": "file", ".woff": "file", ".svg": "file" },
  legalComments: "none", // the whole licence texts are written below instead
  metafile: true,
  logLevel: "warning",
  logOverride: { "css-syntax-error": "error" },
}).catch(() => process.exit(1)); // esbuild has already said what is wrong, and where

await writeFile(join(unfinished, "licences.txt"), await licences(Object.keys(metafile.inputs)));
await rm(output, { recursive: true, force: true });
await rename(unfinished, output);
for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
  console.log(`${relative(unfinished, join(root, file))}  ${bytes} bytes`);
}

/** The licence of every package that has a part in the bundle; one that names none stops the build. */
async function licences(inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const texts = await Promise.all([...folders].sort().map(licence));
  return `The files beside this one contain parts of these packages.\n\n${texts.join("\n")}`;
}

function packageFolder(input) {
  return input.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
}

async function licence(folder) {
  const about = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
  if (!about.license) throw new Error(`${about.name} names no licence`);
  const file = (await readdir(join(root, folder))).find((name) => /^licen[cs]e(\.|$)/i.test(name));
  const text = file
    ? await readFile(join(root, folder, file), "utf8")
    : `The package carries no licence text; its description names ${about.license}.`;
  return `==== ${about.name} ${about.version} (${about.license}) ====\n\n${text.trim()}\n`;
}
